/**
 * What Tencent's error codes mean, from the table that was read out of Tencent's documents and SDKs.
 * Its other columns say what the connector should make of them: tests hold it to that.
 */
import { readFileSync } from 'node:fs';

const table = readFileSync(new URL('../src/tencent/error_codes.tsv', import.meta.url), 'utf8');

/** Meanings by code. @type {Map<string, string>} */
export const errorMeanings = new Map();
for (const row of table.trim().split('\n').slice(1)) {
  const [code, meaning] = row.split('\t');
  errorMeanings.set(code, meaning);
}
