/**
 * The texts that the inbox page shows by itself, for its script.
 */
import { faultGroups } from '../faults/faults.js';
import { catalogues, textIn } from '../text/catalogue.js';
import { errorMeaningsIn } from '../text/error-meanings.js';
import { isLanguage } from '../text/language.js';
import { json } from './json.js';

/** @typedef {ReturnType<typeof pageTexts>} PageTexts */

/**
 * @param {string} path
 * @returns {import('./pages.js').Page | undefined} undefined if the path is not that of a language
 */
export function answerTexts(path) {
  const [, language] = /^\/texts\/([\w-]+)\.json$/.exec(path) ?? [];
  return isLanguage(language) ? json(200, pageTexts(language)) : undefined;
}

/** @param {import('../text/language.js').Language} language */
function pageTexts(language) {
  const text = textIn(language);
  const ids = [...(catalogues.get(language)?.entries() ?? [])];
  const faults = faultGroups.flatMap(({ id, faults }) =>
    faults.map((fault) => [fault.name, { group: text(id), description: text(...fault.text) }]),
  );
  return {
    /** The sentences by id. @type {Record<string, string>} */
    sentences: Object.fromEntries(ids.filter(([id]) => id.startsWith('inbox.'))),
    /** The faults by name. @type {Record<string, { group: string, description: string }>} */
    faults: Object.fromEntries(faults),
    /** The meanings of Tencent's error codes. @type {Record<string, string>} */
    meanings: Object.fromEntries(errorMeaningsIn(language)),
  };
}
