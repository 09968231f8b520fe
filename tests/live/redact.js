/**
 * Answers without anything of the account's: each character is replaced by one of its kind, and each number by 0, so
 * that only the form is left. Error codes stay, because they are Tencent's words.
 */

/**
 * @param {unknown} value
 * @param {string} [name] of the field
 * @returns {unknown}
 */
export function redact(value, name = '') {
  if (Array.isArray(value)) return value.map((each) => redact(each, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, redact(field, key)]),
    );
  }
  if (typeof value === 'number') return 0;
  if (typeof value !== 'string' || isCode(name, value)) return value;
  return value
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Script=Han}/gu, '字')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' || letter === '字' ? letter : 'a'))
    .replace(/\p{N}/gu, '0');
}

/**
 * @param {string} name
 * @param {string} value
 */
const isCode = (name, value) => name === 'Code' && /^[A-Za-z]+(?:\.[A-Za-z]+)?$/.test(value);
