/**
 * The tools of every part of the page: the page's texts, its elements, and buttons that copy. Received data becomes text
 * nodes, never markup. The page's policy (Trusted Types) would stop anything else.
 */
import { fill } from '../../text/fill.js';

/** The page's texts, in its language. @type {import('../texts.js').PageTexts} */
export const texts = await getJson(`/texts/${document.documentElement.lang}.json`);

/**
 * @param {string} id
 * @param {import('../../text/fill.js').Values} [values]
 */
export function text(id, values) {
  return fill(texts.sentences[id], values);
}

/** @param {string} path */
export async function getJson(path) {
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
export function element(name, properties, children) {
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
export function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`The page has no ${kind.name} "${id}".`);
  return node;
}

/** Marks the language of a received text, so that it is read aloud and drawn right. @param {string} received */
export function language(received) {
  return { lang: /\p{Script=Han}/u.test(received) ? 'zh-Hans' : 'en' };
}

/** Announces something to screen readers. @param {string} news */
export function announce(news) {
  const announcer = byId('announcer', HTMLElement);
  // A screen reader repeats the same text only if another text was set in between.
  announcer.textContent = '';
  requestAnimationFrame(() => {
    announcer.textContent = news;
  });
}

/**
 * @param {string} what a description for screen readers
 * @param {string} value
 */
export function copyButton(what, value) {
  const button = element('button', { type: 'button', className: 'copy' }, [
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
export async function copy(value, what, button) {
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
