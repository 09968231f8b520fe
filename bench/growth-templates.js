/** CPU per message as the config's templates grow. */

import { inFreshProcess } from './fresh-process.js';
import { growthGoal, spread } from './report.js';
import { alternate } from './rounds.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const measuring = (/** @type {string} */ contender, /** @type {number} */ templates) => () =>
    inFreshProcess('cpu-process.js', { contender, templates });
  const figures = await alternate(3, {
    ours9: measuring('ours', 9),
    ours90: measuring('ours', 90),
    ours900: measuring('ours', 900),
    official9: measuring('official', 9),
    official90: measuring('official', 90),
    official900: measuring('official', 900),
  });
  const { ours9, ours90, ours900, official9, official90, official900 } = figures;
  return {
    tables: [
      {
        columns: ['µs of CPU per message up to the network, with', '9', '90', '900 templates'],
        rows: [
          ['this connector', ...[ours9, ours90, ours900].map(({ warm }) => spread(warm))],
          [
            'official connector',
            ...[official9, official90, official900].map(({ warm }) => spread(warm)),
          ],
        ],
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
