/**
 * Follows the connector's requests on the diagnostics channels of Node's HTTP clients: undici, which
 * implements `fetch`, and `node:http`, which the npm packages that replace `fetch` use.
 *
 * A message must not be sent twice, even if the host has replaced `fetch`. The channels help in two ways.
 * First, if a client begins to send a request a second time, because the server answered with status 421
 * or because a wrapper retries, this module stops the request before it is sent. Second, a request that
 * is known to have been sent never counts as unsent. The reverse is not true: clients publish different
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
 * @property {ClientRequest[]} open undici's objects for the request, until it ends
 * @property {() => void} onLeaving
 * @property {() => void} stop
 */

/**
 * Undici's object for a request. Its methods are not documented. `abort` exists once undici has begun to
 * send the request. Before that, `onError` (undici 5 to 7) or `onResponseError` (undici 8) makes the
 * request fail.
 *
 * @typedef {{
 *   aborted?: boolean,
 *   completed?: boolean,
 *   abort?: ((error: Error) => void) | null,
 *   onError?: (error: Error) => void,
 *   onResponseError?: (error: Error) => void,
 * }} ClientRequest
 */

/** The followed requests by trace id, oldest first. @type {Map<string, FollowedRequest>} */
const followed = new Map();

/**
 * The most requests that are followed. A request is followed beyond the end of its send, because a
 * wrapper may repeat the request later.
 */
const maxFollowed = 4096;

/** The hosts that use HTTP/2. Some versions of undici do not publish the requests that they send there. */
/** @type {Set<string>} */
const http2Hosts = new Set();

/** @type {Record<string, (message: any) => void>} */
const subscribers = {
  'undici:request:create': ({ request }) => begin(find(request.headers), request),
  'undici:client:sendHeaders': ({ headers, socket }) => write(find(headers), headers, socket),
  'undici:client:connected': ({ connectParams, socket }) =>
    connect(connectParams.hostname, socket.alpnProtocol),
  'http.client.request.created': ({ request }) =>
    begin(followed.get(request.getHeader('X-TC-TraceId')), undefined),
};

for (const [channel, subscriber] of Object.entries(subscribers)) {
  diagnosticsChannel.subscribe?.(channel, (message) => {
    try {
      subscriber(message);
    } catch {
      // Other versions of the client publish other values.
    }
  });
}

/**
 * Follows a request.
 *
 * @param {string} traceId the request's `X-TC-TraceId`
 * @param {string} host the host name in the request's URL
 * @param {() => void} onLeaving called when a client writes the request's headers for the first time
 * @param {() => void} stop called when a client begins to send the request again
 */
export function follow(traceId, host, onLeaving, stop) {
  if (followed.has(traceId)) {
    // The channels cannot distinguish this request from another one, so it may have been sent.
    return { departures: () => 1, end: () => {} };
  }
  /** @type {FollowedRequest} */
  const request = { host, begun: 0, written: 0, open: [], onLeaving, stop };
  followed.set(traceId, request);
  const [oldest = ''] = followed.keys();
  if (followed.size > maxFollowed) {
    followed.delete(oldest);
  }
  return {
    /** Returns the number of times that a client is known to have begun to send the request. */
    departures() {
      const { begun, written } = request;
      const mayBeWritten = begun > 0 && http2Hosts.has(host) ? 1 : 0;
      return Math.max(written, mayBeWritten, begun > 1 ? begun : 0);
    },
    /**
     * Cancels the client's remaining work for the request, and keeps only the trace id. An abort signal
     * does not always reach the client, because undici holds the signal of a `Request` that a wrapper
     * made by a weak reference.
     */
    end() {
      request.open.forEach(cancel);
      request.open = [];
      request.onLeaving = () => {};
      request.stop = () => {};
    },
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

/**
 * @param {FollowedRequest | undefined} request
 * @param {ClientRequest | undefined} clientRequest
 */
function begin(request, clientRequest) {
  if (!request) {
    return;
  }
  request.begun += 1;
  if (request.begun === 1) {
    if (clientRequest) {
      request.open.push(clientRequest);
    }
    return;
  }
  // The request is stopped in a microtask, because an abort during undici's own call fails an assertion
  // in undici, which ends the process. Undici has not written the request by then. The request fails
  // through undici's object and not through its signal, because a wrapper may have dropped the signal,
  // and because undici 6 miscounts its HTTP/2 requests if one is aborted while it is written.
  queueMicrotask(() => {
    if (clientRequest) {
      fail(clientRequest);
    }
    request.stop();
  });
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
    // Some clients have no method that makes a request fail, so the connection is closed. Over HTTP/1
    // the connection carries only this request. An HTTP/2 connection is left open, because it may carry
    // the host's own requests.
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

/** Creates the error of a stopped request. Undici's own retry handlers do not retry after its code. */
const stopError = () =>
  Object.assign(new Error('The connector ended this request.'), { code: 'UND_ERR_ABORTED' });

/**
 * Makes a request fail that undici has not written yet.
 *
 * @param {ClientRequest} clientRequest
 */
function fail(clientRequest) {
  try {
    if (clientRequest.onError) {
      clientRequest.onError(stopError());
    } else {
      clientRequest.onResponseError?.(stopError());
    }
  } catch {
    // Other versions of undici have other methods. The signal remains.
  }
}

/**
 * Cancels a request, before or after undici has begun to send it.
 *
 * @param {ClientRequest} clientRequest
 */
function cancel(clientRequest) {
  if (clientRequest.aborted || clientRequest.completed) {
    return;
  }
  try {
    if (clientRequest.abort) {
      clientRequest.abort(stopError());
    } else {
      fail(clientRequest);
    }
  } catch {
    // Other versions of undici have other methods. The signal remains.
  }
}
