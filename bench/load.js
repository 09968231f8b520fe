/** Time and memory of loading a connector after the host has loaded the kit. */

import { inFreshProcess } from './fresh-process.js';
import { ratioGoal, spread } from './report.js';
import { alternate } from './rounds.js';
import { each, rowsOf } from './side-by-side.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const figures = await alternate(
    15,
    each(['ours', 'official', 'sdk'], (contender) =>
      inFreshProcess('load-process.js', { contender }),
    ),
  );
  const { ours, official } = figures;
  return {
    tables: [
      {
        columns: ['', 'ms', 'ms of CPU', 'resident MB', 'heap MB', 'first message, ms'],
        rows: rowsOf(figures, cells),
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

/** @param {import('./rounds.js').Figures} figures */
const cells = ({ ms, cpuMs, residentMb, heapMb, firstMs }) =>
  [ms, cpuMs, residentMb, heapMb, firstMs].map(spread);
