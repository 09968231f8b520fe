/**
 * The inbox page and its files. The page gets everything that is received from the JSON API.
 */
import { readFileSync } from 'node:fs';
import { textIn } from '../../text/catalogue.js';
import { languages } from '../../text/language.js';
import { markup } from '../html.js';
import { languageLinks } from '../language.js';

/** @typedef {import('../pages.js').Page} Page */
/** @typedef {import('../../text/language.js').Language} Language */

/** The policy allows only the page's own files, and Trusted Types make sure that the page shows data only as text. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const SCRIPT = 'text/javascript; charset=utf-8';
const SCRIPTS = ['inbox.js', 'dom.js', 'items.js', 'keyboard.js', 'list.js', 'panes.js'];
const FILES = new Map([
  ['/inbox.css', file('inbox.css', 'text/css; charset=utf-8')],
  ['/icon.svg', file('icon.svg', 'image/svg+xml')],
  ['/text/fill.js', file('../../text/fill.js', SCRIPT)],
  ...SCRIPTS.map((name) => /** @type {const} */ ([`/${name}`, file(name, SCRIPT)])),
]);

const template = read('inbox.html');

/** The page in each language. @type {Map<string, Page>} */
const pages = new Map(
  Object.keys(languages).map((language) => [
    language,
    page(inLanguage(/** @type {Language} */ (language)), 'text/html; charset=utf-8'),
  ]),
);

/** @param {Language} language */
export function inboxPage(language) {
  return pages.get(language);
}

/** @param {string} path */
export function inboxFile(path) {
  return FILES.get(path);
}

/**
 * Fills the page's `{{id}}` with the texts of a language.
 * @param {Language} language
 */
function inLanguage(language) {
  const text = textIn(language);
  return template
    .replace('<html lang="en">', `<html lang="${language}">`)
    .replace('{{languages}}', languageLinks(language))
    .replace(/\{\{([\w.-]+)\}\}/g, (_, id) => markup(text(id)));
}

/**
 * @param {string} name
 * @param {string} type
 */
function file(name, type) {
  return page(read(name), type);
}

/** @param {string} name */
function read(name) {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/**
 * @param {string} body
 * @param {string} type
 * @returns {Page}
 */
function page(body, type) {
  return {
    status: 200,
    headers: { 'Content-Type': type, 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
    body,
  };
}
