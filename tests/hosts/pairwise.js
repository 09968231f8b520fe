/** A small greedy generator of pairwise coverings. It is deterministic. */

/**
 * Chooses cells so that every pair of values of two dimensions that occurs in any candidate occurs
 * in a chosen one. Of the candidates that add as many new pairs, the one wins whose pairs were used
 * least, so that the values are spread evenly.
 *
 * @template {Record<string, string>} Cell
 * @param {Cell[]} candidates
 * @returns {Cell[]}
 */
export function coverPairs(candidates) {
  const rest = candidates.map((cell) => ({ cell, pairs: pairsOf(cell) }));
  /** @type {Map<string, number>} how often a pair was used */
  const uses = new Map(rest.flatMap(({ pairs }) => pairs.map((pair) => [pair, 0])));
  let uncovered = uses.size;
  const chosen = [];
  while (uncovered > 0) {
    let best = { cell: candidates[0], pairs: /** @type {string[]} */ ([]), gain: -1, used: 0 };
    for (const { cell, pairs } of rest) {
      let gain = 0;
      let used = 0;
      for (const pair of pairs) {
        const count = uses.get(pair) ?? 0;
        gain += Number(count === 0);
        used += count;
      }
      if (gain > best.gain || (gain === best.gain && used < best.used)) {
        best = { cell, pairs, gain, used };
      }
    }
    for (const pair of best.pairs) {
      uses.set(pair, (uses.get(pair) ?? 0) + 1);
    }
    uncovered -= best.gain;
    chosen.push(best.cell);
  }
  return chosen;
}

/** @param {Record<string, string>} cell */
export function pairsOf(cell) {
  const values = Object.entries(cell).map((entry) => entry.join('='));
  return values.flatMap((value, index) => values.slice(index + 1).map((it) => `${value}&${it}`));
}
