/**
 * The meanings of Tencent's error codes. The English ones are generated from the connector's table, which was made
 * from Tencent's documents and SDKs.
 */
import { readFileSync } from 'node:fs';

/** @typedef {import('./language.js').Language} Language */

/** The meanings in English by code. */
export const errorMeanings = errorMeaningsIn('en');

/**
 * Returns the meanings by code.
 * @param {Language} language
 * @returns {Map<string, string>}
 */
export function errorMeaningsIn(language) {
  const table = readFileSync(new URL(`error-meanings.${language}.tsv`, import.meta.url), 'utf8');
  const rows = table.trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [code, meaning] = row.split('\t');
      return [code, meaning];
    }),
  );
}
