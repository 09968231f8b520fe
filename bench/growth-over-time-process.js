/**
 * Many sends, 32 in flight: memory, and CPU per send, for each tenth of them. What the first sends
 * compile and cache is done before.
 */

import { ourFile, senders } from './contenders.js';
import { configWith } from './example.js';
import { cpuMicroseconds, report, settle } from './fresh-process.js';
import { sendMany, warmUp } from './sending.js';
import { leadTo } from './tencent-host.js';

const inFlight = 32;
const tenths = 10;

/** @typedef {{ sends: number, host: import('./tencent-host.js').Host }} Input */

await report(async (/** @type {Input} */ { sends, host }) => {
  leadTo(host);
  const send = await senders.ours(configWith());
  // An instance that is there already is given back.
  const { memory } = (await import(ourFile('wasm/core.js').href)).initSync();
  const state = async () => {
    await settle();
    const { heapUsed, external } = process.memoryUsage();
    return { wasm: memory.buffer.byteLength, heap: heapUsed + external };
  };

  await warmUp(send, inFlight);
  const before = await state();
  const each = [];
  let failed = 0;
  for (let tenth = 0; tenth < tenths; tenth += 1) {
    const start = cpuMicroseconds();
    failed += (await sendMany(send, sends / tenths, inFlight)).failed;
    each.push((cpuMicroseconds() - start) / (sends / tenths));
  }
  return { before, after: await state(), failed, firstCpu: each[0], lastCpu: each[tenths - 1] };
});
