/** The table of docs/compatibility.md: the pairs that were tried. */

import { readFile, writeFile } from 'node:fs/promises';

const page = new URL('../../docs/compatibility.md', import.meta.url);
const [begin, end] = ['<!-- compat:begin -->', '<!-- compat:end -->'];

/** @typedef {'works' | 'fails' | 'does not start'} Verdict */

const signs = { works: '✓', fails: '✗', 'does not start': '–' };

/**
 * @param {string[]} nodes
 * @param {{ host: import('./places.js').Host, verdicts: Verdict[] }[]} rows a verdict for each Node
 * @param {{ cli: string, kit: string }[]} missing the releases that the registry lacks
 */
export function tableOf(nodes, rows, missing) {
  const releases = missing.map(({ cli, kit }) => `${cli} (kit ${kit})`).join(', ');
  const mixed = rows.some(({ host }) => host.kit !== host.ownKit);
  const unfit = rows.some(({ verdicts }) => verdicts.includes('does not start'));
  return [
    `| \`@logto/cli\` | connector kit | ${nodes.map((node) => `Node ${node}`).join(' | ')} |`,
    `|---|---|${nodes.map(() => '---|').join('')}`,
    ...rows.map(({ host: { cli, kit, ownKit }, verdicts }) => {
      const cells = [cli, kit === ownKit ? kit : `${kit} *`, ...verdicts.map((it) => signs[it])];
      return `| ${cells.join(' | ')} |`;
    }),
    ...(mixed ? ['', '\\* not the kit that this release came with, but put in its place'] : []),
    ...(unfit ? ['', '– the release itself does not start on that Node'] : []),
    ...(releases ? ['', `The registry of the day did not have ${releases}.`] : []),
  ].join('\n');
}

/** @param {string} table */
export async function writeTable(table) {
  const before = await readFile(page, 'utf8');
  const parts = before.split(new RegExp(`(?<=${begin}\n)[^]*(?=${end})`));
  if (parts.length !== 2) {
    throw new Error(
      `docs/compatibility.md should have the lines ${begin} and ${end}, once each, in this order`,
    );
  }
  await writeFile(page, parts.join(`${table}\n`));
}
