/**
 * Keys for the inbox. They are single characters, so the reader can switch them off.
 */
import { byId } from './dom.js';
import { switchView } from './list.js';

const search = byId('search', HTMLInputElement);
const inUse = byId('keys', HTMLInputElement);

/** @type {Record<string, () => void>} */
const KEYS = {
  '/': () => search.focus(),
  j: () => move(1),
  k: () => move(-1),
  c: () => (current() ?? items()[0])?.querySelector('button')?.click(),
  v: () => switchView(),
};

inUse.checked = remembered() !== 'off';
inUse.addEventListener('change', () => remember(inUse.checked ? 'on' : 'off'));

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (target === search && key === 'Escape') {
    search.value = '';
    search.dispatchEvent(new Event('input'));
    return;
  }
  const isTyping = target instanceof HTMLElement && target.matches('input, select, textarea');
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (!inUse.checked || isTyping || hasModifier || !Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key]();
});

/** The entries in the document, in the order of the page. @returns {HTMLElement[]} */
const items = () => [...document.querySelectorAll('li')].filter((each) => each.matches('.entry'));

/** The entry that has the focus. @returns {HTMLElement | null | undefined} */
const current = () => document.activeElement?.closest('li');

/** @param {1 | -1} step */
function move(step) {
  const all = items();
  const item = current();
  const at = item ? all.indexOf(item) : -1;
  all[at === -1 ? 0 : at + step]?.focus();
}

function remembered() {
  try {
    return localStorage.getItem('keys');
  } catch {
    return null; // The browser does not allow it.
  }
}

/** @param {string} value */
function remember(value) {
  try {
    localStorage.setItem('keys', value);
  } catch {
    // The choice lasts until the page is left.
  }
}
