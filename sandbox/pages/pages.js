/**
 * The sandbox's own paths, in addition to Tencent's API, for people and tools on this machine.
 */

import { BODY_LIMIT } from '../http/read-body.js';
import { answerControl } from './control.js';
import { helpPage } from './help-page.js';
import { inboxFile, inboxPage } from './inbox/inbox-page.js';
import { json } from './json.js';
import { answerJsonApi } from './json-api.js';
import { pageLanguage, rememberLanguage } from './language.js';
import { answerTexts } from './texts.js';

/**
 * @typedef {object} PageRequest
 * @property {string} method
 * @property {string} path with its query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body
 * @property {AbortSignal} closed aborts when the connection is closed
 */

/**
 * An answer. It has either a body, or a stream that writes a body for as long as the connection lasts.
 * @typedef {object} Page
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} [body]
 * @property {(response: import('node:http').ServerResponse) => void} [stream]
 */

/**
 * @typedef {object} PageContext
 * @property {import('../account.js').Account} account
 * @property {ReturnType<typeof import('../account.js').connectorConfig>} config
 * @property {import('../faults/fault-choice.js').FaultChoice} faultChoice
 * @property {import('../inbox.js').Inbox} inbox
 * @property {(from: string, content: string) => boolean} reply sends a reply from a phone
 */

/** The headers of every answer, in addition to the answer's own. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // A page of another site can neither keep a reference to the page's window nor load the page as a resource.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };

/**
 * Tests if a request is for the API, which takes every method on one path. A GET on that path is for the API if it has a
 * header or a parameter that names an action. Without them, a browser opens a page.
 * @param {string} method
 * @param {string} pathAndQuery
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
export function isApi(method, pathAndQuery, headers) {
  const [path, query] = pathAndQuery.split('?', 2);
  if (path !== '/' || method === 'HEAD') return false;
  if (method !== 'GET') return true;
  return headers['x-tc-action'] !== undefined || new URLSearchParams(query).has('Action');
}

/** @param {string} method */
function isReading(method) {
  return method === 'GET' || method === 'HEAD';
}

/**
 * @param {PageRequest} request
 * @param {PageContext} context
 * @returns {Promise<Page>}
 */
export async function answerPage(request, context) {
  const page = await pageFor(request, context);
  return { ...page, headers: { ...HEADERS, ...page.headers } };
}

/**
 * @param {PageRequest} request
 * @param {PageContext} context
 * @returns {Page | Promise<Page>}
 */
function pageFor(request, context) {
  const { method, body } = request;
  const [path] = request.path.split('?', 1);
  if (body.length > BODY_LIMIT)
    return json(413, { error: `The body exceeds ${BODY_LIMIT} bytes.` });
  if (path.startsWith('/control/')) return answerControl(request, context);
  if (path.startsWith('/api/')) return answerJsonApi(request, context);
  const page = isReading(method) && (readable(request, path, context) ?? inboxFile(path));
  return page || { status: 404, headers: TEXT, body: 'The API is POST /\n' };
}

/**
 * Returns a page in the reader's language.
 * @param {PageRequest} request
 * @param {string} path
 * @param {PageContext} context
 */
function readable(request, path, { config }) {
  if (path !== '/' && path !== '/help') return answerTexts(path);
  const language = pageLanguage(request.headers);
  return (
    rememberLanguage(request.path) ??
    (path === '/' ? inboxPage(language) : helpPage(config, language))
  );
}
