/** What it takes to load a connector, once the host has loaded the kit. */

import { inFreshProcess } from './fresh-process.js';
import { ratioGoal, spread } from './report.js';
import { alternate } from './rounds.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const { ours, official, sdk } = await alternate(15, {
    ours: loading('ours'),
    official: loading('official'),
    sdk: loading('sdk'),
  });
  return {
    tables: [
      {
        columns: ['', 'ms', 'ms of CPU', 'resident MB', 'heap MB', 'first message, ms'],
        rows: [
          ['this connector', ...cells(ours)],
          ['official connector', ...cells(official)],
          ["Tencent's SDK", ...cells(sdk)],
        ],
      },
    ],
    goals: [
      ratioGoal("time: at most 1/10 of the official connector's", ours.ms, official.ms, {
        atMost: 0.1,
      }),
      ratioGoal(
        "resident memory: at most 1/5 of the official connector's",
        ours.residentMb,
        official.residentMb,
        { atMost: 0.2 },
      ),
    ],
  };
}

/** @param {string} contender */
const loading = (contender) => () => inFreshProcess('load-process.js', { contender });

/** @param {Record<string, import('./rounds.js').Figure>} figures */
const cells = ({ ms, cpuMs, residentMb, heapMb, firstMs }) =>
  [ms, cpuMs, residentMb, heapMb, firstMs].map(spread);
