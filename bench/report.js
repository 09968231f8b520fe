/** The results of a part of the bench, as Markdown between the part's two marks in README.md. */

import { readFile, writeFile } from 'node:fs/promises';

/**
 * @typedef {object} Section
 * @property {Table[]} tables
 * @property {Goal[]} goals
 */
/** @typedef {{ columns: string[], rows: string[][] }} Table the first column names the row */
/** @typedef {{ goal: string, measured: string, isMet: boolean }} Goal */

const readme = new URL('README.md', import.meta.url);

/**
 * @param {string} part
 * @param {string} text
 * @param {string} circumstances
 */
export async function write(part, text, circumstances) {
  const page = await readFile(readme, 'utf8');
  const [begin, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const [before, rest] = split(page, begin);
  const [, after] = split(rest, end);
  await writeFile(readme, `${before}${begin}\n\n${text}\n\n${circumstances}\n\n${end}${after}`);
}

/** @param {Section} section */
export const markdown = ({ tables, goals }) =>
  [...tables, goalTable(goals)].map(tableMarkdown).join('\n\n');

/**
 * @param {string} text
 * @param {string} mark
 */
function split(text, mark) {
  const position = text.indexOf(mark);
  if (position < 0) {
    throw new Error(`bench/README.md has no ${mark}`);
  }
  return [text.slice(0, position), text.slice(position + mark.length)];
}

/** @param {Goal[]} goals */
const goalTable = (goals) => ({
  columns: ['goal', 'measured', ''],
  rows: goals.map(({ goal, measured, isMet }) => [goal, measured, isMet ? 'met' : '**not met**']),
});

/** @param {Table} table */
const tableMarkdown = ({ columns, rows }) =>
  [columns, [':--', ...columns.slice(1).map(() => '--:')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/**
 * A median with its quartiles in brackets.
 *
 * @param {import('./rounds.js').Figure} figure
 */
export const spread = ({ median, low, high }) => `${short(median)} (${short(low)}–${short(high)})`;

/**
 * A number with about three significant digits.
 *
 * @param {number} value
 */
export const short = (value) =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);

/**
 * A goal for our figure divided by a contender's figure from the same run.
 *
 * @param {string} goal
 * @param {import('./rounds.js').Figure} ours
 * @param {import('./rounds.js').Figure} theirs
 * @param {{ atMost: number } | { atLeast: number }} limit
 * @returns {Goal}
 */
export function ratioGoal(goal, ours, theirs, limit) {
  const ratio = ours.median / theirs.median;
  return {
    goal,
    measured: `${ratio.toFixed(3)} ×`,
    isMet: 'atMost' in limit ? ratio <= limit.atMost : ratio >= limit.atLeast,
  };
}
