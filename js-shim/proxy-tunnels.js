/**
 * Keeps the tunnels that `fetch` opens through the host's HTTP proxy from outliving a send.
 *
 * Behind a proxy, `fetch` (undici) asks the proxy for a tunnel to the endpoint, with CONNECT. If that
 * fails with one of the two codes below, undici takes it for a connection that was merely interrupted: it
 * keeps the request and opens the next tunnel at once, thousands a second, forever. The signal of the
 * request does not stop that, because undici only looks at it when a connection stands. It happens
 *
 * - with a proxy that closes on CONNECT, before undici 8.6.0: in Node 22, 24, and 26.0 to 26.4
 *   (undici's issues 3897 and 5093);
 * - with a proxy that speaks HTTP/2, in undici 8: Node 26 (seen with 8.10.2 and 8.13.1).
 *
 * With any other code undici fails the request. So this module replaces the code by that of undici 8.6.0,
 * when `undici:request:error` publishes the error: that is right before undici looks at the code.
 *
 * An endpoint stays listed after its last send, because a proxy may close later than that. Nothing but the
 * connector's own endpoints is listed, so other requests of the host are left alone.
 *
 * No subscriber here may throw, because Node would end the process.
 */

import { subscribe } from 'node:diagnostics_channel';

/** The codes after which undici connects again (`onError` in its client.js). */
const retriedForever = new Set(['UND_ERR_SOCKET', 'UND_ERR_INFO']);

/**
 * The endpoints of all sends so far, by host and port as CONNECT names them.
 *
 * @type {Map<string, { sends: number, timeoutMs: number }>}
 */
const endpoints = new Map();

/**
 * The errors of tunnels that were never opened.
 *
 * @type {WeakSet<Error>}
 */
const failures = new WeakSet();

subscribe('undici:request:error', (message) => {
  const { request, error } = /** @type {{ request: Request, error: unknown }} */ (message);
  if (endpointOf(request) && error instanceof Error) {
    failures.add(error);
    if ('code' in error && retriedForever.has(String(error.code))) {
      // An assignment would throw where the property is read-only.
      Reflect.set(error, 'code', 'UND_ERR_PRX_CONN');
    }
  }
});

subscribe('undici:client:sendHeaders', (message) => {
  const { request, socket } =
    /** @type {{ request: Request, socket?: import('node:tls').TLSSocket }} */ (message);
  const endpoint = endpointOf(request);
  // A connection of HTTP/2 carries other requests too, and must not be closed.
  if (endpoint && endpoint.sends > 0 && socket && socket.alpnProtocol !== 'h2') {
    const { bytesRead } = socket;
    const giveUp = () => {
      if (socket.bytesRead === bytesRead) {
        const error = new Error('The proxy did not answer CONNECT in time');
        socket.destroy(Object.assign(error, { code: 'UND_ERR_CONNECT_TIMEOUT' }));
      }
    };
    setTimeout(giveUp, endpoint.timeoutMs).unref();
  }
});

/** @typedef {{ method?: string, path?: string } | undefined} Request a request of undici */

/**
 * The endpoint that a request opens a tunnel to, if it is one of ours: the host has tunnels of its own.
 *
 * @param {Request} request
 */
function endpointOf(request) {
  return request?.method === 'CONNECT' ? endpoints.get(String(request.path)) : undefined;
}

/**
 * Watches the tunnels to an endpoint, from before a send until the returned function is called.
 *
 * @param {string} url the endpoint's
 * @param {number} timeoutMs the time that a proxy has to answer CONNECT. Without it, the connection
 *   stays open for five minutes, with the request that waits for it.
 * @returns {() => void}
 */
export function watchTunnels(url, timeoutMs) {
  const { protocol, host, port } = new URL(url);
  const authority = port ? host : `${host}:${protocol === 'https:' ? 443 : 80}`;
  const endpoint = endpoints.get(authority) ?? { sends: 0, timeoutMs };
  endpoints.set(authority, endpoint);
  endpoint.timeoutMs = timeoutMs;
  endpoint.sends += 1;
  return () => {
    endpoint.sends -= 1;
  };
}

/**
 * Returns whether an error, or a cause of an error of `fetch`, is that of a tunnel that was never opened.
 * It proves that nothing was sent, because a request is written into the open tunnel. A proxy's refusal
 * with a status is no such error: undici takes it for an answer.
 *
 * @param {unknown} error
 */
export const isTunnelFailure = (error) => error instanceof Error && failures.has(error);
