/** Whole sends to a TLS server on loopback. */

import { inFreshProcess } from './fresh-process.js';
import { ratioGoal, spread } from './report.js';
import { alternate } from './rounds.js';
import { each, everyContender, rowsOf } from './side-by-side.js';
import { startTencentHost } from './tencent-host.js';

const levels = [1, 32, 256];

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const host = await startTencentHost();
  /** @type {import('./report.js').Section} */
  const section = { tables: [], goals: [] };
  for (const inFlight of levels) {
    const figures = await alternate(
      5,
      each(everyContender, (contender) =>
        inFreshProcess('sends-process.js', { contender, inFlight, host }),
      ),
    );
    section.tables.push({
      columns: [
        `${inFlight} in flight`,
        'sends/s',
        'p50, ms',
        'p99, ms',
        'µs of CPU per send',
        'failed',
      ],
      rows: rowsOf(figures, cells),
    });
    const { ours, official, bareFetch } = figures;
    section.goals.push(
      ratioGoal(
        `${inFlight} in flight: at least 1.5 × the official connector's sends/s`,
        ours.perSecond,
        official.perSecond,
        { atLeast: 1.5 },
      ),
      ratioGoal(
        `${inFlight} in flight: at least 0.95 × the sends/s of bare \`fetch\``,
        ours.perSecond,
        bareFetch.perSecond,
        { atLeast: 0.95 },
      ),
    );
  }
  return section;
}

/** @param {import('./rounds.js').Figures} figures */
const cells = ({ perSecond, p50, p99, cpu, failed }) => [
  ...[perSecond, p50, p99, cpu].map(spread),
  String(failed.median),
];
