/**
 * The language of a page: the one that the reader chose on a page, or the one that the browser prefers. A cookie
 * remembers the choice.
 */
import { browserLanguage, isLanguage, languages } from '../text/language.js';

/** @typedef {import('../text/language.js').Language} Language */

/** Cookies do not differ by port, so other servers on this machine receive this one too. */
const COOKIE = 'tencent-sms-sandbox-lang';
const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/**
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @returns {Language}
 */
export function pageLanguage({ cookie = '', 'accept-language': accepted }) {
  const [, chosen] = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(cookie) ?? [];
  return isLanguage(chosen) ? chosen : browserLanguage(accepted);
}

/**
 * Answers the switch of a page, which is a link to the same page with `lang`.
 * @param {string} pathAndQuery
 * @returns {import('./pages.js').Page | undefined} undefined if the request chooses no language
 */
export function rememberLanguage(pathAndQuery) {
  const [path, search] = pathAndQuery.split('?', 2);
  const query = new URLSearchParams(search);
  const chosen = query.get('lang');
  if (!isLanguage(chosen)) return undefined;
  query.delete('lang');
  return {
    status: 303,
    headers: {
      Location: query.size > 0 ? `${path}?${query}` : path,
      'Set-Cookie': `${COOKIE}=${chosen}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax; HttpOnly`,
    },
    body: '',
  };
}

/**
 * Returns links to the page in the other languages, as HTML.
 * @param {Language} current
 */
export function languageLinks(current) {
  const others = Object.entries(languages).filter(([language]) => language !== current);
  return others
    .map(([each, name]) => `<a class="language" href="?lang=${each}" lang="${each}">${name}</a>`)
    .join(' ');
}
