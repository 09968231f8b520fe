/** Random test data that can be had again: SEED=… repeats a run. */

export const seed = Number(process.env.SEED ?? Date.now());

let state = seed;

/** From 0 up to 1, by Tommy Ettinger's mulberry32: small, and good enough to vary test data. */
export function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/**
 * @template Item
 * @param {Item[]} items
 * @returns {Item}
 */
export function pick(items) {
  return /** @type {Item} */ (items[Math.floor(random() * items.length)]);
}

/** Empty, short or long; of every plane, with what JSON escapes. */
export function randomText() {
  const length = pick([0, 1, 6, 40, 500]);
  const range = pick([0x20, 0x7f, 0x800, 0x10000, 0x110000]);
  const points = Array.from({ length }, () => Math.floor(random() * range));
  // Surrogates alone are no text: the boundary replaces them, as every UTF-8 encoder does.
  return String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff));
}

/** @param {number} length */
export function randomLetters(length) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length }, () => pick([...letters])).join('');
}
