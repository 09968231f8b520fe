/** CPU per message as the config's templates grow. */

import { inFreshProcess } from './fresh-process.js';
import { growthGoal, spread } from './report.js';
import { alternateLevels, rowsOf } from './side-by-side.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const figures = await alternateLevels(
    3,
    ['ours', 'official'],
    [9, 90, 900],
    (contender, templates) => inFreshProcess('cpu-process.js', { contender, templates }),
  );
  const [, ours90, ours900] = figures.ours;
  return {
    tables: [
      {
        columns: ['µs of CPU per message up to the network, with', '9', '90', '900 templates'],
        rows: rowsOf(figures, (levels) => levels.map(({ warm }) => spread(warm))),
      },
    ],
    goals: [
      growthGoal(
        'from 90 to 900 templates: at most 10 × the CPU',
        ours900.warm.median / ours90.warm.median,
        10,
      ),
    ],
  };
}
