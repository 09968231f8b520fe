/**
 * Servers that listen only on loopback, because the sandbox must not be reachable from the network.
 */
import { once } from 'node:events';
import { blockedPorts } from './blocked-ports.js';

/** The error for a port to which neither the connector nor a browser would connect. */
export class BlockedPortError extends Error {}

/**
 * @param {import('node:http').Server} server
 * @param {number} [port] 0 for any free port
 * @returns {Promise<{ port: number, url: string }>}
 */
export async function listen(server, port = 0) {
  if (blockedPorts.has(port)) {
    throw new BlockedPortError(`Port ${port}: the Fetch standard blocks it.`);
  }
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  if (blockedPorts.has(address.port)) {
    // The system chose a blocked port. Its range of free ports usually begins far above these.
    await close(server);
    return listen(server);
  }
  return { port: address.port, url: `http://127.0.0.1:${address.port}` };
}

/** @param {import('node:http').Server} server */
export async function close(server) {
  const closed = once(server, 'close');
  server.close();
  // Clients keep idle connections open, and `close` would wait for them.
  server.closeAllConnections();
  await closed;
}
