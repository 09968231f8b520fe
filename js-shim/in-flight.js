/**
 * The connector's requests as Node's HTTP clients show them on their diagnostics channels: undici, which
 * is behind `fetch`, and `node:http`, which is behind the npm packages that replace it.
 *
 * A message must not be sent twice, whatever the host has done to `fetch`. The channels serve that in
 * two ways. A request that a client begins a second time, because the server answered with status 421 or
 * because a wrapper retries, is stopped before it leaves. And a request that is known to have left is
 * never taken for one that was not sent. The reverse does not hold: clients publish different things, so
 * that silence proves nothing.
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
 * @property {ClientRequest[]} open the client's own objects for it, until it is over
 * @property {() => void} onLeaving
 * @property {() => void} stop
 */

/**
 * undici's object for a request. Its methods are not documented. `abort` is there once the request is
 * on its way; `onError` (undici 5 to 7) and `onResponseError` (undici 8) make it fail before.
 *
 * @typedef {{
 *   aborted?: boolean,
 *   completed?: boolean,
 *   abort?: ((error: Error) => void) | null,
 *   onError?: (error: Error) => void,
 *   onResponseError?: (error: Error) => void,
 * }} ClientRequest
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
  'undici:request:create': ({ request }) => begin(find(request.headers), request),
  'undici:client:sendHeaders': ({ headers, socket }) => write(find(headers), headers, socket),
  'undici:client:connected': ({ connectParams, socket }) =>
    connect(connectParams.hostname, socket.alpnProtocol),
  'http.client.request.created': ({ request }) =>
    begin(followed.get(request.getHeader('X-TC-TraceId')), undefined),
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
 * Follows a request.
 *
 * @param {string} traceId its `X-TC-TraceId`
 * @param {string} host the host name that it goes to
 * @param {() => void} onLeaving called when the request leaves
 * @param {() => void} stop called when a client begins the request again
 */
export function follow(traceId, host, onLeaving, stop) {
  if (followed.has(traceId)) {
    // Not told apart from another request, so perhaps not unsent.
    return { departures: () => 1, end: () => {} };
  }
  /** @type {Followed} */
  const request = { host, begun: 0, written: 0, open: [], onLeaving, stop };
  followed.set(traceId, request);
  const [oldest = ''] = followed.keys();
  if (followed.size > mostRemembered) {
    followed.delete(oldest);
  }
  return {
    /** Returns how often the request is known to have left, or begun to leave. */
    departures() {
      const { begun, written } = request;
      const mayBeWritten = begun > 0 && http2Hosts.has(host) ? 1 : 0;
      return Math.max(written, mayBeWritten, begun > 1 ? begun : 0);
    },
    /**
     * Ends what the client still does for the request, and keeps nothing but its trace id. An abort
     * signal does not always get that far: undici holds the signal of a `Request` that a wrapper made
     * by a weak reference.
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

/**
 * @param {Followed | undefined} request
 * @param {ClientRequest | undefined} ofClient
 */
function begin(request, ofClient) {
  if (!request) {
    return;
  }
  request.begun += 1;
  if (request.begun === 1) {
    if (ofClient) {
      request.open.push(ofClient);
    }
    return;
  }
  // Not at once: in the middle of undici's own call an abort fails an assertion of undici's, which ends
  // the process. By the time of the microtask the request has not been written. It fails by itself, and
  // not by its signal: a wrapper may have dropped that, and undici 6 loses count of its requests over
  // HTTP/2 where one is aborted as it is written.
  queueMicrotask(() => {
    if (ofClient) {
      fail(ofClient);
    }
    request.stop();
  });
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
    // For clients whose requests cannot be made to fail. Over HTTP/1 the connection carries this request
    // and no other; over HTTP/2 it may carry the host's own requests, so that one is left alone.
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

/** The code is one after which undici's own retry handlers give up. */
const given = () =>
  Object.assign(new Error('The connector ended this request.'), { code: 'UND_ERR_ABORTED' });

/**
 * Makes a request fail that has not been written.
 *
 * @param {ClientRequest} ofClient
 */
function fail(ofClient) {
  try {
    if (ofClient.onError) {
      ofClient.onError(given());
    } else {
      ofClient.onResponseError?.(given());
    }
  } catch {
    // Another version of the client has other methods; the signal is left.
  }
}

/**
 * Ends a request, wherever it is.
 *
 * @param {ClientRequest} ofClient
 */
function cancel(ofClient) {
  if (ofClient.aborted || ofClient.completed) {
    return;
  }
  try {
    if (ofClient.abort) {
      ofClient.abort(given());
    } else {
      fail(ofClient);
    }
  } catch {
    // Another version of the client has other methods; the signal is left.
  }
}
