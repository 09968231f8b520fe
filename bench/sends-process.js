/** Sends/s, latency and CPU per send of one contender, with so many sends in flight. */

import { setTimeout as pause } from 'node:timers/promises';
import { senders } from './contenders.js';
import { configWith } from './example.js';
import { cpuMicroseconds, report } from './fresh-process.js';
import { quantiles } from './rounds.js';
import { leadTo } from './tencent-host.js';

const warmUpMs = 700;
const windowMs = 1500;

/** As many connections are opened at once: more TLS handshakes, and the last would time out. */
const connectionsAtOnce = 64;

/** @typedef {{ contender: string, inFlight: number, host: import('./tencent-host.js').Host }} Input */

await report(async (/** @type {Input} */ { contender, inFlight, host }) => {
  leadTo(host);
  const send = await senders[contender](configWith());
  /** @type {number[]} */
  let latencies = [];
  let isOver = false;
  const sendOnce = async () => {
    const start = performance.now();
    await send();
    latencies.push(performance.now() - start);
  };
  const sendOn = async () => {
    while (!isOver) {
      await sendOnce();
    }
  };

  const all = [];
  for (let begun = 0; begun < inFlight; begun += connectionsAtOnce) {
    const firsts = Array.from({ length: Math.min(connectionsAtOnce, inFlight - begun) }, sendOnce);
    all.push(...firsts.map((first) => first.then(sendOn)));
    await Promise.all(firsts);
  }
  await pause(warmUpMs);

  latencies = [];
  const start = performance.now();
  const cpuAtStart = cpuMicroseconds();
  await pause(windowMs);
  const seconds = (performance.now() - start) / 1000;
  const cpu = cpuMicroseconds() - cpuAtStart;
  const measured = latencies;
  latencies = [];
  isOver = true;
  await Promise.all(all);

  const latency = quantiles(measured);
  return {
    perSecond: measured.length / seconds,
    p50: latency(0.5),
    p99: latency(0.99),
    cpu: cpu / measured.length,
  };
});
