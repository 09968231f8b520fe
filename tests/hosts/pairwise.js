/** A small greedy generator of pairwise coverings. It is deterministic. */

/**
 * Chooses cells so that every pair of values of two dimensions that occurs in any candidate occurs
 * in a chosen one.
 *
 * @template {Record<string, string>} Cell
 * @param {Cell[]} candidates
 * @returns {Cell[]}
 */
export function coverPairs(candidates) {
  const rest = candidates.map((cell) => ({ cell, pairs: pairsOf(cell) }));
  const uncovered = new Set(rest.flatMap(({ pairs }) => pairs));
  const chosen = [];
  // Each choice starts to look where the one before it was found, so that ties fall on new values.
  let start = 0;
  while (uncovered.size > 0) {
    let best = { index: 0, gain: -1 };
    for (let step = 0; step < rest.length; step += 1) {
      const index = (start + step) % rest.length;
      const gain = rest[index].pairs.filter((pair) => uncovered.has(pair)).length;
      if (gain > best.gain) {
        best = { index, gain };
      }
    }
    const { cell, pairs } = rest[best.index];
    for (const pair of pairs) {
      uncovered.delete(pair);
    }
    chosen.push(cell);
    start = best.index + 1;
  }
  return chosen;
}

/** @param {Record<string, string>} cell */
export function pairsOf(cell) {
  const values = Object.entries(cell).map((entry) => entry.join('='));
  return values.flatMap((value, index) => values.slice(index + 1).map((it) => `${value}&${it}`));
}
