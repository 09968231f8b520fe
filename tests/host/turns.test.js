/** Turns: the number of requests that connect at the same time. No send waits for sends that hang. */

import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { close } from '../../sandbox/http/listen.js';
import { portOf } from '../shared/port-of.js';
import { acceptedAnswer } from './support/accepted-answer.js';
import { ourFactory, ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';

const { takeTurn, hasLeft, endTurn } = await import(join(ourFactory.path, 'lib/turns.js'));
const never = () => new AbortController().signal;

/** @typedef {import('../../js-shim/turns.js').Turn} Turn */

/**
 * Takes turns at the same time, and returns them in the order in which they came.
 *
 * @param {number} count
 */
async function takeMany(count) {
  /** @type {{ index: number, turn: Turn }[]} */
  const started = [];
  const all = Array.from({ length: count }, async (_, index) => {
    started.push({ index, turn: await takeTurn(never()) });
  });
  await new Promise(setImmediate);
  return { started, all: Promise.all(all) };
}

test('128 requests have a turn at the same time, and the newest one waiting goes next', async () => {
  const { started, all } = await takeMany(300);
  assert.equal(started.length, 128);
  for (let ended = 0; ended < 300; ended += 1) {
    endTurn(started[ended]?.turn);
    await new Promise(setImmediate);
    assert.equal(started.length, Math.min(300, 129 + ended));
  }
  await all;
  const order = started.map(({ index }) => index);
  const expected = [...Array(128).keys(), ...Array.from({ length: 172 }, (_, i) => 299 - i)];
  assert.deepEqual(order, expected);
});

test('a request that has left passes its turn on after a moment, and at most 2,048 are under way', async () => {
  const { started, all } = await takeMany(3000);
  let left = 0;
  for (let round = 0; round < 200 && started.length < 2048; round += 1) {
    for (; left < started.length; left += 1) {
      hasLeft(/** @type {Turn} */ (started[left]?.turn));
    }
    await sleep(20);
  }
  await sleep(100);
  assert.equal(started.length, 2048);
  for (let ended = 0; ended < 3000; ended += 1) {
    endTurn(started[ended]?.turn);
    await new Promise(setImmediate);
  }
  await all;
});

test('a request that is not known to have left passes its turn on after a second', async () => {
  const { started, all } = await takeMany(129);
  assert.equal(started.length, 128);
  await sleep(1200);
  assert.equal(started.length, 129);
  await all;
  for (const { turn } of started) {
    endTurn(turn);
  }
});

test('a request that gives up waiting leaves its turn to others', async () => {
  const { started } = await takeMany(128);
  const impatient = new AbortController();
  const first = takeTurn(never());
  const second = takeTurn(impatient.signal);
  impatient.abort();
  assert.equal(await second, undefined);
  endTurn(started[0]?.turn);
  endTurn(await first);
  for (const { turn } of started.slice(1)) {
    endTurn(turn);
  }
  // All turns are free again.
  const again = await takeMany(128);
  assert.equal(again.started.length, 128);
  for (const { turn } of again.started) {
    endTurn(turn);
  }
});

const config = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'ExampleSecretKey',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  templates: [{ usageType: 'Generic', templateCode: '1100001' }],
};
const hanging = { to: '8613800138000', type: 'SignIn', payload: { code: 'HANGS' } };
const healthy = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };

/** Starts a server that answers all messages except those whose code is HANGS, and counts its open connections. */
async function startServer() {
  let open = 0;
  let most = 0;
  let hangs = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    if (body.includes('HANGS')) {
      hangs += 1;
    } else {
      response.setHeader('Content-Type', 'application/json').end(acceptedAnswer);
    }
  });
  server.on('connection', (socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => {
      open -= 1;
    });
  });
  // A server that closes idle connections may do so just when a busy client uses one again.
  server.keepAliveTimeout = 0;
  // A busy process accepts late: with the usual queue of 511, the system drops connections of such a storm.
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  return { server, url, most: () => most, hangs: () => hangs };
}

/**
 * Waits until a count is reached. The test fails, and does not hang, if it is never reached.
 *
 * @param {() => number} count
 * @param {number} expected
 */
async function reached(count, expected) {
  const end = performance.now() + 20_000;
  while (count() < expected) {
    assert.ok(performance.now() < end, `only ${count()} of ${expected} requests arrived`);
    await sleep(10);
  }
}

test('1,000 sends that hang do not delay a send that the same server answers', async (t) => {
  const { server, url, hangs } = await startServer();
  const { send } = await ours(url);
  const timed = async () => {
    const began = performance.now();
    await send(healthy, config);
    return performance.now() - began;
  };
  // The best of three, because nothing makes a send faster than it is.
  const bestTime = async () => Math.min(await timed(), await timed(), await timed());
  await timed();
  const undisturbed = await bestTime();
  const console = captureConsole();
  try {
    const storm = Array.from({ length: 1000 }, () =>
      send(hanging, { ...config, timeoutSeconds: 4 }).then(
        () => 'sent',
        () => 'failed',
      ),
    );
    const atOnce = await timed();
    await reached(hangs, 1000);
    const later = await bestTime();
    t.diagnostic(
      `${undisturbed.toFixed(1)} ms alone, ${atOnce.toFixed(1)} ms as they begin, ` +
        `${later.toFixed(1)} ms while they hang`,
    );
    assert.ok(later < undisturbed + 50, `${later} ms while they hang`);
    // Meanwhile a thousand sends are built and connected on the same core.
    assert.ok(atOnce < 1000, `${atOnce} ms as they begin`);
    assert.deepEqual(new Set(await Promise.all(storm)), new Set(['failed']));
  } finally {
    console.restore();
    await close(server);
  }
});

test('10,000 sends at the same time all succeed, over a limited number of connections', async (t) => {
  const { server, url, most } = await startServer();
  const { send } = await ours(url);
  try {
    const sends = Array.from({ length: 10_000 }, () =>
      send(healthy, { ...config, timeoutSeconds: 60 }),
    );
    const outcomes = await Promise.allSettled(sends);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10_000);
    t.diagnostic(`at most ${most()} connections at the same time`);
    // At most 2,048 requests are under way, and some connections are still closing when others open.
    assert.ok(most() <= 2500, `${most()} connections at the same time`);
  } finally {
    await close(server);
  }
});

test('a send whose turn does not come in time reports that, and nothing was sent', async () => {
  const { server, url, hangs } = await startServer();
  const { send } = await ours(url);
  const console = captureConsole();
  try {
    const storm = Array.from({ length: 2048 }, () =>
      send(hanging, { ...config, timeoutSeconds: 8 }).catch(() => {}),
    );
    await reached(hangs, 2048);
    await assert.rejects(send(healthy, { ...config, timeoutSeconds: 1 }));
    assert.match(console.text(), /Too many messages are being sent at once.*nothing was sent/);
    server.closeAllConnections();
    await Promise.all(storm);
  } finally {
    console.restore();
    await close(server);
  }
});
