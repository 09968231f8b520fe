/** CPU time per message, from Logto's call to the call of the HTTP client: validate, build, sign. */

import { names } from './contenders.js';
import { inFreshProcess } from './fresh-process.js';
import { ratioGoal, spread } from './report.js';
import { alternate } from './rounds.js';
import { each } from './side-by-side.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const { ours, official, sdk } = await alternate(
    5,
    each(['ours', 'official', 'sdk'], (contender) =>
      inFreshProcess('cpu-process.js', { contender }),
    ),
  );
  return {
    tables: [
      {
        columns: ['µs of CPU per message', 'warm', 'each of the first 100'],
        rows: [
          [names.ours, spread(ours.warm), spread(ours.first)],
          [names.official, spread(official.warm), spread(official.first)],
          [`${names.sdk} (validates nothing)`, spread(sdk.warm), spread(sdk.first)],
        ],
      },
    ],
    goals: [
      ratioGoal("at most the official connector's CPU", ours.warm, official.warm, { atMost: 1 }),
    ],
  };
}
