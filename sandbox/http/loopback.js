/**
 * Servers on loopback, and there only: a sandbox has no business on the network.
 */
import { once } from 'node:events';

/**
 * @param {import('node:http').Server} server
 * @param {number} [port] 0 for any free one
 */
export async function listen(server, port = 0) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { port: address.port, url: `http://127.0.0.1:${address.port}` };
}

/** @param {import('node:http').Server} server */
export async function close(server) {
  const closed = once(server, 'close');
  server.close();
  // Clients keep idle connections open, which would hold `close` back.
  server.closeAllConnections();
  await closed;
}
