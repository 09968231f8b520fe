/**
 * The inbox, for people and end-to-end tests: the accepted messages, and the refused or lost ones with the reason. It
 * contains no key.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { asE164, MOST_NUMBERS, parsePhoneNumber } from './api/phone-number.js';
import { phoneNumbersIn, requested } from './api/requested.js';
import { findFault } from './faults/faults.js';
import { createRecord } from './records.js';
import { textIn } from './text/catalogue.js';
import { errorMeanings } from './text/error-meanings.js';
import { withoutAuthorization } from './without-authorization.js';

/** @typedef {ReturnType<typeof createInbox>} Inbox */

/** The texts of the entries are English in every language of the pages, because they are part of the JSON API. */
const text = textIn('en');

/**
 * A message that arrived on a phone.
 * @typedef {object} InboxMessage
 * @property {string} serialNo the one in SendSms's answer
 * @property {string} to E.164
 * @property {'mainland' | 'overseas'} side
 * @property {string} signName empty if none was given
 * @property {string} senderId empty if none was given
 * @property {string} templateId
 * @property {string[]} templateParamSet
 * @property {string} text the text that the phone shows
 * @property {string | null} code the first value that is 4 to 8 digits
 * @property {string} acceptedAt ISO 8601, by the machine's clock
 * @property {string | null} fault the fault that damaged or lost the answer
 */

/**
 * A number that received no message, or a request that was refused before its numbers were read.
 * @typedef {object} InboxRefusal
 * @property {string | null} to the number in E.164, or as it was given; null if the request names none
 * @property {string | null} action
 * @property {string | null} templateId
 * @property {string | null} code Tencent's error code; null if Tencent's side made no answer
 * @property {string} message
 * @property {string | null} meaning the meaning of the code, if Tencent's documents or SDKs have it
 * @property {string} requestId
 * @property {string} refusedAt ISO 8601, by the machine's clock
 * @property {string | null} fault the fault that caused it
 */

/**
 * An entry of the inbox. `time` is the time of `data` in UNIX milliseconds.
 * @typedef {{ id: number, time: number } & (
 *   { event: 'message', data: InboxMessage } | { event: 'refusal', data: InboxRefusal }
 * )} InboxEntry
 */

/**
 * @typedef {object} Filter
 * @property {string} [to] the digits of a whole number
 * @property {number} [since] UNIX milliseconds
 */

/** @param {number} keep the number of the newest entries to keep */
export function createInbox(keep) {
  /** @type {ReturnType<typeof createRecord<InboxEntry>>} */
  const { entries, ...record } = createRecord(keep);
  const changes = new EventEmitter().setMaxListeners(0);
  let lastId = 0;
  let clearId = 0;

  /**
   * @param {Filter} [filter]
   * @returns {InboxEntry[]} newest first
   */
  const find = ({ to = '', since = 0 } = {}) =>
    entries
      .filter(({ time }) => time >= since)
      .filter(({ data }) => to === '' || data.to?.replace(/\D/g, '') === to)
      .reverse();

  return {
    /** The ID of this run of the sandbox. The IDs of entries start again with each run. */
    run: randomUUID().slice(0, 8),

    /** The largest number of entries. */
    keep,

    /** Emits `entry` with each new entry, and `clear`. */
    changes,

    /**
     * @param {import('./server.js').ReceivedRequest} request
     * @param {number} time UNIX milliseconds, by a clock that no fault has changed
     */
    add(request, time) {
      const at = new Date(time).toISOString();
      const arrived = [
        ...request.messages.map((message) => inboxMessage(message, request, at)),
        ...refusalsOf(request, at),
      ];
      for (const each of arrived) {
        lastId += 1;
        const entry = { ...each, id: lastId, time };
        record.add(entry);
        changes.emit('entry', entry);
      }
    },

    /**
     * @param {number} [id]
     * @returns {InboxEntry[]} the entries after this ID, oldest first
     */
    entriesAfter(id = 0) {
      return entries.filter((entry) => entry.id > id);
    },

    /** @param {Filter} [filter] @returns {InboxMessage[]} newest first */
    messages: (filter) =>
      find(filter).flatMap(({ event, data }) => (event === 'message' ? [data] : [])),

    /** @param {Filter} [filter] @returns {InboxRefusal[]} newest first */
    refusals: (filter) =>
      find(filter).flatMap(({ event, data }) => (event === 'refusal' ? [data] : [])),

    /** The ID at which the inbox was last cleared. */
    get clearId() {
      return clearId;
    },

    /** @returns {number} the number of removed messages */
    clear() {
      const messages = entries.filter(({ event }) => event === 'message').length;
      record.clear();
      lastId += 1;
      clearId = lastId;
      changes.emit('clear');
      return messages;
    },
  };
}

/**
 * @param {import('./api/send-sms.js').Message} message
 * @param {import('./server.js').ReceivedRequest} request
 * @param {string} acceptedAt
 * @returns {{ event: 'message', data: InboxMessage }}
 */
function inboxMessage(message, { fault }, acceptedAt) {
  return {
    event: 'message',
    data: {
      serialNo: message.serialNo,
      to: message.phoneNumber,
      side: parsePhoneNumber(message.phoneNumber)?.mainland ? 'mainland' : 'overseas',
      signName: message.signName,
      senderId: message.senderId,
      templateId: message.templateId,
      templateParamSet: message.templateParams,
      text: message.text,
      code: message.templateParams.find((value) => /^\d{4,8}$/.test(value)) ?? null,
      acceptedAt,
      fault: fault ?? null,
    },
  };
}

/**
 * @param {import('./server.js').ReceivedRequest} request
 * @param {string} refusedAt
 * @returns {{ event: 'refusal', data: InboxRefusal }[]}
 */
function refusalsOf(request, refusedAt) {
  const { headers, action, answer, fault, requestId } = request;
  const { Error: error, SendStatusSet } = answer?.Response ?? {};
  const { TemplateId } = requested(request);
  const common = {
    action: action ?? null,
    templateId: typeof TemplateId === 'string' ? TemplateId : null,
    requestId,
    refusedAt,
    fault: fault ?? null,
  };
  /** @param {{ to: string | null, code: string | null, message: string }} what */
  const refusal = ({ to, code, message }) => ({
    event: /** @type {const} */ ('refusal'),
    data: {
      to,
      ...common,
      code: code && withoutAuthorization(code, headers),
      message: withoutAuthorization(message, headers),
      meaning: errorMeanings.get(code ?? '') ?? null,
    },
  });
  const toEach = (/** @type {{ code: string | null, message: string }} */ reason) => {
    const numbers = action === 'SendSms' ? phoneNumbersIn(request).slice(0, MOST_NUMBERS) : [];
    if (numbers.length === 0) return [refusal({ to: null, ...reason })];
    return numbers.map((given) => refusal({ to: asE164(given), ...reason }));
  };

  if (!answer) {
    const cause = findFault(fault ?? '');
    const message = text('inbox.not-processed', { fault: cause ? text(...cause.text) : '' });
    return toEach({ code: null, message });
  }
  if (error) return toEach({ code: error.Code, message: error.Message });
  return (SendStatusSet ?? [])
    .filter(({ Code }) => Code !== 'Ok')
    .map(({ PhoneNumber, Code, Message }) =>
      refusal({ to: PhoneNumber, code: Code, message: Message }),
    );
}
