/**
 * A stand-in for `sms.tencentcloudapi.com` on loopback: a TLS server in a separate process, which accepts every
 * message at once, and a function that redirects this process's connections to it.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import tls from 'node:tls';

export const name = 'sms.tencentcloudapi.com';

/** @typedef {{ port: number, certificate: string }} Host */

/**
 * Starts the server. It ends with this process, and does not keep this process alive.
 *
 * @returns {Promise<Host>}
 */
export async function startTencentHost() {
  const server = fork(new URL('tencent-host-process.js', import.meta.url));
  const [host] = await once(server, 'message');
  server.unref();
  server.channel?.unref();
  return host;
}

/**
 * Redirects all connections to the server, at `tls.connect`, which every HTTP client calls in the end.
 *
 * @param {Host} host
 */
export function leadTo({ port, certificate }) {
  const { connect } = tls;
  // @ts-expect-error: the replacement has only the signature that HTTP clients use.
  tls.connect = (/** @type {tls.ConnectionOptions} */ options) =>
    connect({
      ...options,
      host: '127.0.0.1',
      port,
      ca: certificate,
      // Our connector tries another of Tencent's hosts if it cannot connect, and the certificate names only one.
      checkServerIdentity: () => undefined,
    });
}
