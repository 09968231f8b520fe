/** Sends/s, latency and CPU time per send of one contender, with a given number of sends in flight. */

import { senders } from './contenders.js';
import { config } from './example.js';
import { cpuMicroseconds, report } from './fresh-process.js';
import { quantiles } from './rounds.js';
import { sendMany, warmUp } from './sending.js';
import { leadTo } from './tencent-host.js';

const sends = 3000;

/** @typedef {import('./contenders.js').Contender} Contender */
/** @typedef {{ contender: Contender, inFlight: number, host: import('./tencent-host.js').Host }} Input */

await report(async (/** @type {Input} */ { contender, inFlight, host }) => {
  leadTo(host);
  const send = await senders[contender](config);
  await warmUp(send, inFlight);

  const start = performance.now();
  const cpuAtStart = cpuMicroseconds();
  const { latencies, failed } = await sendMany(send, sends, inFlight);
  const seconds = (performance.now() - start) / 1000;
  const latency = quantiles(latencies);
  return {
    perSecond: (sends - failed) / seconds,
    p50: latency(0.5),
    p99: latency(0.99),
    cpu: (cpuMicroseconds() - cpuAtStart) / sends,
    failed,
  };
});
