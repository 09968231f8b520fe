/** What comes of many sends in flight: CPU for each, and whether a burst gets through. */

import { inFreshProcess } from './fresh-process.js';
import { growthGoal, ratioGoal, spread } from './report.js';
import { alternate } from './rounds.js';
import { measureSenders, rowsOf } from './senders.js';
import { startTencentHost } from './tencent-host.js';

/** @typedef {import('./tencent-host.js').Host} Host */
/** @typedef {import('./report.js').Section} Section */

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
          [
            'bare `fetch` of our bytes',
            ...[fetch1, fetch32, fetch1000].map(({ cpu }) => spread(cpu)),
          ],
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

/**
 * @param {Host} host
 * @returns {Promise<Section>}
 */
async function burst(host) {
  const figures = await measureSenders(
    3,
    (contender) => () => inFreshProcess('burst-process.js', { contender, sends: 1000, host }),
  );
  const { ours, official } = figures;
  const cells = (/** @type {import('./senders.js').Figures} */ { seconds, failed }) => [
    spread(seconds),
    spread(failed),
  ];
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
