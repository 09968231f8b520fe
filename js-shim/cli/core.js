/**
 * The core of the command line. It is a module of its own, so that Logto does not load what only the command line
 * needs.
 */

import { readFileSync } from 'node:fs';
import { environmentLocale, readCatalogue } from '../operator-language.js';
import * as core from './wasm/core.js';

core.initSync({
  module: new WebAssembly.Module(readFileSync(new URL('./wasm/core_bg.wasm', import.meta.url))),
});

export {
  countsOf,
  examine,
  quoted,
  readLogto,
  sendTestMessage,
  setUp,
  showLastMessages,
} from './wasm/core.js';

/** @type {'en' | 'zh-CN'} */
let chosen = 'en';

/** Returns the language of all texts for operators. */
export const language = () => chosen;

/**
 * Sets the language of all texts for operators.
 *
 * @param {string} locale a language tag or the name of a locale, such as `zh_CN.UTF-8`
 */
export function useLanguage(locale) {
  const found = core.translationFor(locale);
  core.useTranslation(readCatalogue(found));
  chosen = found ?? 'en';
}

useLanguage(environmentLocale());

/**
 * @param {unknown} error
 * @returns {error is import('./wasm/core.js').DoctorInputError}
 */
export function isDoctorInputError(error) {
  return error instanceof Error && error.name === 'DoctorInputError';
}
