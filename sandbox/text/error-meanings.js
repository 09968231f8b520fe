/**
 * The meanings of Tencent's error codes. The English ones are from the table that was made from Tencent's documents
 * and SDKs. The other columns of that table say how the connector handles a code, and tests check that it does.
 */
import { readFileSync } from 'node:fs';

/** @typedef {import('./language.js').Language} Language */

const TABLES = {
  en: '../../src/tencent/error_codes.tsv',
  'zh-CN': 'error-meanings.zh-CN.tsv',
};

/** The meanings in English by code. */
export const errorMeanings = errorMeaningsIn('en');

/**
 * Returns the meanings by code.
 * @param {Language} language
 * @returns {Map<string, string>}
 */
export function errorMeaningsIn(language) {
  const table = readFileSync(new URL(TABLES[language], import.meta.url), 'utf8');
  const rows = table.trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [code, meaning] = row.split('\t');
      return [code, meaning];
    }),
  );
}
