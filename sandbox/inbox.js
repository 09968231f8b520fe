/**
 * What people and end-to-end tests look at: the accepted messages, and what was refused or lost and
 * why. No key is in it.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { parsePhoneNumber } from './api/phone-number.js';
import { findFault } from './faults/faults.js';
import { phoneNumbersIn, requested } from './faults/requested.js';
import { withoutAuthorization } from './http/without-authorization.js';

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
 * @typedef {{ id: number, event: 'message', data: InboxMessage }
 *   | { id: number, event: 'refusal', data: InboxRefusal }} InboxEntry
 */

/** @type {Record<string, string>} */
const MEANINGS = JSON.parse(readFileSync(new URL('error-meanings.json', import.meta.url), 'utf8'));

/** Of one request; Tencent takes no more. */
const MOST_NUMBERS = 200;

/** @param {number} keep how many of the newest entries */
export function createInbox(keep) {
  /** @type {InboxEntry[]} oldest first */
  const entries = [];
  const changes = new EventEmitter().setMaxListeners(0);
  let lastId = 0;
  let clearId = 0;

  /** @param {string} wanted digits of a whole number; empty for any */
  const isTo =
    (wanted) =>
    (/** @type {{ to: string | null }} */ { to }) =>
      wanted === '' || to?.replace(/\D/g, '') === wanted;

  return {
    /** Of one run of the sandbox: the ids of entries begin anew with it. */
    run: randomUUID().slice(0, 8),

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
      for (const entry of arrived) {
        lastId += 1;
        entries.push({ ...entry, id: lastId });
        changes.emit('entry', entries.at(-1));
      }
      entries.splice(0, entries.length - keep);
    },

    /**
     * @param {number} [id]
     * @returns {InboxEntry[]} those after it, oldest first
     */
    entriesAfter(id = 0) {
      return entries.filter((entry) => entry.id > id);
    },

    /**
     * @param {{ to?: string, since?: number }} [filter] `to` are the digits of a whole number,
     *   `since` UNIX milliseconds
     * @returns {InboxMessage[]} newest first
     */
    messages({ to = '', since = 0 } = {}) {
      return entries
        .flatMap(({ event, data }) => (event === 'message' ? [data] : []))
        .filter(isTo(to))
        .filter(({ acceptedAt }) => Date.parse(acceptedAt) >= since)
        .reverse();
    },

    /**
     * @param {{ to?: string, since?: number }} [filter] as for messages
     * @returns {InboxRefusal[]} newest first
     */
    refusals({ to = '', since = 0 } = {}) {
      return entries
        .flatMap(({ event, data }) => (event === 'refusal' ? [data] : []))
        .filter(isTo(to))
        .filter(({ refusedAt }) => Date.parse(refusedAt) >= since)
        .reverse();
    },

    /** The id at which the inbox was last cleared. */
    get clearId() {
      return clearId;
    },

    /** @returns {number} how many messages there were */
    clear() {
      const messages = entries.filter(({ event }) => event === 'message').length;
      entries.length = 0;
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
      meaning: (code && MEANINGS[code]) ?? null,
    },
  });
  const toEach = (/** @type {{ code: string | null, message: string }} */ reason) => {
    const numbers = action === 'SendSms' ? phoneNumbersIn(body).slice(0, MOST_NUMBERS) : [];
    if (numbers.length === 0) return [refusal({ to: null, ...reason })];
    return numbers.map((given) =>
      refusal({ to: parsePhoneNumber(given)?.e164 ?? given, ...reason }),
    );
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
