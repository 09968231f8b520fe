/** Asks a Redis for the places of messages, one after the other, by the connector's own code. Started by redis.js. */

import { performance } from 'node:perf_hooks';
import { ourFile } from './contenders.js';
import { quantiles } from './rounds.js';

const { askStore } = await import(ourFile('store/store.js').href);

/** @param {number} index */
const command = (index) => ({
  action: 'take',
  // The names have the length of real ones.
  keys: [...'12345']
    .map((kind) => `tencent-sms:{bench0000000}${kind}${String(index % 10_000).padStart(23, '0')}`)
    .concat('tencent-sms:{bench0000000}clock'),
  times: Array(5).fill([1, 1_000_000]).flat(),
});

const startedAt = performance.now();
await askStore(command(0));
const first = performance.now() - startedAt;
for (let index = 0; index < 2000; index += 1) {
  await askStore(command(index));
}
const times = [];
const before = process.cpuUsage();
for (let index = 0; index < 10_000; index += 1) {
  const askedAt = performance.now();
  const { reply } = await askStore(command(index));
  times.push(performance.now() - askedAt);
  if (reply?.[0] !== 0) {
    throw new Error('the Redis did not let the message out');
  }
}
const cpu = process.cpuUsage(before);
const quantile = quantiles(times);
process.send?.({
  first,
  median: quantile(0.5) * 1000,
  p99: quantile(0.99) * 1000,
  cpu: (cpu.user + cpu.system) / times.length,
});
process.disconnect?.();
