/**
 * Follows the connector's requests on the diagnostics channels of Node's HTTP clients: undici, which
 * implements `fetch`, and `node:http`, which the npm packages that replace `fetch` use.
 *
 * A message must not be sent twice, even if the host has replaced `fetch`. The channels help in two ways.
 * First, if a client begins to send a request a second time, because the server answered with status 421
 * or because a wrapper retries, this module stops the request if that is safe. Second, a request that is
 * known to have been sent never counts as unsent. The reverse is not true: clients publish different
 * events, so a missing event proves nothing.
 *
 * Subscribers must not throw, because an error in a subscriber ends the process.
 */

import diagnosticsChannel from 'node:diagnostics_channel';

/**
 * A request of the connector.
 *
 * @typedef {object} FollowedRequest
 * @property {string} host
 * @property {number} begun the number of times that a client accepted the request
 * @property {number} written the number of times that a client wrote the request's headers
 * @property {() => void} onLeaving
 * @property {() => void} stop
 */

/** The followed requests by trace id, oldest first. @type {Map<string, FollowedRequest>} */
const followed = new Map();

/**
 * The most requests that are followed. They are followed beyond the end of their sends, because a wrapper
 * may repeat a request later.
 */
const maxFollowed = 4096;

/** The hosts that use HTTP/2. Some versions of undici do not publish the requests that they send there. */
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
      // Other versions of the client publish other values.
    }
  });
}

/**
 * Follows a request, beyond its end.
 *
 * @param {string} traceId the request's `X-TC-TraceId`
 * @param {string} host the host name in the request's URL
 * @param {() => void} onLeaving called when a client writes the request's headers for the first time
 * @param {() => void} stop called when a client begins to send the request again
 * @returns {() => number} the number of times that a client is known to have begun to send the request
 */
export function follow(traceId, host, onLeaving, stop) {
  if (followed.has(traceId)) {
    // The channels cannot distinguish this request from another one, so it may have been sent.
    return () => 1;
  }
  const request = { host, begun: 0, written: 0, onLeaving, stop };
  followed.set(traceId, request);
  const [oldest = ''] = followed.keys();
  if (followed.size > maxFollowed) {
    followed.delete(oldest);
  }
  return () => {
    const { begun, written } = request;
    const mayBeWritten = begun > 0 && http2Hosts.has(host) ? 1 : 0;
    return Math.max(written, mayBeWritten, begun > 1 ? begun : 0);
  };
}

/**
 * Finds the request of the connector that has these headers, if there is one.
 *
 * @param {unknown} headers a text, or a list of alternating names and values
 */
function find(headers) {
  if (followed.size === 0) {
    return undefined;
  }
  const [, traceId = ''] = /x-tc-traceid(?:: ?|,)([0-9a-f-]{36})/i.exec(String(headers)) ?? [];
  return followed.get(traceId);
}

/** @param {FollowedRequest | undefined} request */
function begin(request) {
  if (!request) {
    return;
  }
  request.begun += 1;
  if (request.begun > 1) {
    // The request is stopped in a microtask, because an abort during undici's own call fails an
    // assertion in undici, which ends the process. Undici has not sent the request by then.
    queueMicrotask(request.stop);
  }
}

/**
 * @param {FollowedRequest | undefined} request
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
    // Wrappers may not pass on the signal, so the connection is closed. Over HTTP/1 the connection
    // carries only this request. An HTTP/2 connection is left open, because it may carry the host's own
    // requests.
    socket.destroy();
  }
}

/**
 * @param {string} host
 * @param {unknown} protocol the protocol that ALPN negotiated
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
