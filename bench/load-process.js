/** Time and memory of loading one contender into a process that already has the kit. */

import '@logto/connector-kit';
import { load, upToTheNetwork } from './contenders.js';
import { config } from './example.js';
import { cpuMicroseconds, report, settle } from './fresh-process.js';

await report(async (/** @type {{ contender: keyof typeof load }} */ { contender }) => {
  await settle();
  const before = state();
  await load[contender](config);
  const after = state();
  await settle();
  const settled = state();

  const sendFirst = await upToTheNetwork[contender](config);
  const start = performance.now();
  sendFirst();
  await new Promise(setImmediate);
  return {
    ms: after.ms - before.ms,
    cpuMs: after.cpuMs - before.cpuMs,
    residentMb: settled.residentMb - before.residentMb,
    heapMb: settled.heapMb - before.heapMb,
    firstMs: performance.now() - start,
  };
});

function state() {
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    ms: performance.now(),
    cpuMs: cpuMicroseconds() / 1000,
    residentMb: rss / 1e6,
    heapMb: (heapUsed + external) / 1e6,
  };
}
