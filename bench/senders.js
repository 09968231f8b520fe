/** Every sender of contenders.js, measured beside the others and named as the tables name it. */

import { alternate } from './rounds.js';

const names = {
  ours: 'this connector',
  official: 'official connector',
  sdk: "Tencent's SDK",
  bareFetch: 'bare `fetch` of our bytes',
  bareHttps: 'bare `https.request` of our bytes',
};

/** @typedef {keyof typeof names} Sender */
/** @typedef {Record<string, import('./rounds.js').Figure>} Figures */

/**
 * @param {number} rounds
 * @param {(sender: Sender) => import('./rounds.js').Measurement} measurementOf
 */
export async function measureSenders(rounds, measurementOf) {
  const senders = /** @type {Sender[]} */ (Object.keys(names));
  const measurements = senders.map((sender) => [sender, measurementOf(sender)]);
  const figures = await alternate(rounds, Object.fromEntries(measurements));
  return /** @type {Record<Sender, Figures>} */ (figures);
}

/**
 * @param {Record<Sender, Figures>} figures
 * @param {(figures: Figures) => string[]} cells
 * @returns {string[][]}
 */
export const rowsOf = (figures, cells) =>
  Object.entries(names).map(([sender, name]) => [
    name,
    ...cells(figures[/** @type {Sender} */ (sender)]),
  ]);
