/**
 * The items of the inbox: a message as a phone would show it, or a refusal with Tencent's code.
 */
import { copyButton, element, getJson, language, text, texts } from './dom.js';

/** @typedef {import('../../inbox.js').InboxMessage} InboxMessage */
/** @typedef {import('../../inbox.js').InboxRefusal} InboxRefusal */
/** @typedef {import('../../account.js').Account} Account */

/** @typedef {import('../../inbox.js').InboxEntry} InboxEntry */

/**
 * An entry of the inbox in the page. Its item and its text are made when they are first needed.
 * @typedef {object} Entry
 * @property {string} id the run of the sandbox and the number of the entry in it
 * @property {InboxEntry['event']} event
 * @property {any} data
 * @property {HTMLLIElement} [item]
 * @property {string} [searched] the text that a search looks at, in lower case
 */

/** @type {Account} */
const account = await getJson('/api/account');
const templates = new Map(account.templates.map((each) => [each.templateId, each]));

/** @param {Entry} entry */
export function itemOf(entry) {
  const { id, event, data } = entry;
  entry.item ??= element(
    'li',
    event === 'message'
      ? { id, tabIndex: -1, className: `entry ${data.side}` }
      : { id, tabIndex: -1, className: 'entry refusal' },
    event === 'message' ? messageParts(id, data) : refusalParts(id, data),
  );
  return entry.item;
}

/** @param {Entry} entry */
export function searchedIn(entry) {
  const { event, data } = entry;
  const more =
    event === 'message'
      ? [data.text, data.senderId, templates.get(data.templateId)?.templateName]
      : [data.code, data.message, texts.meanings[data.code ?? ''], data.action, data.requestId];
  entry.searched ??= [data.to, data.templateId, data.fault, ...more].join('\n').toLowerCase();
  return entry.searched;
}

/**
 * @param {string} id
 * @param {InboxMessage} message
 */
function messageParts(id, message) {
  const { to, side, senderId, templateId, code, acceptedAt, fault } = message;
  const { templateName, usageTypes = [] } = templates.get(templateId) ?? {};
  const facts = [
    [text('inbox.template'), templateName ? `${templateId} ${templateName}` : templateId],
    [text('inbox.used-for'), usageTypes.join(', ')],
    [text('inbox.fault'), explained(fault)],
  ];
  return [
    head(id, to, text(`inbox.${side}`), acceptedAt),
    ...(senderId === '' ? [] : [element('p', { className: 'sender' }, [senderId])]),
    element('p', { className: 'bubble', ...language(message.text) }, [message.text]),
    ...(code === null
      ? []
      : [
          element('p', { className: 'code' }, [
            element('output', {}, [code]),
            copyButton(text('inbox.what-code', { code }), code),
          ]),
        ]),
    list(facts),
  ];
}

/**
 * @param {string} id
 * @param {InboxRefusal} refusal
 */
function refusalParts(id, refusal) {
  const { to, action, templateId, code, refusedAt, requestId, fault } = refusal;
  const facts = [
    [text('inbox.action'), action === 'SendSms' ? '' : (action ?? text('inbox.no-action'))],
    [text('inbox.template'), templateId ?? ''],
    ['RequestId', requestId],
    [text('inbox.fault'), explained(fault)],
  ];
  const message = code === null ? lostBecauseOf(refusal) : refusal.message;
  const meaning = texts.meanings[code ?? ''] ?? message;
  return [
    head(
      id,
      to ?? text('inbox.no-number'),
      text(code === null ? 'inbox.lost' : 'inbox.refused'),
      refusedAt,
    ),
    ...(code === null ? [] : [element('p', { className: 'error-code' }, [code])]),
    element('p', {}, [meaning]),
    ...(meaning === message
      ? []
      : [element('p', { className: 'answer', ...language(message) }, [message])]),
    list(facts),
  ];
}

/** @param {InboxRefusal} refusal one that Tencent's side did not answer */
export function lostBecauseOf({ fault }) {
  const cause = texts.faults[fault ?? '']?.description ?? '';
  return text('inbox.not-processed', { fault: cause });
}

/** Groups the digits of mainland mobile numbers as people write them. @param {string} number */
export function grouped(number) {
  return number.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '+86 $1 $2 $3');
}

/** @param {string | null} fault */
function explained(fault) {
  const description = texts.faults[fault ?? '']?.description;
  if (fault === null || !description) return fault ?? '';
  return text('inbox.explained', { fault, description });
}

/**
 * @param {string} id
 * @param {string} number
 * @param {string} tag
 * @param {string} at ISO 8601
 */
function head(id, number, tag, at) {
  const time = element('time', { dateTime: at }, [new Date(at).toLocaleTimeString()]);
  return element('p', { className: 'head' }, [
    element('strong', {}, [grouped(number)]),
    element('span', { className: 'tag' }, [tag]),
    element('a', { href: `#${id}`, title: text('inbox.link') }, [time]),
  ]);
}

/** Lists the facts that have a value. @param {string[][]} facts */
function list(facts) {
  return element(
    'dl',
    {},
    facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) =>
        element('div', {}, [element('dt', {}, [name]), element('dd', language(value), [value])]),
      ),
  );
}
