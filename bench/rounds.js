/** Rounds of measurements, and their medians. */

/**
 * A median with its quartiles.
 *
 * @typedef {{ median: number, low: number, high: number }} Figure
 */

/** @typedef {Record<string, Figure>} Figures by name */
/** @typedef {() => Promise<Record<string, number>>} Measurement values by name */

/**
 * Measures every contender in every round, each time in a different order (ABCD, BCDA, …), so that changes on the
 * machine affect all contenders.
 *
 * @template {Record<string, Measurement>} Contenders
 * @param {number} rounds
 * @param {Contenders} contenders
 */
export async function alternate(rounds, contenders) {
  const names = Object.keys(contenders);
  /** @type {Record<string, Record<string, number>[]>} */
  const reports = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      reports[name].push(await contenders[name]());
      process.stderr.write('.');
    }
  }
  return /** @type {Record<keyof Contenders, Figures>} */ (
    Object.fromEntries(names.map((name) => [name, figures(reports[name])]))
  );
}

/** @param {Record<string, number>[]} reports */
const figures = ([first, ...others]) =>
  Object.fromEntries(
    Object.entries(first).map(([name, value]) => [
      name,
      figure([value, ...others.map((report) => report[name])]),
    ]),
  );

/**
 * @param {number[]} values
 * @returns {Figure}
 */
function figure(values) {
  const quantile = quantiles(values);
  return { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75) };
}

/** @param {number[]} values */
export function quantiles(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return (/** @type {number} */ share) => {
    const position = (sorted.length - 1) * share;
    const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
    return below + (above - below) * (position % 1);
  };
}
