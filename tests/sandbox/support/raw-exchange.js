/**
 * A client that sees the bytes on the wire, however broken they are.
 */
import { connect } from 'node:net';
import { present } from './present.js';
import { signedHeaders } from './sign-and-post.js';

/**
 * The part of an answer that arrived.
 * @typedef {object} RawAnswer
 * @property {string} end `complete`, `closed`, `open` (after `patience`) or an error's code
 * @property {number} milliseconds
 * @property {Buffer} bytes everything that arrived
 * @property {number[]} interim the statuses 1xx before the answer
 * @property {number} [status]
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 */

/**
 * Signs and posts `parameters`. Resolves when the answer is complete by its Content-Length, when the
 * connection ends, or after `patience` milliseconds.
 * @param {{ url: string, port: number }} sandbox
 * @param {object} parameters
 * @param {{ patience?: number, untilClosed?: boolean }} [options] `untilClosed`: read on after a
 *   complete answer
 * @returns {Promise<RawAnswer>}
 */
export function rawExchange(sandbox, parameters, { patience = 10_000, untilClosed = false } = {}) {
  const body = JSON.stringify(parameters);
  const headers = {
    Host: `127.0.0.1:${sandbox.port}`,
    'Content-Length': Buffer.byteLength(body),
    ...signedHeaders(sandbox.url, body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve) => {
    const socket = connect(sandbox.port, '127.0.0.1');
    /** @type {Buffer[]} */
    const chunks = [];
    const start = performance.now();
    const finish = (/** @type {string} */ end) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ end, milliseconds: performance.now() - start, ...parse(Buffer.concat(chunks)) });
    };
    const timer = setTimeout(finish, patience, 'open');
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (!untilClosed && parse(Buffer.concat(chunks)).complete) finish('complete');
    });
    socket.on('error', (/** @type {NodeJS.ErrnoException} */ { code, message }) =>
      finish(code ?? message),
    );
    socket.on('end', () => finish('closed'));
    socket.write(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  });
}

/**
 * Splits an answer into its parts.
 * @param {Buffer} bytes
 */
function parse(bytes) {
  /** @type {number[]} */
  const interim = [];
  let rest = bytes;
  for (;;) {
    const length = rest.indexOf('\r\n\r\n');
    const [statusLine, ...lines] = rest.subarray(0, Math.max(length, 0)).toString().split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    if (!status) return { bytes, interim, headers: {}, body: Buffer.alloc(0), complete: false };
    const body = rest.subarray(length + 4);
    if (status < 200) {
      interim.push(status);
      rest = body;
      continue;
    }
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [, name, value] = present(/^(.*?): (.*)$/.exec(line));
        return [name.toLowerCase(), value];
      }),
    );
    const complete = status === 204 || body.length === Number(headers['content-length']);
    return { bytes, interim, status, headers, body, complete };
  }
}
