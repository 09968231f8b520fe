/**
 * Functions that send the right answer. Most faults use variations of them.
 */

/**
 * An answer that is about to be sent.
 * @typedef {object} Exchange
 * @property {import('node:http').ServerResponse} response
 * @property {string} answer the right answer as JSON text; empty if Tencent's side has none
 * @property {string | undefined} date the value of the Date header; undefined for no header
 * @property {string} elsewhere a URL of another origin, for redirects
 */

/**
 * @param {Exchange} exchange
 * @param {object} [changes]
 * @param {number} [changes.status] Tencent's status is always 200, which only says that the request was processed
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
  // Node would add a Date by the clock of the machine. This Date is by the sandbox's clock, because clients correct
  // their own clocks with it.
  response.sendDate = false;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(date !== undefined && { Date: date }),
    ...headers,
  });
}
