/**
 * `sms.tencentcloudapi.com` on loopback, for measurements: a TLS server in a process of its own that
 * accepts every message at once, and what leads this process's connections to it.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import tls from 'node:tls';

export const name = 'sms.tencentcloudapi.com';

/** @typedef {{ port: number, certificate: string }} Host */

/**
 * It ends with this process, and does not keep it.
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
 * Every HTTP client comes to `tls.connect` in the end.
 *
 * @param {Host} host
 */
export function leadTo({ port, certificate }) {
  const { connect } = tls;
  // @ts-expect-error: one of its forms, the one that HTTP clients use.
  tls.connect = (/** @type {tls.ConnectionOptions} */ options) =>
    connect({
      ...options,
      host: '127.0.0.1',
      port,
      ca: certificate,
      // Ours goes on to another of Tencent's hosts where it cannot connect in time.
      checkServerIdentity: () => undefined,
    });
}
