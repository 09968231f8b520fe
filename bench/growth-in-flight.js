/** What comes of many sends in flight: CPU for each, and whether a burst gets through. */

import { inFreshProcess } from './fresh-process.js';
import { growthGoal, ratioGoal, spread } from './report.js';
import { alternate } from './rounds.js';
import { alternateLevels, each, everyContender, rowsOf } from './side-by-side.js';
import { startTencentHost } from './tencent-host.js';

/** @typedef {import('./tencent-host.js').Host} Host */
/** @typedef {import('./report.js').Section} Section */
/** @typedef {import('./rounds.js').Figures} Figures */

/** @returns {Promise<Section>} */
export async function measure() {
  const host = await startTencentHost();
  const sections = [await steady(host), await burst(host)];
  return {
    tables: sections.flatMap(({ tables }) => tables),
    goals: sections.flatMap(({ goals }) => goals),
  };
}

/**
 * @param {Host} host
 * @returns {Promise<Section>}
 */
async function steady(host) {
  const figures = await alternateLevels(
    3,
    ['ours', 'bareFetch'],
    [1, 32, 1000],
    (contender, inFlight) => inFreshProcess('sends-process.js', { contender, inFlight, host }),
  );
  const growth = (/** @type {Figures[]} */ [one, , thousand]) =>
    thousand.cpu.median / one.cpu.median;
  return {
    tables: [
      {
        columns: ['µs of CPU per send, with', '1', '32', '1,000 in flight'],
        rows: rowsOf(figures, (levels) => levels.map(({ cpu }) => spread(cpu))),
      },
    ],
    goals: [
      growthGoal(
        "from 1 to 1,000 in flight: at most 1.1 × the growth of bare `fetch`'s CPU per send",
        growth(figures.ours) / growth(figures.bareFetch),
        1.1,
      ),
    ],
  };
}

/**
 * @param {Host} host
 * @returns {Promise<Section>}
 */
async function burst(host) {
  const figures = await alternate(
    3,
    each(everyContender, (contender) =>
      inFreshProcess('burst-process.js', { contender, sends: 1000, host }),
    ),
  );
  const { ours, official } = figures;
  const cells = (/** @type {Figures} */ { seconds, failed }) => [spread(seconds), spread(failed)];
  return {
    tables: [
      {
        columns: ['1,000 at once, the first of a process', 'seconds', 'failed'],
        rows: rowsOf(figures, cells),
      },
    ],
    goals: [
      {
        goal: '1,000 at once: none fails',
        measured: String(ours.failed.median),
        isMet: ours.failed.high === 0,
      },
      ratioGoal(
        "1,000 at once: at most the official connector's time",
        ours.seconds,
        official.seconds,
        { atMost: 1 },
      ),
    ],
  };
}
