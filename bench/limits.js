/** CPU time and memory of the decisions about the limits, in the native core. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { short, spread } from './report.js';
import { alternate } from './rounds.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  await cargoBench('--no-run');
  const { limits } = await alternate(5, {
    limits: async () => JSON.parse(await cargoBench()),
  });
  const kB = limits.bytes.median / 1000;
  return {
    tables: [
      {
        columns: ['', 'ns of CPU'],
        rows: [
          ['a decision: all five limits let the message out', spread(limits.sent)],
          ['a decision: the last limit refuses the message', spread(limits.refused)],
          ['the places of a message are given back', spread(limits.givenBack)],
        ],
      },
      {
        columns: ['', 'kB'],
        rows: [['memory of the counts after a million addresses, numbers and ranges', short(kB)]],
      },
    ],
    goals: [
      {
        goal: 'a decision: at most 1 µs',
        measured: `${(limits.sent.median / 1000).toFixed(3)} µs`,
        isMet: limits.sent.median <= 1000,
      },
      { goal: 'memory: at most 1 MB', measured: `${short(kB)} kB`, isMet: kB <= 1000 },
    ],
  };
}

/** @param {string[]} flags */
async function cargoBench(...flags) {
  const { stdout } = await promisify(execFile)(
    'cargo',
    ['bench', '--quiet', '--bench', 'limits', ...flags],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  return stdout;
}
