/**
 * The paths that are the sandbox's own, beside Tencent's API: for people and tools on this machine.
 */
import { answerControl } from './control.js';
import { helpPage } from './help-page.js';

/**
 * @typedef {object} PageRequest
 * @property {string} method
 * @property {string} path with its query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body
 */

/**
 * @typedef {object} Page
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} body
 */

/**
 * @typedef {object} PageContext
 * @property {ReturnType<typeof import('../account.js').connectorConfig>} config
 * @property {import('../faults/fault-choice.js').FaultChoice} faultChoice
 */

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };

/**
 * The API is every method on one path, except those that a browser opens a page with.
 * @param {string} method
 * @param {string} path
 */
export function isApi(method, path) {
  return path === '/' && method !== 'GET' && method !== 'HEAD';
}

/**
 * @param {PageRequest} request
 * @param {PageContext} context
 * @returns {Page}
 */
export function answerPage(request, { config, faultChoice }) {
  const { path, headers } = request;
  if (!isFromHere(headers)) {
    return { status: 403, headers: TEXT, body: 'Only for this machine, and for no other site.\n' };
  }
  if (path === '/') return helpPage(config);
  if (path.startsWith('/control/')) return answerControl(request, faultChoice);
  return { status: 404, headers: TEXT, body: 'The API is POST /\n' };
}

/**
 * The sandbox listens on loopback, but a browser on this machine works for whatever site it shows.
 * A site that has its own name lead here is known by the Host header; a page of another origin by
 * the Origin header. It could not read anything either, since no answer allows that (CORS).
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function isFromHere({ host = '', origin }) {
  return (
    /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host) &&
    (origin === undefined || origin === `http://${host}`)
  );
}
