/** A proxy on loopback that opens tunnels (CONNECT). */

import { createServer } from 'node:http';
import net from 'node:net';
import { portOf } from '../shared/port-of.js';

/** @param {(what: 'tunnel') => void} see */
export async function startProxy(see) {
  /** @type {Set<import('node:stream').Duplex>} */
  const sockets = new Set();
  const keep = (/** @type {import('node:stream').Duplex} */ socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer();
  server.on('connect', (request, client, head) => {
    see('tunnel');
    keep(client);
    const [host, port] = String(request.url).split(':');
    const target = net.connect(Number(port), host === 'localhost' ? '127.0.0.1' : host);
    keep(target);
    target.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    target.once('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
      // A reset passes through, as it would without the proxy.
      target.once('close', () => client.destroy());
      client.once('close', () => target.destroy());
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    closeConnections() {
      for (const socket of sockets) {
        socket.destroy();
      }
    },
    async stop() {
      this.closeConnections();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
