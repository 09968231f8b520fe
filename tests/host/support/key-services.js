/**
 * Stand-ins for the services that give temporary keys: connections to the metadata service and to STS are redirected to
 * a server on loopback. Nothing leaves this machine.
 */

import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { portOf } from '../../shared/port-of.js';

/**
 * A request as the service gets it.
 *
 * @typedef {{
 *   host: string,
 *   method: string,
 *   path: string,
 *   headers: import('node:http').IncomingHttpHeaders,
 *   body: string,
 * }} Asked
 */

const hosts = ['metadata.tencentyun.com', 'sts.tencentcloudapi.com'];

/**
 * @param {(asked: Asked, response: import('node:http').ServerResponse) => void} answer
 */
export async function startKeyServices(answer) {
  /** @type {Asked[]} */
  const asked = [];
  const server = http.createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const one = { host: headers.host ?? '', method, path, headers, body: await text(request) };
    asked.push(one);
    answer(one, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const port = portOf(server);
  const plain = () => connectNet({ port, host: '127.0.0.1' });

  const connectNet = net.connect;
  const connectTls = tls.connect;
  /** The hosts of all connections, to see that there are no others. @type {string[]} */
  const connected = [];
  // @ts-expect-error: of its overloads, undici calls only this one.
  net.connect = (/** @type {net.TcpNetConnectOpts} */ options) => {
    connected.push(String(options.host));
    return hosts.includes(String(options.host)) ? plain() : connectNet(options);
  };
  // @ts-expect-error: of its overloads, undici calls only this one.
  tls.connect = (/** @type {tls.ConnectionOptions} */ { servername }) => {
    connected.push(String(servername));
    if (servername !== 'sts.tencentcloudapi.com') {
      throw new Error(`a connection to ${servername} was not expected`);
    }
    const socket = plain();
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket;
  };
  // Tencent's SDK uses these agents.
  const agents = [http.globalAgent, https.globalAgent];
  const created = agents.map((agent) => agent.createConnection);
  for (const agent of agents) {
    agent.createConnection = plain;
  }

  return {
    asked,
    connected,
    async close() {
      net.connect = connectNet;
      tls.connect = connectTls;
      agents.forEach((agent, index) => {
        agent.createConnection = /** @type {typeof plain} */ (created[index]);
      });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
