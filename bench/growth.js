/** What happens to the cost of a message as configs, load and time grow. */

import { inFreshProcess } from './fresh-process.js';
import { short, spread } from './report.js';
import { alternate } from './rounds.js';
import { startTencentHost } from './tencent-host.js';

const rounds = 3;
const sends = Number(process.env.BENCH_SENDS ?? 100_000);

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const host = await startTencentHost();
  const sections = [await templates(), await inFlight(host), await overTime(host)];
  return {
    tables: sections.flatMap((section) => section.tables),
    goals: sections.flatMap((section) => section.goals),
  };
}

/** @returns {Promise<import('./report.js').Section>} */
async function templates() {
  const measuring = (/** @type {string} */ contender, /** @type {number} */ templates) => () =>
    inFreshProcess('cpu-process.js', { contender, templates });
  const figures = await alternate(rounds, {
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

/**
 * @param {import('./tencent-host.js').Host} host
 * @returns {Promise<import('./report.js').Section>}
 */
async function inFlight(host) {
  const sending = (/** @type {string} */ contender, /** @type {number} */ inFlight) => () =>
    inFreshProcess('sends-process.js', { contender, inFlight, host });
  const { ours1, ours32, ours1000, fetch1, fetch32, fetch1000 } = await alternate(rounds, {
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

/**
 * @param {import('./tencent-host.js').Host} host
 * @returns {Promise<import('./report.js').Section>}
 */
async function overTime(host) {
  const { before, after, firstCpu, lastCpu } = await inFreshProcess('growth-process.js', {
    sends,
    host,
  });
  const count = sends.toLocaleString('en');
  return {
    tables: [
      {
        columns: [`${count} sends`, 'WebAssembly memory, kB', 'heap, kB', 'µs of CPU per send'],
        rows: [
          [
            'before; first tenth',
            short(before.wasm / 1000),
            short(before.heap / 1000),
            short(firstCpu),
          ],
          ['after; last tenth', short(after.wasm / 1000), short(after.heap / 1000), short(lastCpu)],
        ],
      },
    ],
    goals: [
      growthGoal('WebAssembly memory: no growth', after.wasm / before.wasm, 1),
      growthGoal('heap: at most 1.1 ×', after.heap / before.heap, 1.1),
      growthGoal('CPU per send: at most 1.1 ×', lastCpu / firstCpu, 1.1),
    ],
  };
}

/**
 * @param {string} goal
 * @param {number} growth
 * @param {number} most
 * @returns {import('./report.js').Goal}
 */
const growthGoal = (goal, growth, most) => ({
  goal,
  measured: `${growth.toFixed(2)} ×`,
  isMet: growth <= most,
});
