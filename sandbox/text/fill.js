/**
 * The values in a text. The browser loads this file too.
 */

/** @typedef {Record<string, unknown>} Values */

/**
 * @param {string} sentence with `{$name}` for each value
 * @param {Values} [values]
 */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{\$(\w+)\}/g, (_, name) => String(values[name]));
}
