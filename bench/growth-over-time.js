/** Memory and CPU per send in the life of a process. */

import { inFreshProcess } from './fresh-process.js';
import { growthGoal, short } from './report.js';
import { startTencentHost } from './tencent-host.js';

const sends = Number(process.env.BENCH_SENDS ?? 100_000);

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const host = await startTencentHost();
  const found = await inFreshProcess('growth-over-time-process.js', { sends, host });
  const { before, after, failed, firstCpu, lastCpu } = found;
  const count = sends.toLocaleString('en');
  return {
    tables: [
      {
        columns: [
          `${count} sends`,
          'WebAssembly memory, kB',
          'heap, kB',
          'µs of CPU per send',
          'failed',
        ],
        rows: [
          ['before; first tenth', ...cells(before, firstCpu), ''],
          ['after; last tenth', ...cells(after, lastCpu), String(failed)],
        ],
      },
    ],
    goals: [
      { goal: 'no send fails', measured: String(failed), isMet: failed === 0 },
      growthGoal('WebAssembly memory: no growth', after.wasm / before.wasm, 1),
      growthGoal('heap: at most 1.1 ×', after.heap / before.heap, 1.1),
      growthGoal('CPU per send: at most 1.1 ×', lastCpu / firstCpu, 1.1),
    ],
  };
}

/**
 * @param {{ wasm: number, heap: number }} bytes
 * @param {number} cpu
 */
const cells = ({ wasm, heap }, cpu) => [wasm / 1000, heap / 1000, cpu].map(short);
