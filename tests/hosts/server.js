/**
 * A server on loopback that takes messages as Tencent does, over TLS, in HTTP/1 and HTTP/2. It behaves
 * in one of the ways of the matrix, and records everything that arrives.
 */

import http2 from 'node:http2';
import net from 'node:net';
import { acceptedAnswer } from '../host/support/accepted-answer.js';
import { portOf } from '../shared/port-of.js';

/** @typedef {http2.Http2ServerRequest} Request */
/** @typedef {http2.Http2ServerResponse} Response */

/** A late answer comes after this time. */
const lateMs = 3000;

/** A reset overtakes what was sent before it: this time lets the client read that first. */
const beforeResetMs = 50;

/** The path of the request that opens a connection before the message is sent. */
export const warmUpPath = '/warm-up';

/**
 * One thing that was seen: a TCP connection, a tunnel of the proxy's, the headers of a request for a
 * message, a request for a message with its whole body, or a message that was answered with `Ok`.
 *
 * @typedef {object} Sight
 * @property {'connection' | 'tunnel' | 'request' | 'message' | 'accepted'} what
 * @property {number} at as `performance.now()` has it
 * @property {{ version: string, isTraced: boolean }} [request]
 */

/**
 * @param {import('./dimensions.js').Cell['server']} behaviour
 * @param {{ key: string, cert: string }} certificate
 * @param {(what: Sight['what'], request?: Sight['request']) => void} see
 */
export async function startServer(behaviour, certificate, see) {
  let requests = 0;
  /** The raw sockets by the client's port, because only they can be reset. */
  /** @type {Map<number, net.Socket>} */
  const sockets = new Map();
  /** The requests for a message that are neither answered nor given up. */
  const open = new Set();
  const server = http2.createSecureServer({ ...certificate, allowHTTP1: true });
  server.on('connection', (/** @type {net.Socket} */ socket) => {
    const { remotePort } = socket;
    see('connection');
    sockets.set(Number(remotePort), socket);
    socket.once('close', () => sockets.delete(Number(remotePort)));
  });
  for (const event of ['sessionError', 'tlsClientError', 'clientError']) {
    server.on(event, () => {});
  }
  server.on('request', async (request, response) => {
    for (const stream of [request, response]) {
      stream.on('error', () => {});
    }
    if (request.url === warmUpPath) {
      response.end('warm');
      return;
    }
    const { remotePort } = request.stream?.session?.socket ?? request.socket;
    const socket = sockets.get(Number(remotePort));
    requests += 1;
    const number = requests;
    see('request', {
      version: request.httpVersion,
      isTraced: request.headers.traceparent !== undefined,
    });
    open.add(request);
    response.once('close', () => open.delete(request));
    const body = readBody(request);
    if (behaviour === 'closed as the request arrives') {
      // A turn later, so that a body that came together with the headers counts as arrived.
      setImmediate(() => socket?.destroy());
    } else if (behaviour === '100 Continue') {
      response.writeContinue();
    }
    if (!isMessage(await body)) {
      return;
    }
    see('message');
    acts[behaviour]?.({
      request,
      response,
      number,
      reset: () => socket?.resetAndDestroy(),
      accept(afterwards) {
        response.once('finish', () => {
          see('accepted');
          afterwards?.();
        });
        writeHead(response);
        response.end(acceptedAnswer);
      },
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const port = portOf(server);
  const close = () => {
    for (const socket of sockets.values()) {
      socket.destroy();
    }
  };
  if (behaviour === 'refuses connections') {
    await new Promise((resolve) => server.close(resolve));
  }
  return {
    port,
    openRequests: () => open.size,
    /** Closes the connections and lets new ones come, so that they are seen. */
    closeConnections: close,
    async stop() {
      close();
      if (server.listening) {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/**
 * @typedef {object} Exchange
 * @property {Request} request
 * @property {Response} response
 * @property {number} number 1 for the first request that came
 * @property {() => void} reset resets the TCP connection
 * @property {(afterwards?: () => void) => void} accept answers that the message was accepted
 */

/** The actions of the server once the whole message is there, by its behaviour. */
/** @type {Partial<{ [behaviour in import('./dimensions.js').Cell['server']]: (exchange: Exchange) => void }>} */
const acts = {
  'right answer': ({ accept }) => accept(),
  'late answer': ({ accept }) => setTimeout(accept, lateMs).unref(),
  'no answer': () => {},
  421: ({ response }) => response.writeHead(421).end(),
  '503 once'({ number, response, accept }) {
    if (number === 1) {
      response.writeHead(503, { 'Content-Type': 'text/html' }).end('<h1>Service Unavailable</h1>');
    } else {
      accept();
    }
  },
  'reset before the answer': ({ reset }) => reset(),
  'reset within the answer'({ response, reset }) {
    writeHead(response);
    response.write(acceptedAnswer.slice(0, 100));
    setTimeout(reset, beforeResetMs);
  },
  'reset after the answer': ({ accept, reset }) => accept(() => setTimeout(reset, beforeResetMs)),
  '100 Continue': ({ accept }) => accept(),
  '103 Early Hints'({ response, accept }) {
    response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
    accept();
  },
  'GOAWAY, not processed': ({ request }) => goAway(request, 0),
  'GOAWAY, processed': ({ request }) => goAway(request, request.stream?.id ?? 0),
  'stream refused': ({ request }) => request.stream?.close(http2.constants.NGHTTP2_REFUSED_STREAM),
  'stream reset': ({ request }) => request.stream?.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
};

/**
 * Says good-bye to a connection, and closes it without an answer.
 *
 * @param {Request} request
 * @param {number} lastProcessed the stream that the server says it looked at last
 */
function goAway({ stream }, lastProcessed) {
  const session = stream?.session;
  session?.goaway(http2.constants.NGHTTP2_NO_ERROR, lastProcessed);
  setTimeout(() => session?.destroy(), beforeResetMs);
}

/** @param {Response} response */
function writeHead(response) {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(acceptedAnswer),
  });
}

/**
 * @param {Request} request
 * @returns {Promise<string | undefined>} undefined where the request breaks off
 */
async function readBody(request) {
  let body = '';
  try {
    for await (const chunk of request) {
      body += chunk;
    }
    return body;
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} body */
function isMessage(body) {
  try {
    const { PhoneNumberSet, TemplateId } = JSON.parse(body ?? '');
    return PhoneNumberSet.length === 1 && TemplateId !== undefined;
  } catch {
    return false;
  }
}
