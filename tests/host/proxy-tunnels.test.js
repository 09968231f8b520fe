/**
 * Sends through proxies that open no tunnel, or open it late. Each case runs in its own process, on this
 * Node and on the installed ones of `make compat` that support proxies (Node 20 does not). The host names
 * do not exist, so nothing can leave this machine.
 */

import { strict as assert } from 'node:assert';
import { execFile, spawn } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodes } from '../compat/matrix.js';
import { nodeBinary } from '../compat/places.js';
import { ourFactory } from './support/connectors.js';

const module = join(ourFactory.path, 'lib/proxy-tunnels.js');
const { watchTunnels } = await import(module);
const sender = fileURLToPath(new URL('support/send-through-proxy.js', import.meta.url));

/**
 * @typedef {object} Case
 * @property {(socket: net.Socket, text: string) => void} [act] the proxy's reaction to what arrives;
 *   without it, there is no proxy
 * @property {object} expected the outcome that the sender prints
 * @property {string} [url]
 * @property {number} [deadlineMs]
 */

/** @param {string} answer @returns {Case['act']} */
const answers = (answer) => (socket) => void socket.end(answer);

const proxyFailed = { code: 'UND_ERR_PRX_CONN' };

/** The text of this error contains the proxy's status. */
const proxyRefused = { code: 'UND_ERR_ABORTED' };

/** @type {Record<string, Case>} */
const cases = {
  'closes on CONNECT': { act: (socket) => void socket.end(), expected: proxyFailed },
  'closes in the middle of its answer': { act: answers('HTTP/1.1 20'), expected: proxyFailed },
  'answers CONNECT with 100': {
    act: answers('HTTP/1.1 100 Continue\r\n\r\n'),
    expected: proxyFailed,
  },
  'closes after the end of the send': {
    act: (socket) => void setTimeout(() => socket.end(), 700),
    deadlineMs: 300,
    expected: { aborted: true },
  },
  'is not there': { expected: { code: 'ECONNREFUSED' } },
  'resets the connection': {
    act: (socket) => void socket.resetAndDestroy(),
    expected: { code: 'ECONNRESET' },
  },
  'asks for a password': {
    act: answers('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'),
    expected: proxyRefused,
  },
  'does not reach the endpoint': {
    act: answers('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno.'),
    expected: proxyRefused,
  },
  'opens the tunnel to a server that does not answer in TLS': {
    act: (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\nhello'),
    expected: { code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
  },
};

/** Returns the Nodes that support proxies. */
async function nodesWithProxies() {
  const found = new Map();
  for (const node of [process.execPath, ...nodes.map(nodeBinary).filter(existsSync)]) {
    const question = `[process.version, process.allowedNodeEnvironmentFlags.has('--use-env-proxy')]`;
    const { stdout } = await promisify(execFile)(node, ['-p', `JSON.stringify(${question})`]);
    const [version, hasProxies] = JSON.parse(stdout);
    if (hasProxies) {
      found.set(version, node);
    }
  }
  return found;
}

/**
 * @param {string} node
 * @param {Case} scenario
 * @returns {Promise<{ connects: number, printed: object }>} rejects if the sender does not end
 */
async function sendThroughProxy(node, scenario) {
  const { act, url = 'https://sms.tencent.invalid/', deadlineMs = 2500 } = scenario;
  let connects = 0;
  const proxy = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      connects += text.startsWith('CONNECT ') ? 1 : 0;
      // Ten connections prove the loop as well as thousands.
      if (connects > 10) {
        child.kill('SIGKILL');
      }
      act?.(socket, text);
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  assert.ok(address && typeof address === 'object');
  const proxyUrl = `http://127.0.0.1:${address.port}`;
  if (!act) {
    proxy.close();
  }
  const child = spawn(node, [sender, module, url, String(deadlineMs)], {
    env: { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
    // The slowest case needs one second.
    timeout: 8000,
    killSignal: 'SIGKILL',
  });
  const [printed, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  proxy.close();
  assert.equal(signal, null, `the sender went on: ${connects} CONNECTs, printed ${printed}`);
  return { connects, printed: JSON.parse(printed) };
}

for (const [version, node] of await nodesWithProxies()) {
  for (const [name, scenario] of Object.entries(cases)) {
    test(`Node ${version}: a proxy that ${name}`, async () => {
      const { connects, printed } = await sendThroughProxy(node, scenario);
      assert.deepEqual(printed, scenario.expected);
      assert.ok(connects <= 1, `${connects} CONNECTs`);
    });
  }
}

/**
 * Publishes the failure of a tunnel as the client does.
 *
 * @param {string} path of CONNECT
 * @param {string} code
 */
function failTunnel(path, code) {
  const error = Object.assign(new Error('other side closed'), { code });
  channel('undici:request:error').publish({ request: { method: 'CONNECT', path }, error });
  return error;
}

for (const code of ['UND_ERR_SOCKET', 'UND_ERR_INFO']) {
  test(`a tunnel's ${code} becomes a code after which the client gives up`, () => {
    watchTunnels(new URL('https://sms.tencent.invalid/'));
    assert.equal(failTunnel('sms.tencent.invalid:443', code).code, 'UND_ERR_PRX_CONN');
  });
}

test('other codes and other tunnels of the host stay unchanged', () => {
  watchTunnels(new URL('https://sms.tencent.invalid/'));
  assert.equal(failTunnel('sms.tencent.invalid:443', 'ECONNRESET').code, 'ECONNRESET');
  for (const path of ['example.invalid:443', 'sms.tencent.invalid:8443', 'tencent.invalid:443']) {
    assert.equal(failTunnel(path, 'UND_ERR_SOCKET').code, 'UND_ERR_SOCKET', path);
  }
});

test('the endpoint is recognized by its name and port in CONNECT', () => {
  for (const [url, path] of /** @type {const} */ ([
    ['http://localhost/', 'localhost:80'],
    ['https://127.0.0.1:4180/', '127.0.0.1:4180'],
    ['http://[::1]:4180/', '[::1]:4180'],
  ])) {
    watchTunnels(new URL(url));
    assert.equal(failTunnel(path, 'UND_ERR_SOCKET').code, 'UND_ERR_PRX_CONN');
  }
});

test('the subscriber does not throw on odd messages, because Node would end the process', async () => {
  watchTunnels(new URL('https://sms.tencent.invalid/'));
  const request = { method: 'CONNECT', path: 'sms.tencent.invalid:443' };
  const frozen = Object.freeze(Object.assign(new Error(''), { code: 'UND_ERR_SOCKET' }));
  for (const error of [frozen, undefined, null, 'text', new Error('without a code')]) {
    channel('undici:request:error').publish({ request, error });
  }
  for (const message of [{ request }, {}, undefined]) {
    channel('undici:request:error').publish(message);
  }
  // The test runner reports an error of a subscriber as a failure of this test, in the next tick.
  await new Promise(setImmediate);
});
