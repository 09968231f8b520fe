/**
 * The panes next to the inbox: the connector's config, and the fault of the next requests.
 */
import { byId, copy, copyButton, element, getJson, language, text, texts } from './dom.js';

/** @typedef {import('../../logto.js').FormField} FormField */
/** @typedef {import('../control.js').ListedFault} Fault */
/** @typedef {import('../control.js').ChosenFault} ChosenFault */

/** The faults by name. @type {Map<string, Fault>} */
const faults = new Map();

/** Opens the panes if there is room next to the inbox. */
export function openPanes() {
  const wide = matchMedia('(min-width: 60rem)').matches;
  for (const id of ['config-pane', 'fault-pane']) byId(id, HTMLDetailsElement).open = wide;
}

export async function showConfig() {
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

export async function showFaults() {
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
export function showChosenFault({ fault, times, action }) {
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
