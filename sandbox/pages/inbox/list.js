/**
 * The entries on the page, as a list or as phones side by side. Only the newest are in the document, and older ones
 * follow as the reader scrolls, so that thousands of entries stay fast.
 */
import { byId, element, text } from './dom.js';
import { grouped, itemOf, searchedIn } from './items.js';

/** @typedef {import('./items.js').Entry} Entry */

/** The number of entries that are added to the document at once. */
const PAGE = 50;

const list = byId('entries', HTMLOListElement);
const phones = byId('phones', HTMLElement);
const search = byId('search', HTMLInputElement);
const older = byId('older', HTMLButtonElement);

/** All entries, oldest first. @type {Entry[]} */
let entries = [];
/** The largest number of the newest entries that match the search and are in the document. */
let most = PAGE;
let isScheduled = false;
let isPhones = false;
/** The phones by their numbers. @type {Map<string, { phone: HTMLElement, list: HTMLOListElement }>} */
const phoneOf = new Map();

// The phones scroll sideways, so the keyboard has to reach them.
phones.tabIndex = 0;
const address = new URL(location.href);
search.value = address.searchParams.get('q') ?? address.searchParams.get('to') ?? '';
showView(address.searchParams.get('view') === 'phones');

search.addEventListener('input', () => {
  most = PAGE;
  keepInAddress('q', search.value.trim());
  render();
});
older.addEventListener('click', showOlder);
byId('as-list', HTMLButtonElement).addEventListener('click', () => switchView(false));
byId('as-phones', HTMLButtonElement).addEventListener('click', () => switchView(true));
addEventListener('hashchange', showLinked);

/** Shows older entries before the reader reaches the end. */
const nearEnd = new IntersectionObserver(
  ([{ isIntersecting }]) => {
    if (isIntersecting) showOlder();
  },
  { rootMargin: '800px' },
);

/**
 * Adds an entry, and shows it with the next frame.
 * @param {Entry} entry
 * @param {number} keep the largest number of entries
 */
export function add(entry, keep) {
  entries.push(entry);
  if (entries.length > keep) entries = entries.slice(-keep);
  schedule();
}

export function clear() {
  entries = [];
  most = PAGE;
  render();
}

/** Shows the entries at once. */
export function render() {
  isScheduled = false;
  const matching = found();
  const shown = matching.slice(0, most);
  arrange(list, isPhones ? [] : shown.map(itemOf));
  arrange(phones, isPhones ? phonesOf(shown) : []);

  const query = search.value.trim();
  const empty = byId('empty', HTMLElement);
  empty.hidden = shown.length > 0;
  empty.textContent =
    entries.length === 0 ? text('inbox.empty') : text('inbox.nothing-for', { filter: query });
  byId('count', HTMLElement).textContent =
    query === '' ? '' : text('inbox.count', { shown: matching.length, all: entries.length });
  older.hidden = matching.length <= most;
  // The observer reports again if the button is still near.
  nearEnd.unobserve(older);
  nearEnd.observe(older);
}

export function switchView(asPhones = !isPhones) {
  keepInAddress('view', asPhones ? 'phones' : '');
  showView(asPhones);
  render();
}

/** Shows the entry that the address names, and says if there is none. */
export function showLinked() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id === '' || id === 'inbox') return;
  document.querySelector('.entry[aria-current]')?.removeAttribute('aria-current');
  const entry = entries.find((each) => each.id === id);
  byId('gone', HTMLElement).hidden = entry !== undefined;
  if (!entry) return;
  if (!found().includes(entry)) search.value = '';
  most = Math.max(most, found().indexOf(entry) + 1);
  render();
  const item = itemOf(entry);
  item.ariaCurrent = 'true';
  item.scrollIntoView({ block: 'center' });
  item.focus({ preventScroll: true });
}

/** Returns the entries that contain every word of the search, newest first. */
function found() {
  const words = search.value.toLowerCase().split(/\s+/);
  return entries
    .filter((entry) => words.every((word) => searchedIn(entry).includes(word)))
    .reverse();
}

function showOlder() {
  if (older.hidden) return;
  most += PAGE;
  render();
}

function schedule() {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(render);
}

/**
 * Returns the phones with their entries, the one with the newest entry first.
 * @param {Entry[]} shown
 */
function phonesOf(shown) {
  /** @type {Map<string, Entry[]>} */
  const byNumber = new Map();
  for (const entry of shown) {
    const number = entry.data.to ?? '';
    byNumber.set(number, [...(byNumber.get(number) ?? []), entry]);
  }
  return Array.from(byNumber, ([number, own]) => {
    const { phone, list } = phoneOf.get(number) ?? newPhone(number);
    arrange(list, own.map(itemOf));
    return phone;
  });
}

/** @param {string} number */
function newPhone(number) {
  const name = number === '' ? text('inbox.no-number') : grouped(number);
  const list = element('ol', { className: 'entries' }, []);
  const phone = element('section', { className: 'phone', ariaLabel: name }, [
    element('h3', {}, [name]),
    list,
  ]);
  const made = { phone, list };
  phoneOf.set(number, made);
  return made;
}

/**
 * Makes these nodes the children of an element. A node that is already in its place is not touched, so that it keeps
 * the focus and does not move.
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} nodes
 */
function arrange(parent, nodes) {
  let next = parent.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
  while (next) {
    const following = next.nextElementSibling;
    next.remove();
    next = following;
  }
}

/** @param {boolean} asPhones */
function showView(asPhones) {
  isPhones = asPhones;
  list.hidden = asPhones;
  phones.hidden = !asPhones;
  byId('as-list', HTMLButtonElement).ariaPressed = String(!asPhones);
  byId('as-phones', HTMLButtonElement).ariaPressed = String(asPhones);
  byId('columns', HTMLElement).dataset.view = asPhones ? 'phones' : 'list';
}

/**
 * @param {string} name
 * @param {string} value
 */
function keepInAddress(name, value) {
  const url = new URL(location.href);
  url.searchParams.delete('to');
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  history.replaceState(null, '', url);
}
