/**
 * The texts for people: one file for each language, with the same ids.
 */
import { readFileSync } from 'node:fs';
import { fill } from './fill.js';
import { languages } from './language.js';

/** @typedef {import('./language.js').Language} Language */
/** @typedef {(id: string, values?: import('./fill.js').Values) => string} TextOf */

/** The sentences of each language by their ids. @type {Map<string, Map<string, string>>} */
export const catalogues = new Map(
  Object.keys(languages).map((language) => [language, read(`${language}.txt`)]),
);

/**
 * @param {Language} language
 * @returns {TextOf}
 */
export function textIn(language) {
  const catalogue = catalogues.get(language);
  return (id, values) => {
    const sentence = catalogue?.get(id);
    if (sentence === undefined) throw new Error(`There is no text "${id}".`);
    return fill(sentence, values);
  };
}

/** @param {string} name */
function read(name) {
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8').split('\n');
  const texts = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    texts.map((line) => {
      const end = line.indexOf(' = ');
      return [line.slice(0, end), line.slice(end + 3)];
    }),
  );
}
