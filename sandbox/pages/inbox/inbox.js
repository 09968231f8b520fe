/**
 * The inbox page in the browser. Received data becomes text nodes, never markup. The page's policy (Trusted Types)
 * would stop anything else.
 */

import { fill } from '../../text/fill.js';

/** @typedef {import('../../inbox.js').InboxMessage} InboxMessage */
/** @typedef {import('../../inbox.js').InboxRefusal} InboxRefusal */
/** @typedef {import('../../account.js').Account} Account */
/** @typedef {import('../../account.js').Template} Template */
/** @typedef {import('../../logto.js').FormField} FormField */
/** @typedef {import('../control.js').ListedFault} Fault */
/** @typedef {import('../control.js').ChosenFault} ChosenFault */
/** @typedef {import('../texts.js').PageTexts} PageTexts */

const entries = byId('entries', HTMLOListElement);
const filter = byId('filter', HTMLInputElement);
const announcer = byId('announcer', HTMLElement);

/** The page's texts, in its language. @type {PageTexts} */
const texts = await getJson(`/texts/${document.documentElement.lang}.json`);

/** The templates by ID, for their names and usage types. @type {Map<string, Template>} */
const templates = new Map();
/** The faults by name. @type {Map<string, Fault>} */
const faults = new Map();

/** The number of entries that the sandbox and this page keep. The sandbox sends it before the first entry. */
let keep = 0;

filter.value = new URLSearchParams(location.search).get('to') ?? '';
filter.addEventListener('input', () => {
  const url = new URL(location.href);
  if (filter.value.trim()) url.searchParams.set('to', filter.value.trim());
  else url.searchParams.delete('to');
  history.replaceState(null, '', url);
  applyFilter();
});

for (const link of document.querySelectorAll('a.language')) {
  link.addEventListener('click', () => keepQuery(link));
}

byId('clear', HTMLButtonElement).addEventListener('click', async () => {
  await fetch('/api/messages', { method: 'DELETE' });
  announce(text('inbox.cleared'));
});

await Promise.all([showConfig(), showFaults(), readTemplates()]);
openPanes();
listen();

/** Listens to the sandbox, which sends the entries that it has, and then each new event. */
function listen() {
  let live = false;
  /** @type {string | undefined} */
  let run;
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => showConnection('live', text('inbox.live')));
  source.addEventListener('error', () => {
    live = false;
    showConnection('lost', text('inbox.connection-lost'));
  });
  source.addEventListener('run', ({ data }) => {
    /** @type {{ id: string, keep: number }} */
    const sandbox = JSON.parse(data);
    // Another sandbox now has the same address, and its account may be different.
    if (run !== undefined && run !== sandbox.id) location.reload();
    run = sandbox.id;
    keep = sandbox.keep;
  });
  source.addEventListener('clear', () => {
    entries.replaceChildren();
    applyFilter();
  });
  source.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    add(messageItem(message), message.to);
    const { to: number, code } = message;
    if (live)
      announce(text(code ? 'inbox.code-arrived' : 'inbox.message-arrived', { number, code }));
  });
  source.addEventListener('refusal', ({ data }) => {
    const refusal = JSON.parse(data);
    add(refusalItem(refusal), refusal.to ?? '');
    const reason = refusal.code ?? lostBecauseOf(refusal);
    if (live) announce(text('inbox.refusal-arrived', { reason }));
  });
  source.addEventListener('fault', ({ data }) => showChosenFault(JSON.parse(data)));
  source.addEventListener('live', () => {
    live = true;
    applyFilter();
  });
}

/**
 * @param {'live' | 'lost'} state
 * @param {string} description
 */
function showConnection(state, description) {
  const connection = byId('connection', HTMLElement);
  connection.dataset.state = state;
  connection.textContent = description;
}

/**
 * @param {HTMLLIElement} item
 * @param {string} number
 */
function add(item, number) {
  item.dataset.digits = number.replace(/\D/g, '');
  entries.prepend(item);
  while (entries.childElementCount > keep) entries.lastElementChild?.remove();
  applyFilter();
}

function applyFilter() {
  const digits = filter.value.replace(/\D/g, '');
  let shown = 0;
  for (const item of entries.children) {
    if (!(item instanceof HTMLElement)) continue;
    const own = item.dataset.digits ?? '';
    item.hidden = !(own.startsWith(digits) || own.endsWith(digits));
    if (!item.hidden) shown += 1;
  }
  const all = entries.childElementCount;
  const empty = byId('empty', HTMLElement);
  empty.hidden = shown > 0;
  empty.textContent =
    all === 0 ? text('inbox.empty') : text('inbox.nothing-for', { filter: filter.value.trim() });
  byId('count', HTMLElement).textContent = digits === '' ? '' : text('inbox.count', { shown, all });
}

/** @param {InboxMessage} message */
function messageItem(message) {
  const { to, side, senderId, templateId, code, acceptedAt, fault } = message;
  const { templateName, usageTypes = [] } = templates.get(templateId) ?? {};
  const facts = [
    [text('inbox.template'), templateName ? `${templateId} ${templateName}` : templateId],
    [text('inbox.used-for'), usageTypes.join(', ')],
    [text('inbox.fault'), explained(fault)],
  ];
  return element('li', { className: `entry ${side}` }, [
    head(to, text(`inbox.${side}`), acceptedAt),
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
  ]);
}

/** @param {InboxRefusal} refusal */
function refusalItem(refusal) {
  const { to, action, templateId, code, refusedAt, requestId, fault } = refusal;
  const facts = [
    [text('inbox.action'), action === 'SendSms' ? '' : (action ?? text('inbox.no-action'))],
    [text('inbox.template'), templateId ?? ''],
    ['RequestId', requestId],
    [text('inbox.fault'), explained(fault)],
  ];
  const message = code === null ? lostBecauseOf(refusal) : refusal.message;
  const meaning = texts.meanings[code ?? ''] ?? message;
  return element('li', { className: 'entry refusal' }, [
    head(
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
  ]);
}

/** @param {InboxRefusal} refusal one that Tencent's side did not answer */
function lostBecauseOf({ fault }) {
  const cause = texts.faults[fault ?? '']?.description ?? '';
  return text('inbox.not-processed', { fault: cause });
}

/** @param {string | null} fault */
function explained(fault) {
  const description = texts.faults[fault ?? '']?.description;
  if (fault === null || !description) return fault ?? '';
  return text('inbox.explained', { fault, description });
}

/**
 * @param {string} number
 * @param {string} tag
 * @param {string} time ISO 8601
 */
function head(number, tag, time) {
  return element('p', { className: 'head' }, [
    element('strong', {}, [grouped(number)]),
    element('span', { className: 'tag' }, [tag]),
    element('time', { dateTime: time }, [new Date(time).toLocaleTimeString()]),
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

/** Marks the language of a received text, so that it is read aloud and drawn right. @param {string} received */
function language(received) {
  return { lang: /\p{Script=Han}/u.test(received) ? 'zh-Hans' : 'en' };
}

/** Groups the digits of mainland mobile numbers as people write them. @param {string} number */
function grouped(number) {
  return number.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '+86 $1 $2 $3');
}

async function showConfig() {
  /** @type {{ fields: FormField[], curl: string }} */
  const { fields, curl } = await getJson('/api/logto');
  byId('fields', HTMLElement).append(...fields.map(fieldItem));

  // The parts at odd positions are placeholders.
  const parts = curl.split(/(<logto-endpoint>|<access-token>)/);
  const marked = parts.map((part, index) => (index % 2 === 1 ? element('mark', {}, [part]) : part));
  byId('command', HTMLElement).append(scrollBox(text('inbox.command'), marked));
  const button = byId('copy-command', HTMLButtonElement);
  button.addEventListener('click', () => copy(curl, text('inbox.what-command'), button));
}

/** @param {FormField} field */
function fieldItem({ label, value }) {
  const isLong = value.includes('\n');
  return element('div', { className: isLong ? 'field long' : 'field' }, [
    element('dt', language(label), [label]),
    element('dd', language(value), [
      isLong ? scrollBox(label, [value]) : element('code', {}, [value]),
    ]),
    element('dd', {}, [copyButton(label, value)]),
  ]);
}

/**
 * A box of limited height, which is reached by keyboard, so that it can be scrolled.
 * @param {string} label
 * @param {(Node | string)[]} children
 */
function scrollBox(label, children) {
  return element('pre', { tabIndex: 0, role: 'region', ariaLabel: label }, children);
}

async function readTemplates() {
  /** @type {Account} */
  const account = await getJson('/api/account');
  for (const template of account.templates) templates.set(template.templateId, template);
}

async function showFaults() {
  /** @type {Fault[]} */
  const all = await getJson('/control/faults');
  const groups = new Map(
    all.map(({ name, group }) => [
      group,
      element('optgroup', { label: texts.faults[name].group }, []),
    ]),
  );
  for (const fault of all) {
    faults.set(fault.name, fault);
    groups.get(fault.group)?.append(element('option', { value: fault.name }, [fault.name]));
  }
  const select = byId('fault', HTMLSelectElement);
  select.append(...groups.values());
  select.addEventListener('change', describeFault);
  describeFault();

  const form = byId('fault-form', HTMLFormElement);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const times = new FormData(form).get('times');
    await control('PUT', { fault: select.value, ...(times && { times: Number(times) }) });
  });
  byId('clear-fault', HTMLButtonElement).addEventListener('click', () => control('DELETE'));
}

function describeFault() {
  const fault = faults.get(byId('fault', HTMLSelectElement).value);
  if (!fault) return;
  const { description } = texts.faults[fault.name];
  const id = fault.accepted ? 'inbox.fault-accepts' : 'inbox.fault-refuses';
  byId('fault-description', HTMLElement).textContent = text(id, { description });
  byId('fault-numbers', HTMLElement).hidden = fault.phoneNumbers.length === 0;
  byId('numbers', HTMLUListElement).replaceChildren(
    ...fault.phoneNumbers.map((number) =>
      element('li', {}, [element('code', {}, [number]), copyButton(number, number)]),
    ),
  );
}

/**
 * @param {'PUT' | 'DELETE'} method
 * @param {unknown} [body]
 */
async function control(method, body) {
  await fetch('/control/fault', {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** @param {ChosenFault} chosen */
function showChosenFault({ fault, times, action }) {
  const which = times === null ? 'every' : 'next';
  const isMessage = action === 'SendSms';
  const what = action === null ? '' : `${isMessage ? '-message' : '-action'}${plural(times)}`;
  const notice = byId('fault-notice', HTMLElement);
  const failing =
    fault === null ? '' : text(`inbox.will-fail-${which}${what}`, { fault, times, action });
  byId('fault-state', HTMLElement).textContent = failing || text('inbox.no-fault');
  notice.textContent = failing;
  notice.hidden = failing === '';
}

/** @param {number | null} count */
const plural = (count) => (count !== null && count > 1 ? 's' : '');

/** Opens the panes if there is room next to the inbox. */
function openPanes() {
  const wide = matchMedia('(min-width: 60rem)').matches;
  for (const id of ['config-pane', 'fault-pane']) byId(id, HTMLDetailsElement).open = wide;
}

/**
 * @param {string} what a description for screen readers
 * @param {string} value
 */
function copyButton(what, value) {
  const button = element('button', { type: 'button' }, [
    text('inbox.copy'),
    element('span', { className: 'unseen' }, [` ${what}`]),
  ]);
  button.addEventListener('click', () => copy(value, what, button));
  return button;
}

/**
 * @param {string} value
 * @param {string} what
 * @param {HTMLButtonElement} button
 */
async function copy(value, what, button) {
  const copied = (await copyByClipboard(value)) || copyBySelection(value);
  announce(text(copied ? 'inbox.copied' : 'inbox.copy-failed', { what }));
  button.dataset.state = copied ? 'copied' : 'failed';
  setTimeout(() => delete button.dataset.state, 2000);
}

/** @param {string} value */
async function copyByClipboard(value) {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false; // The browser does not allow it, or the context is not secure.
  }
}

/** Copies in the old way, from a field that nobody sees. @param {string} value */
function copyBySelection(value) {
  const focused = document.activeElement;
  const field = element('textarea', { value, className: 'unseen' }, []);
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/** Announces something to screen readers. @param {string} news */
function announce(news) {
  // A screen reader repeats the same text only if another text was set in between.
  announcer.textContent = '';
  requestAnimationFrame(() => {
    announcer.textContent = news;
  });
}

/** Keeps the filter when the reader changes the language. @param {Element} link */
function keepQuery(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const query = new URLSearchParams(location.search);
  query.set('lang', link.lang);
  link.search = String(query);
}

/**
 * @param {string} id
 * @param {import('../../text/fill.js').Values} [values]
 */
function text(id, values) {
  return fill(texts.sentences[id], values);
}

/** @param {string} path */
async function getJson(path) {
  const response = await fetch(path);
  return response.json();
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {object} properties
 * @param {(Node | string)[]} children strings become text nodes
 * @returns {HTMLElementTagNameMap[Name]}
 */
function element(name, properties, children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`The page has no ${kind.name} "${id}".`);
  return node;
}
