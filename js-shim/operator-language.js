/** The language of the texts for operators. */

import { readFileSync } from 'node:fs';

/** Returns the environment's locale. Containers set none, so a variable of the connector's own has priority. */
export function environmentLocale() {
  const { TENCENT_SMS_LANG, LC_ALL, LANG } = process.env;
  return TENCENT_SMS_LANG || LC_ALL || LANG || '';
}

/**
 * Reads the core's texts in a language.
 *
 * @param {string | undefined} language nothing for English, which is part of the module
 */
export const readCatalogue = (language) =>
  language && readFileSync(new URL(`./texts/${language}.txt`, import.meta.url), 'utf8');
