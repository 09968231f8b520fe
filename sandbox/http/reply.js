/**
 * How the right answer leaves: the plain case, and what most faults vary.
 */

/**
 * An answer about to leave.
 * @typedef {object} Exchange
 * @property {import('node:http').ServerResponse} response
 * @property {string} answer the right one, as JSON text; empty if Tencent's side has none
 * @property {string | undefined} date the Date header's value; undefined leaves the header out
 * @property {string} elsewhere a URL of another origin, for redirects
 */

/**
 * @param {Exchange} exchange
 * @param {object} [changes]
 * @param {number} [changes.status] always 200 at Tencent: it says only that the request was processed
 * @param {import('node:http').OutgoingHttpHeaders} [changes.headers]
 * @param {string | Buffer} [changes.body]
 */
export function reply(exchange, { status = 200, headers = {}, body = exchange.answer } = {}) {
  writeHead(exchange, {
    status,
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
  });
  exchange.response.end(body);
}

/**
 * @param {Exchange} exchange
 * @param {{ status?: number, headers?: import('node:http').OutgoingHttpHeaders }} [changes]
 */
export function writeHead({ response, date }, { status = 200, headers = {} } = {}) {
  // Node would add the Date of the machine's clock; this one is of the sandbox's, for clients that
  // learn the time from it.
  response.sendDate = false;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(date !== undefined && { Date: date }),
    ...headers,
  });
}
