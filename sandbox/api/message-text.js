/**
 * The text that a phone shows, and the number of messages that Tencent bills for it.
 */

/**
 * @param {string} content the content of a template
 * @returns {number} the number of values that the template takes
 */
export function countVariables(content) {
  return new Set(content.match(/\{\d+\}/g)).size;
}

/**
 * @param {string} content the content of a template, with `{1}`, `{2}`, …
 * @param {string[]} values
 */
export function render(content, values) {
  return content.replace(/\{(\d+)\}/g, (_, position) => values[position - 1]);
}

/**
 * Counts the billed segments: one message, or parts, each of which needs a few characters for its number. The count is
 * simplified, because it takes GSM-7 for ASCII. A mainland text is never ASCII, because of its 【】.
 * @param {string} text with its signature
 */
export function countSegments(text) {
  const [whole, part] = /^[\x20-\x7e\n]*$/.test(text) ? [160, 153] : [70, 67];
  return text.length <= whole ? 1 : Math.ceil(text.length / part);
}
