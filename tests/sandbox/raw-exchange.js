/**
 * A client that sees what is really on the wire, however broken.
 */
import { connect } from 'node:net';
import { signedHeaders } from './sign-and-post.js';

/**
 * Signs and posts `parameters`. Resolves when the answer is complete by its Content-Length, when the
 * connection ends, or when `patience` is over.
 *
 * `end` is `complete`, `closed`, `open` (patience is over) or an error's code.
 */
export function rawExchange(
  sandbox,
  parameters,
  { patience = 10_000, untilClosed = false, ...options } = {},
) {
  const body = JSON.stringify(parameters);
  const headers = {
    Host: `127.0.0.1:${sandbox.port}`,
    'Content-Length': Buffer.byteLength(body),
    ...signedHeaders(sandbox.url, body, options),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve) => {
    const socket = connect(sandbox.port, '127.0.0.1');
    const chunks = [];
    const start = performance.now();
    const finish = (end) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ end, milliseconds: performance.now() - start, ...parse(Buffer.concat(chunks)) });
    };
    const timer = setTimeout(finish, patience, 'open');
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (!untilClosed && parse(Buffer.concat(chunks)).complete) finish('complete');
    });
    socket.on('error', ({ code }) => finish(code));
    socket.on('end', () => finish('closed'));
    socket.write(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  });
}

/** The parts of an answer as far as it came; `interim` are the statuses 1xx before it. */
function parse(bytes) {
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
      lines
        .map((line) => /^(.*?): (.*)$/.exec(line).slice(1))
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
    const complete = status === 204 || body.length === Number(headers['content-length']);
    return { bytes, interim, status, headers, body, complete };
  }
}
