/** The ports on which the sandbox refuses to listen. */

import assert from 'node:assert/strict';
import { createServer, Server } from 'node:http';
import { test } from 'node:test';
import { blockedPorts } from '../../sandbox/http/blocked-ports.js';
import { close, listen } from '../../sandbox/http/listen.js';
import { startSandbox } from '../../sandbox/server.js';

/** Tells whether `fetch` refuses a port. The dispatcher fails, so that nothing is sent. @param {number} port */
async function isRefused(port) {
  const dispatcher = {
    dispatch() {
      throw new Error('on its way');
    },
  };
  const options = /** @type {RequestInit} */ ({ dispatcher });
  const { cause } = await fetch(`http://127.0.0.1:${port}/`, options).catch((error) => error);
  assert.match(cause.message, /^(bad port|on its way)$/);
  return cause.message === 'bad port';
}

test('they are the ports that Node’s own fetch refuses', async () => {
  // The Fetch standard added these two in 2024.
  const mayBeUnknown = [4190, 6679];
  for (let port = 1; port < 12_000; port += 1) {
    if (mayBeUnknown.includes(port)) continue;
    assert.equal(blockedPorts.has(port), await isRefused(port), String(port));
  }
  for (const port of mayBeUnknown) assert.ok(blockedPorts.has(port));
  for (const port of blockedPorts) assert.ok(port < 12_000, 'this port was not compared');
});

test('a sandbox does not start on one of them', async () => {
  for (const port of [6666, 10080, 21, 6679]) {
    await assert.rejects(startSandbox({ port }), /the Fetch standard blocks it/, String(port));
  }
});

test('a free port that the system chooses is never one of them', async () => {
  /** A system that gives out blocked ports first. */
  class Widened extends Server {
    offered = [10080, 6697, 0];
    /** @param {any[]} where */
    listen(...where) {
      const [port, ...rest] = where;
      return super.listen(...[port || this.offered.shift(), ...rest]);
    }
  }
  const server = new Widened();
  const { port } = await listen(server);
  assert.deepEqual(server.offered, []);
  assert.ok(!blockedPorts.has(port));
  await close(server);

  // The neighbours of blocked ports are not blocked.
  for (const neighbour of [10079, 10081, 6664, 6670]) {
    const free = createServer();
    try {
      assert.equal((await listen(free, neighbour)).port, neighbour);
      await close(free);
    } catch (error) {
      assert.equal(/** @type {NodeJS.ErrnoException} */ (error).code, 'EADDRINUSE');
    }
  }
});
