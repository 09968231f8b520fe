/** How many exchanges go on at once, and that none waits for ever. */

import { strict as assert } from 'node:assert';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { ourFactory } from './connectors.js';

const { turn, endTurn } = await import(join(ourFactory.path, 'lib/turns.js'));
const never = new AbortController().signal;
// Each exchange has a signal of its own; here hundreds wait by one.
setMaxListeners(0, never);

test('128 have a turn at once; the others get theirs in the order of their coming', async () => {
  /** @type {number[]} */
  const started = [];
  const all = Array.from({ length: 300 }, async (_, index) => {
    assert.equal(await turn(never), true);
    started.push(index);
  });
  await new Promise(setImmediate);
  assert.equal(started.length, 128);
  for (let ended = 0; ended < 300; ended += 1) {
    endTurn();
    await new Promise(setImmediate);
    assert.equal(started.length, Math.min(300, 129 + ended));
  }
  await Promise.all(all);
  assert.deepEqual(
    started,
    started.map((_, index) => index),
  );
});

test('whoever gives up waiting leaves the turn to the next', async () => {
  const running = Array.from({ length: 128 }, () => turn(never));
  await Promise.all(running);
  const impatient = new AbortController();
  const first = turn(impatient.signal);
  const second = turn(never);
  impatient.abort();
  assert.equal(await first, false);
  endTurn();
  assert.equal(await second, true);
  // The whole number is there again.
  for (const _ of running) {
    endTurn();
  }
  const again = await Promise.all(Array.from({ length: 128 }, () => turn(never)));
  assert.ok(again.every(Boolean));
});
