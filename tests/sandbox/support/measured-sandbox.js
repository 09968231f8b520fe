/**
 * A sandbox in a process of its own, for `node --expose-gc`. Tells the parent where it listens; then
 * answers each message with what it keeps in memory, after a garbage collection.
 */

import { startSandbox } from '../../../sandbox/server.js';

/**
 * @typedef {object} Kept
 * @property {number} bytes of the heap and of buffers
 * @property {number} resident bytes of the process, garbage that was not collected included
 * @property {number} requests in the record
 * @property {number} redirected requests in the record
 */

const sandbox = await startSandbox();
process.on('message', () => {
  const resident = process.memoryUsage.rss();
  // What buffers held is freed by the second.
  global.gc?.();
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const { requests, redirected } = sandbox;
  process.send?.({
    bytes: heapUsed + external,
    resident,
    requests: requests.length,
    redirected: redirected.length,
  });
});
process.send?.({ url: sandbox.url, port: sandbox.port });
