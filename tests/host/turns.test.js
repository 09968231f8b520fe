/** Turns: how many requests connect at the same time, and that no send waits for those that hang. */

import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { close, listen } from '../../sandbox/http/loopback.js';
import { acceptedAnswer } from './support/accepted-answer.js';
import { ourFactory, ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';

const { takeTurn, hasLeft, endTurn } = await import(join(ourFactory.path, 'lib/turns.js'));
const never = () => new AbortController().signal;

/** @typedef {import('../../js-shim/turns.js').Turn} Turn */

/**
 * Takes turns at the same time, and tells in which order they came.
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

test('128 have a turn at the same time, and the one that came last goes first', async () => {
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

test('a request that has left passes its turn on after a moment; 2,048 at most are under way', async () => {
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

test('a request whose leaving is not known passes its turn on after a second', async () => {
  const { started, all } = await takeMany(129);
  assert.equal(started.length, 128);
  await sleep(1200);
  assert.equal(started.length, 129);
  await all;
  for (const { turn } of started) {
    endTurn(turn);
  }
});

test('a request that gives up waiting leaves its turn to the others', async () => {
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
  // The whole number is there again.
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

/** Answers messages, but for those whose code is HANGS, and counts its connections. */
async function startServer() {
  let sockets = 0;
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
    sockets += 1;
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => {
      open -= 1;
    });
  });
  const { url } = await listen(server);
  return { server, url, sockets: () => sockets, most: () => most, hangs: () => hangs };
}

test('1,000 sends that hang hold up no send that the same server answers', async (t) => {
  const { server, url, hangs } = await startServer();
  const { send } = await ours(url);
  const timed = async () => {
    const began = performance.now();
    await send(healthy, config);
    return performance.now() - began;
  };
  await timed();
  const undisturbed = Math.min(await timed(), await timed(), await timed());
  const console = captureConsole();
  try {
    const storm = Array.from({ length: 1000 }, () =>
      send(hanging, { ...config, timeoutSeconds: 4 }).then(
        () => 'sent',
        () => 'failed',
      ),
    );
    const atOnce = await timed();
    while (hangs() < 1000) {
      await sleep(10);
    }
    const later = await timed();
    t.diagnostic(
      `${undisturbed.toFixed(1)} ms alone, ${atOnce.toFixed(1)} ms as they begin, ` +
        `${later.toFixed(1)} ms while they hang`,
    );
    assert.ok(later < undisturbed + 50, `${later} ms while they hang`);
    // A thousand sends are built and connected on the same core meanwhile.
    assert.ok(atOnce < 1000, `${atOnce} ms as they begin`);
    assert.deepEqual(new Set(await Promise.all(storm)), new Set(['failed']));
  } finally {
    console.restore();
    await close(server);
  }
});

test('10,000 sends at once settle, over a bounded number of connections', async (t) => {
  const { server, url, sockets } = await startServer();
  const { send } = await ours(url);
  const sends = Array.from({ length: 10_000 }, () =>
    send(healthy, { ...config, timeoutSeconds: 60 }),
  );
  const outcomes = await Promise.allSettled(sends);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10_000);
  t.diagnostic(`${sockets()} connections`);
  assert.ok(sockets() <= 2048, `${sockets()} connections`);
  await close(server);
});

test('a send whose turn does not come in time says so, and nothing was sent', async () => {
  const { server, url, hangs } = await startServer();
  const { send } = await ours(url);
  const console = captureConsole();
  try {
    const storm = Array.from({ length: 2048 }, () =>
      send(hanging, { ...config, timeoutSeconds: 8 }).catch(() => {}),
    );
    while (hangs() < 2048) {
      await sleep(10);
    }
    await assert.rejects(send(healthy, { ...config, timeoutSeconds: 1 }));
    assert.match(console.text(), /Too many messages are being sent at once.*nothing was sent/);
    server.closeAllConnections();
    await Promise.all(storm);
  } finally {
    console.restore();
    await close(server);
  }
});
