/** Many sends: memory does not grow, and no send hangs. SOAK_SENDS=200000 makes the test ten times longer. */

import { strict as assert } from 'node:assert';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ourFactory, ours } from './support/connectors.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

// The server runs in its own process, so that its memory does not count.
const server = fork(new URL('support/accepting-server.js', import.meta.url));
after(() => server.kill());
const [port] = await once(server, 'message');

const { send } = await ours(`http://127.0.0.1:${port}`);
const config = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'ExampleSecretKey',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  templates: [{ usageType: 'Generic', templateCode: '1100001' }],
  timeoutSeconds: 60,
};
const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };

// `initSync` returns the instance that exists already.
const { memory } = (await import(join(ourFactory.path, 'lib/wasm/core.js'))).initSync();

/**
 * Returns the bytes in use after garbage collection. One collection is not enough: objects that a promise
 * of this turn holds, and those that undici frees in finalizers, go in a later turn. Measured at once, the
 * same heap has up to 8 MB more.
 */
async function inUse() {
  for (let round = 0; round < 5; round += 1) {
    await sleep(50);
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return { wasm: memory.buffer.byteLength, heap: heapUsed + external };
}

/**
 * @param {number} count
 * @param {number} inFlight
 */
async function sendMany(count, inFlight) {
  let left = count;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      await send(data, config);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
}

test('1000 sends at the same time all settle', async () => {
  const sends = Array.from({ length: 1000 }, () => send(data, config));
  const outcomes = await Promise.allSettled(sends);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1000);
});

const count = Number(process.env.SOAK_SENDS ?? 20_000);

test(`memory does not grow over ${count} sends`, async (t) => {
  await sendMany(10_000, 32);
  const before = await inUse();
  await sendMany(count, 32);
  const after = await inUse();
  t.diagnostic(`wasm memory ${before.wasm} bytes before, ${after.wasm} after`);
  t.diagnostic(`heap ${before.heap} bytes before, ${after.heap} after`);
  assert.equal(after.wasm, before.wasm);
  // A leak of 100 bytes for each send would be 20 MB in 200,000 sends.
  const growth = after.heap - before.heap;
  assert.ok(growth < 4_000_000, `the heap grew by ${growth} bytes`);
});
