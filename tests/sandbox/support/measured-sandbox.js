/**
 * A sandbox in its own process, for `node --expose-gc`. It sends its port to its parent, and answers each
 * message with its use of memory after a garbage collection.
 */

import { startSandbox } from '../../../sandbox/server.js';

/**
 * @typedef {object} Kept
 * @property {number} bytes in the heap and in buffers
 * @property {number} resident bytes of the process, uncollected garbage included
 * @property {number} requests in the record
 * @property {number} redirected requests in the record
 */

const sandbox = await startSandbox();
process.on('message', () => {
  const resident = process.memoryUsage.rss();
  // The second collection frees the contents of buffers.
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
