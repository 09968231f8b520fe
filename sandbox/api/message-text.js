/**
 * The text that a phone shows, and how many messages it is billed as.
 */

/**
 * @param {string} content a template's
 * @returns {number} how many values it takes
 */
export function countVariables(content) {
  return new Set(content.match(/\{\d+\}/g)).size;
}

/**
 * @param {string} content a template's, with `{1}`, `{2}`, …
 * @param {string[]} values
 */
export function render(content, values) {
  return content.replace(/\{(\d+)\}/g, (_, position) => values[position - 1]);
}

/**
 * Billed segments: one message, or parts that each lose a few characters to their numbering.
 * Simplified: GSM-7 is taken to be ASCII. A mainland text never is, for its 【】.
 * @param {string} text with its signature
 */
export function countSegments(text) {
  const [whole, part] = /^[\x20-\x7e\n]*$/.test(text) ? [160, 153] : [70, 67];
  return text.length <= whole ? 1 : Math.ceil(text.length / part);
}
