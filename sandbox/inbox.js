/**
 * What people and end-to-end tests look at: the accepted messages, and what was refused or lost and
 * why. No key is in it.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { asE164, MOST_NUMBERS, parsePhoneNumber } from './api/phone-number.js';
import { phoneNumbersIn, requested } from './api/requested.js';
import { errorMeanings } from './error-meanings.js';
import { findFault } from './faults/faults.js';
import { createRecord } from './records.js';
import { withoutAuthorization } from './without-authorization.js';

/** @typedef {ReturnType<typeof createInbox>} Inbox */

/**
 * A message on a phone.
 * @typedef {object} InboxMessage
 * @property {string} serialNo as in SendSms's answer
 * @property {string} to E.164
 * @property {'mainland' | 'overseas'} side
 * @property {string} signName empty if none was given
 * @property {string} senderId empty if none was given
 * @property {string} templateId
 * @property {string[]} templateParamSet
 * @property {string} text what the phone shows
 * @property {string | null} code the first value that is 4 to 8 digits
 * @property {string} acceptedAt ISO 8601, by the machine's clock
 * @property {string | null} fault the one that spoilt or lost the answer
 */

/**
 * A number that got nothing, or a request that was refused before any number mattered.
 * @typedef {object} InboxRefusal
 * @property {string | null} to as parsed, or as given; null if the request names none
 * @property {string | null} action
 * @property {string | null} templateId
 * @property {string | null} code Tencent's; null if no answer of Tencent's was made
 * @property {string} message
 * @property {string | null} meaning of the code, where Tencent's documents or SDKs know it
 * @property {string} requestId
 * @property {string} refusedAt ISO 8601, by the machine's clock
 * @property {string | null} fault the one that made it so
 */

/**
 * `time` is that of `data`, in UNIX milliseconds.
 * @typedef {{ id: number, time: number } & (
 *   { event: 'message', data: InboxMessage } | { event: 'refusal', data: InboxRefusal }
 * )} InboxEntry
 */

/**
 * @typedef {object} Filter
 * @property {string} [to] the digits of a whole number
 * @property {number} [since] UNIX milliseconds
 */

/** @param {number} keep how many of the newest entries */
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
    /** Of one run of the sandbox: the ids of entries begin anew with it. */
    run: randomUUID().slice(0, 8),

    /** How many entries there are at most. */
    keep,

    /** Emits `entry` with an entry that arrived, and `clear`. */
    changes,

    /**
     * @param {import('./server.js').ReceivedRequest} request
     * @param {number} time UNIX milliseconds; not of a clock that a fault has put wrong
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
     * @returns {InboxEntry[]} those after it, oldest first
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

    /** The id at which the inbox was last cleared. */
    get clearId() {
      return clearId;
    },

    /** @returns {number} how many messages there were */
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
function refusalsOf({ body, headers, action, answer, fault, requestId }, refusedAt) {
  const { Error: error, SendStatusSet } = answer?.Response ?? {};
  const { TemplateId } = requested(body);
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
    const numbers = action === 'SendSms' ? phoneNumbersIn(body).slice(0, MOST_NUMBERS) : [];
    if (numbers.length === 0) return [refusal({ to: null, ...reason })];
    return numbers.map((given) => refusal({ to: asE164(given), ...reason }));
  };

  if (!answer) {
    const description = findFault(fault ?? '')?.description ?? '';
    return toEach({ code: null, message: `Not processed by Tencent. ${description}` });
  }
  if (error) return toEach({ code: error.Code, message: error.Message });
  return (SendStatusSet ?? [])
    .filter(({ Code }) => Code !== 'Ok')
    .map(({ PhoneNumber, Code, Message }) =>
      refusal({ to: PhoneNumber, code: Code, message: Message }),
    );
}
