/**
 * A text fit for people's eyes: some faults quote the Authorization header, which is for nobody's.
 * @param {string} text
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
export function withoutAuthorization(text, { authorization }) {
  return authorization ? text.replaceAll(authorization, '…') : text;
}
