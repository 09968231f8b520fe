/**
 * The meanings of Tencent's error codes, from the table that was made from Tencent's documents and SDKs. The other
 * columns of the table say how the connector handles a code, and tests check that it does.
 */
import { readFileSync } from 'node:fs';

const table = readFileSync(new URL('../src/tencent/error_codes.tsv', import.meta.url), 'utf8');

/** The meanings by code. @type {Map<string, string>} */
export const errorMeanings = new Map();
for (const row of table.trim().split('\n').slice(1)) {
  const [code, meaning] = row.split('\t');
  errorMeanings.set(code, meaning);
}
