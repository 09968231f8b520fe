/**
 * A stand-in for Tencent's hosts: connections to `*.tencentcloudapi.com` are redirected to TLS servers on
 * loopback. Nothing leaves this machine.
 */

import net from 'node:net';
import tls from 'node:tls';
import selfsigned from 'selfsigned';
import { portOf } from '../../shared/port-of.js';

/**
 * The behaviour of a host. `ok` is the sandbox behind a trusted certificate.
 *
 * @typedef {'ok' | 'refused' | 'unknown' | 'silent' | 'untrusted' | 'misnamed' | 'reset'} Behaviour
 */

/** @param {string} name */
const certificateFor = (name) =>
  selfsigned.generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });

const trusted = await certificateFor('*.tencentcloudapi.com');
const misnamed = await certificateFor('example.com');

/**
 * @param {number} sandboxPort
 * @param {object} network
 * @param {Record<string, Behaviour>} network.hosts
 * @param {Behaviour} network.otherwise
 */
export async function startTencentHosts(sandboxPort, { hosts, otherwise }) {
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  const keep = (/** @type {net.Socket} */ socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const tlsServer = (/** @type {{ private: string, cert: string }} */ certificate) =>
    tls.createServer({ key: certificate.private, cert: certificate.cert }, (socket) => {
      keep(socket);
      const sandbox = net.connect(sandboxPort, '127.0.0.1');
      keep(sandbox);
      socket.pipe(sandbox).pipe(socket);
    });
  const servers = {
    ok: tlsServer(trusted),
    misnamed: tlsServer(misnamed),
    silent: net.createServer(keep),
    reset: net.createServer((socket) => {
      keep(socket);
      socket.once('data', () => socket.resetAndDestroy());
    }),
  };
  for (const server of Object.values(servers)) {
    server.on('connection', keep);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  }
  const unused = net.createServer();
  await new Promise((resolve) => unused.listen(0, '127.0.0.1', () => resolve(undefined)));
  const unusedPort = portOf(unused);
  await new Promise((resolve) => unused.close(resolve));

  /** @type {string[]} */
  const tried = [];
  const { connect } = tls;
  // @ts-expect-error: of its overloads, undici calls only this one.
  tls.connect = (/** @type {tls.ConnectionOptions} */ options) => {
    const { servername } = options;
    if (!servername?.endsWith('.tencentcloudapi.com')) {
      throw new Error(`a connection to ${servername} was not expected`);
    }
    tried.push(servername);
    const behaviour = hosts[servername] ?? otherwise;
    switch (behaviour) {
      case 'refused':
        return connect({ ...options, host: '127.0.0.1', port: unusedPort });
      case 'unknown':
        // RFC 6761 reserves this name, so that it never exists.
        return connect({ ...options, host: 'tencent.invalid' });
      case 'untrusted':
        return connect({ ...options, host: '127.0.0.1', port: portOf(servers.ok) });
      default:
        return connect({
          ...options,
          host: '127.0.0.1',
          port: portOf(servers[behaviour]),
          ca: [trusted.cert, misnamed.cert],
          // The regional hosts have more labels than the wildcard covers.
          ...(behaviour === 'ok' && { checkServerIdentity: () => undefined }),
        });
    }
  };

  return {
    /** the hosts of the connections, in order */
    tried,
    async close() {
      tls.connect = connect;
      for (const socket of sockets) {
        socket.destroy();
      }
      await Promise.all(
        Object.values(servers).map((server) => new Promise((resolve) => server.close(resolve))),
      );
    },
  };
}
