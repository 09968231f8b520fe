/** The folders of the Nodes and the hosts in .tools/compat. A host is a loader with its connector kit. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ cli: string, kit: string, ownKit: string }} Host `ownKit` is what the cli came with */

const root = fileURLToPath(new URL('../../.tools/compat/', import.meta.url));

/** The result of `install.js`: the hosts that can be tried, and the releases that npm lacks. */
export const inventory = join(root, 'hosts.json');

/** @param {{ cli: string, kit: string }} host */
export const hostFolder = ({ cli, kit }) => join(root, `cli-${cli}-kit-${kit}`);

/** @param {string} version of Node */
export const nodeFolder = (version) => join(root, `node-${version}`);

/** @param {string} version of Node */
export const nodeBinary = (version) =>
  join(nodeFolder(version), 'node_modules', nodePackage(), 'bin/node');

/** The npm package with Node's binary for this machine, named as in npm's package `node`. */
export function nodePackage() {
  const { platform, arch } = process;
  // The plain name belongs to another package.
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${arch}`;
}
