/**
 * The connector's requests as Node's HTTP clients show them on their diagnostics channels: undici, which
 * is behind `fetch`, and `node:http`, which is behind the npm packages that replace it.
 *
 * A message must not be sent twice, whatever the host has done to `fetch`. What is seen here serves that
 * in two ways. A request that a client begins a second time, because the server answered with status 421
 * or because a wrapper retries, is stopped where that is safe. And a request that is known to have left
 * is never taken for one that was not sent. The reverse does not hold: clients publish different things,
 * so that silence proves nothing.
 *
 * Nothing here may throw: an error in a subscriber ends the process.
 */

import diagnosticsChannel from 'node:diagnostics_channel';

/**
 * A request of the connector's.
 *
 * @typedef {object} Followed
 * @property {string} host
 * @property {number} begun how often a client took it on
 * @property {number} written how often its headers were written
 * @property {() => void} onLeaving
 * @property {() => void} stop
 */

/** By trace id, oldest first. @type {Map<string, Followed>} */
const followed = new Map();

/** Trace ids that are remembered: a wrapper may repeat a request after its send has ended. */
const mostRemembered = 4096;

/** Hosts that speak HTTP/2: some versions of undici do not publish what leaves for them. */
/** @type {Set<string>} */
const http2Hosts = new Set();

/** @type {Record<string, (message: any) => void>} */
const subscribers = {
  'undici:request:create': ({ request }) => begin(find(request.headers)),
  'undici:client:sendHeaders': ({ headers, socket }) => write(find(headers), headers, socket),
  'undici:client:connected': ({ connectParams, socket }) =>
    connect(connectParams.hostname, socket.alpnProtocol),
  'http.client.request.created': ({ request }) =>
    begin(followed.get(request.getHeader('X-TC-TraceId'))),
};

for (const [channel, subscriber] of Object.entries(subscribers)) {
  diagnosticsChannel.subscribe(channel, (message) => {
    try {
      subscriber(message);
    } catch {
      // Another version of the client publishes something else.
    }
  });
}

/**
 * Follows a request until it is forgotten, or for longer.
 *
 * @param {string} traceId its `X-TC-TraceId`
 * @param {string} host the host name that it goes to
 * @param {() => void} onLeaving called when the request leaves
 * @param {() => void} stop called when a client begins the request again
 * @returns {() => number} how often the request is known to have left, or begun to leave
 */
export function follow(traceId, host, onLeaving, stop) {
  if (followed.has(traceId)) {
    // Not told apart from another request, so perhaps not unsent.
    return () => 1;
  }
  const request = { host, begun: 0, written: 0, onLeaving, stop };
  followed.set(traceId, request);
  const [oldest = ''] = followed.keys();
  if (followed.size > mostRemembered) {
    followed.delete(oldest);
  }
  return () => {
    const { begun, written } = request;
    const mayBeWritten = begun > 0 && http2Hosts.has(host) ? 1 : 0;
    return Math.max(written, mayBeWritten, begun > 1 ? begun : 0);
  };
}

/**
 * Finds the request that headers belong to, if it is one of the connector's.
 *
 * @param {unknown} headers a text, or names and values in turn
 */
function find(headers) {
  if (followed.size === 0) {
    return undefined;
  }
  const [, traceId = ''] = /x-tc-traceid(?:: ?|,)([0-9a-f-]{36})/i.exec(String(headers)) ?? [];
  return followed.get(traceId);
}

/** @param {Followed | undefined} request */
function begin(request) {
  if (!request) {
    return;
  }
  request.begun += 1;
  if (request.begun > 1) {
    // Not at once: an abort in the middle of undici's own call fails an assertion of undici's, which
    // ends the process. The request has not left by the time of the microtask.
    queueMicrotask(request.stop);
  }
}

/**
 * @param {Followed | undefined} request
 * @param {unknown} headers
 * @param {import('node:net').Socket} socket
 */
function write(request, headers, socket) {
  if (!request) {
    return;
  }
  request.written += 1;
  if (request.written === 1) {
    request.onLeaving();
  } else if (/^POST \S+ HTTP\/1\.1\r\n/.test(String(headers))) {
    // For wrappers that do not hand the signal on. Over HTTP/1 the connection carries this request and
    // no other; over HTTP/2 it may carry the host's own requests, so that one is left alone.
    socket.destroy();
  }
}

/**
 * @param {string} host
 * @param {unknown} protocol as ALPN negotiated it
 */
function connect(host, protocol) {
  if (protocol !== 'h2') {
    return;
  }
  for (const request of followed.values()) {
    if (request.host === host) {
      http2Hosts.add(host);
      return;
    }
  }
}
