/** Networks and servers that misbehave: an error in time, of the host's own class, with no secret. */

import { strict as assert } from 'node:assert';
import net from 'node:net';
import { inspect } from 'node:util';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { beats } from './connectors.js';
import { captureConsole } from './console.js';

const number = '8613912345678';
const code = '907315';
const config = {
  accessKeyId: 'AKIDCANARYCANARYCANARYCANARYCANARY01',
  accessKeySecret: 'CanarySecretCanarySecretCanary02',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  region: 'ap-guangzhou',
  templates: ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    templateCode: '1100001',
  })),
  timeoutSeconds: 1,
};
const secrets = [number, code, config.accessKeyId, config.accessKeySecret, 'TC3-HMAC-SHA256'];

const answer = (/** @type {string} */ head, body = '') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
const json = (/** @type {unknown} */ value) =>
  answer('200 OK\r\nContent-Type: application/json', JSON.stringify(value));
const echo = { RequestId: number, Error: { Code: 'InternalError', Message: `${number} ${code}` } };

/**
 * What a server does once the request has arrived, or undefined where none listens; and the code
 * that Logto shall get.
 *
 * @type {Record<string, [((socket: net.Socket) => void) | undefined, ConnectorErrorCodes]>}
 */
const misbehaviours = {
  'a refused connection': [undefined, ConnectorErrorCodes.General],
  'a reset': [(socket) => socket.resetAndDestroy(), ConnectorErrorCodes.General],
  'a connection closed without an answer': [(socket) => socket.end(), ConnectorErrorCodes.General],
  'a reset in the middle of the answer': [
    (socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"Resp', () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      ),
    ConnectorErrorCodes.General,
  ],
  'a server that never answers': [() => {}, ConnectorErrorCodes.General],
  'an answer that never ends': [
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n');
      const trickle = setInterval(() => socket.write(' '), 100);
      socket.on('close', () => clearInterval(trickle));
    },
    ConnectorErrorCodes.General,
  ],
  'an answer that is no HTTP': [
    (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    ConnectorErrorCodes.General,
  ],
  'HTML with status 502': [
    (socket) => socket.end(answer('502 Bad Gateway', '<html>Bad Gateway</html>')),
    ConnectorErrorCodes.InvalidResponse,
  ],
  'HTML with status 200': [
    (socket) => socket.end(answer('200 OK\r\nContent-Type: text/html', '<html>Login</html>')),
    ConnectorErrorCodes.InvalidResponse,
  ],
  'an empty body': [(socket) => socket.end(answer('200 OK')), ConnectorErrorCodes.InvalidResponse],
  'JSON without Response': [(socket) => socket.end(json({})), ConnectorErrorCodes.InvalidResponse],
  'an empty SendStatusSet': [
    (socket) => socket.end(json({ Response: { SendStatusSet: [] } })),
    ConnectorErrorCodes.InvalidResponse,
  ],
  'a body of a megabyte': [
    (socket) => socket.end(answer('200 OK', ' '.repeat(1 << 20))),
    ConnectorErrorCodes.InvalidResponse,
  ],
  'a redirect to another host': [
    (socket) => socket.end(answer('307 Temporary Redirect\r\nLocation: http://127.0.0.1:9/')),
    ConnectorErrorCodes.InvalidResponse,
  ],
  'an error that quotes the request': [
    (socket) => socket.end(json({ Response: echo })),
    ConnectorErrorCodes.General,
  ],
};

for (const [name, [misbehave, expected]] of Object.entries(misbehaviours)) {
  beats(`${name} gives an error in time, without secrets`, async (sender) => {
    const server = await startServer(misbehave);
    const console = captureConsole();
    try {
      const { send } = await sender(server.url);
      const data = { to: number, type: 'SignIn', payload: { code, uiLocales: 'en' } };
      const error = await inTime(send(data, config));

      assert.ok(error instanceof ConnectorError, "not the host's ConnectorError");
      assert.equal(error.code, expected);
      const { data: shown } = error;
      assert.ok(shown && typeof shown === 'object' && 'errorDescription' in shown);
      assert.ok(server.connections <= 1, 'a message whose outcome is unknown was sent again');
      const seen = `${inspect(error, { depth: 9, showHidden: true })} ${error.stack} ${console.text()}`;
      for (const secret of secrets) {
        assert.ok(!seen.includes(secret), 'a secret is visible');
      }
      assert.equal(console.lines(), 1, 'the operator gets one line');
    } finally {
      console.restore();
      await server.close();
    }
  });
}

/**
 * The error that a send ends with, if it ends within its timeout and a little.
 *
 * @param {Promise<unknown>} sending
 */
async function inTime(sending) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, config.timeoutSeconds * 1000 + 500, 'late');
  });
  const ended = sending.then(
    () => assert.fail('the send succeeded'),
    (error) => error,
  );
  const error = await Promise.race([ended, late]).finally(() => clearTimeout(timer));
  assert.notEqual(error, 'late', 'no error within the timeout');
  if (error instanceof assert.AssertionError) {
    throw error;
  }
  return error;
}

/**
 * A server that reads a request to its end, and then misbehaves; without a misbehaviour, a port on
 * which nothing listens.
 *
 * @param {((socket: net.Socket) => void) | undefined} misbehave
 */
async function startServer(misbehave) {
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let request = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const wasComplete = isComplete(request);
      request += chunk.toString('latin1');
      if (!wasComplete && isComplete(request)) {
        misbehave?.(socket);
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      for (const socket of sockets) {
        socket.destroy();
      }
    });
  if (!misbehave) {
    await close();
  }
  return {
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    close,
  };
}

/** @param {string} request */
function isComplete(request) {
  const [head, body] = request.split('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1]);
  return body !== undefined && body.length >= length;
}
