/**
 * Servers that listen on loopback, because the network must not reach the sandbox unless its user wants that.
 */
import { once } from 'node:events';
import { blockedPorts } from './blocked-ports.js';

const LOOPBACK = '127.0.0.1';

/** The error for a port to which neither the connector nor a browser would connect. */
export class BlockedPortError extends Error {}

/**
 * @param {import('node:http').Server} server
 * @param {number} [port] 0 for any free port
 * @param {string} [host] an address of this machine; `0.0.0.0` or `::` for all of them
 * @returns {Promise<{ port: number, url: string, isLoopback: boolean }>} `url` is for programs on this machine
 */
export async function listen(server, port = 0, host = LOOPBACK) {
  if (blockedPorts.has(port)) {
    throw new BlockedPortError(`Port ${port}: the Fetch standard blocks it.`);
  }
  server.listen(port, host);
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  if (blockedPorts.has(address.port)) {
    // The system chose a blocked port. Its range of free ports usually begins far above these.
    await close(server);
    return listen(server, port, host);
  }
  const isWildcard = address.address === '0.0.0.0' || address.address === '::';
  const own = isWildcard ? LOOPBACK : address.address;
  return {
    port: address.port,
    url: `http://${own.includes(':') ? `[${own}]` : own}:${address.port}`,
    isLoopback: !isWildcard && (own.startsWith('127.') || own === '::1'),
  };
}

/** @param {import('node:http').Server} server */
export async function close(server) {
  const closed = once(server, 'close');
  server.close();
  // Clients keep idle connections open, and `close` would wait for them.
  server.closeAllConnections();
  await closed;
}
