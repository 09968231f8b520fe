/** CPU per send as more of them are in flight. */

import { inFreshProcess } from './fresh-process.js';
import { growthGoal, spread } from './report.js';
import { alternate } from './rounds.js';
import { startTencentHost } from './tencent-host.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const host = await startTencentHost();
  const sending = (/** @type {string} */ contender, /** @type {number} */ inFlight) => () =>
    inFreshProcess('sends-process.js', { contender, inFlight, host });
  const { ours1, ours32, ours1000, fetch1, fetch32, fetch1000 } = await alternate(3, {
    ours1: sending('ours', 1),
    ours32: sending('ours', 32),
    ours1000: sending('ours', 1000),
    fetch1: sending('bareFetch', 1),
    fetch32: sending('bareFetch', 32),
    fetch1000: sending('bareFetch', 1000),
  });
  return {
    tables: [
      {
        columns: ['µs of CPU per send, with', '1', '32', '1,000 in flight'],
        rows: [
          ['this connector', ...[ours1, ours32, ours1000].map(({ cpu }) => spread(cpu))],
          ['bare `fetch`', ...[fetch1, fetch32, fetch1000].map(({ cpu }) => spread(cpu))],
        ],
      },
    ],
    goals: [
      growthGoal(
        "from 1 to 1,000 in flight: at most 1.1 × the growth of bare `fetch`'s CPU per send",
        ours1000.cpu.median / ours1.cpu.median / (fetch1000.cpu.median / fetch1.cpu.median),
        1.1,
      ),
    ],
  };
}
