/**
 * Removes the Authorization header from a text that people will see. Some faults quote the header.
 * @param {string} text
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
export function withoutAuthorization(text, { authorization }) {
  return authorization ? text.replaceAll(authorization, '…') : text;
}
