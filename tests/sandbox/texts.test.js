/** The texts of the sandbox in each language, and the choice of the language. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultGroups, findFault } from '../../sandbox/faults/faults.js';
import { markup } from '../../sandbox/pages/html.js';
import { catalogues, textIn } from '../../sandbox/text/catalogue.js';
import { errorMeaningsIn } from '../../sandbox/text/error-meanings.js';
import { commandLanguage } from '../../sandbox/text/language.js';
import { present } from './support/present.js';

const english = present(catalogues.get('en'));
const chinese = present(catalogues.get('zh-CN'));

test('the languages have the same ids, in the same order', () => {
  assert.deepEqual([...chinese.keys()], [...english.keys()]);
});

test('each text has the same placeholders in every language', () => {
  /** @param {string} [sentence] */
  const placeholders = (sentence) => sentence?.match(/\{\$\w+\}/g)?.sort();
  for (const [id, sentence] of english) {
    assert.deepEqual(placeholders(chinese.get(id)), placeholders(sentence), id);
  }
});

test('each text has the same code and links in every language', () => {
  /** @param {string} sentence */
  const parts = (sentence) =>
    markup(sentence)
      .match(/<code>.*?<\/code>|href="[^"]*"/g)
      ?.sort();
  for (const [id, sentence] of english) {
    assert.deepEqual(parts(present(chinese.get(id))), parts(sentence), id);
  }
});

test('the Chinese texts are Chinese', () => {
  for (const [id, sentence] of chinese) {
    const words = sentence.replace(/\{\$\w+\}|--\w+/g, '');
    assert.ok(/\p{Script=Han}/u.test(words) || !/[a-z]/.test(words), id);
    // Chinese sentences have full-width punctuation.
    assert.doesNotMatch(sentence, /\p{Script=Han}[,;:?!]/u, id);
  }
});

test('each text is used, and each text that is used exists', () => {
  const root = fileURLToPath(new URL('../../sandbox/', import.meta.url));
  const files = readdirSync(root, { recursive: true }).map(String);
  const sources = files.filter((name) => /\.(js|html)$/.test(name));
  const code = sources.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
  const ids = new Set(english.keys());
  const named = /(?:'|\{\{)((?:cli|account|page|inbox|help)\.(?!html|css|js)[\w-]+)(?:'|\}\})/g;
  for (const [, id] of code.matchAll(named)) {
    assert.ok(ids.has(id), `there is no text ${id}`);
  }
  // Templates in the code make the ids of these texts.
  const made = /^(fault\.|faults\.|cli\.|inbox\.will-fail-|inbox\.(mainland|overseas)$)/;
  for (const id of ids) {
    assert.ok(made.test(id) || code.includes(id), `no code uses ${id}`);
  }
});

test('each fault and each group of faults has a text, and there are no others', () => {
  const used = faultGroups.flatMap(({ id, faults }) => [id, ...faults.map(({ text: [id] }) => id)]);
  for (const name of ['error:Any.Code', 'status:Any.Code']) {
    used.push(present(findFault(name)).text[0]);
  }
  const listed = [...english.keys()].filter((id) => /^faults?\./.test(id));
  assert.deepEqual(listed.sort(), [...new Set(used)].sort());
  for (const { faults } of faultGroups) {
    for (const { text } of faults) assert.doesNotMatch(textIn('zh-CN')(...text), /undefined/);
  }
});

test('the error codes have a meaning in each language', () => {
  const meanings = errorMeaningsIn('zh-CN');
  assert.deepEqual([...meanings.keys()], [...errorMeaningsIn('en').keys()]);
  for (const [code, meaning] of meanings) assert.match(meaning, /\p{Script=Han}/u, code);
});

test('every variety of Chinese but the traditional ones chooses Simplified Chinese', () => {
  for (const [locale, language] of [
    ['zh', 'zh-CN'],
    ['zh_CN', 'zh-CN'],
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh_CN.GBK', 'zh-CN'],
    ['zh_SG.UTF-8', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['ZH-cn', 'zh-CN'],
    ['zh_TW.UTF-8', 'en'],
    ['zh_HK.UTF-8', 'en'],
    ['zh-MO', 'en'],
    ['zh-Hant', 'en'],
    ['zh-Hant-CN', 'en'],
    ['en_US.UTF-8', 'en'],
    ['de_DE@euro', 'en'],
    ['zhx', 'en'],
    ['C', 'en'],
    ['C.UTF-8', 'en'],
    ['POSIX', 'en'],
    ['nonsense!', 'en'],
    ['', 'en'],
  ]) {
    assert.equal(commandLanguage(undefined, { LANG: locale }), language, locale);
  }
});
