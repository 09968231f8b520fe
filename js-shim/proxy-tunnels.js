/**
 * Keeps the tunnels that `fetch` opens through the host's HTTP proxy from being opened forever.
 *
 * Behind a proxy, `fetch` (undici) asks the proxy for a tunnel to the endpoint, with CONNECT. If that
 * fails with one of the two codes below, undici assumes that the connection was merely interrupted: it
 * keeps the request and opens the next tunnel at once, thousands a second. The signal of the request does
 * not stop that, because undici only checks it when a connection is established. It happens
 *
 * - with a proxy that closes on CONNECT, before undici 8.6.0: in Node 22, 24, and 26.0 to 26.4
 *   (undici's issues 3897 and 5093);
 * - with a proxy that speaks HTTP/2, in undici 8: Node 26 (seen with 8.10.2 and 8.13.1).
 *
 * With any other code undici fails the request. So this module replaces the code with that of undici
 * 8.6.0 when `undici:request:error` publishes the error, which is right before undici checks the code.
 */

import diagnosticsChannel from 'node:diagnostics_channel';

/** The codes after which undici connects again (`onError` in its client.js). */
const retriedForever = ['UND_ERR_SOCKET', 'UND_ERR_INFO'];

/**
 * The endpoints of all sends so far, in the form that CONNECT uses. They stay listed, because a proxy may
 * close after the send has ended. Tunnels to other hosts are left alone.
 *
 * @type {Set<string>}
 */
const endpoints = new Set();

diagnosticsChannel.subscribe?.('undici:request:error', (message) => {
  try {
    const { request, error } = /** @type {any} */ (message);
    if (
      request.method === 'CONNECT' &&
      endpoints.has(request.path) &&
      retriedForever.includes(error.code)
    ) {
      error.code = 'UND_ERR_PRX_CONN';
    }
  } catch {
    // Other versions of undici publish other values, and an error here would end the process.
  }
});

/**
 * Watches the tunnels to an endpoint from now on.
 *
 * @param {URL} url the endpoint's URL
 */
export function watchTunnels({ protocol, hostname, port }) {
  endpoints.add(`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`);
}
