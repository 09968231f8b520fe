/** CPU of something that is done again and again. */

import { cpuMicroseconds } from './fresh-process.js';

/** As many are done in one turn of the event loop. */
const turn = 100;

/**
 * Microseconds of CPU for one, over `times` of them.
 *
 * @param {() => unknown} once
 * @param {number} times
 */
export async function cpuPer(once, times) {
  const before = cpuMicroseconds();
  for (let done = 1; done <= times; done += 1) {
    once();
    if (done % turn === 0) {
      // What is not synchronous goes on here.
      await new Promise(setImmediate);
    }
  }
  return (cpuMicroseconds() - before) / times;
}

/**
 * The same once all is compiled: after half a second of it, over another.
 *
 * @param {() => unknown} once
 */
export async function warmCpuPer(once) {
  const halfSecond = 500_000;
  const start = cpuMicroseconds();
  let times = 0;
  while (cpuMicroseconds() - start < halfSecond) {
    await cpuPer(once, turn);
    times += turn;
  }
  return cpuPer(once, times);
}
