/** CPU time of a function that is called again and again. */

import { cpuMicroseconds } from './fresh-process.js';

/** The number of calls in one turn of the event loop. */
const turn = 100;

/**
 * The CPU time of one call in microseconds, as the average of `times` calls.
 *
 * @param {() => unknown} once
 * @param {number} times
 */
export async function cpuPer(once, times) {
  const before = cpuMicroseconds();
  for (let done = 1; done <= times; done += 1) {
    once();
    if (done % turn === 0) {
      // The asynchronous part of the calls runs here.
      await new Promise(setImmediate);
    }
  }
  return (cpuMicroseconds() - before) / times;
}

/**
 * The same when everything is compiled: after half a second of calls, and over as many calls again.
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
