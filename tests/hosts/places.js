/** The folders of the Nodes and of the hosts' packages, below .tools/hosts. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodePackage } from '../compat/places.js';

/** The folder of everything that is installed for the matrix. */
export const root = fileURLToPath(new URL('../../.tools/hosts/', import.meta.url));

/** The folder that `packages` of pins.js are installed into. */
export const modulesFolder = join(root, 'modules');

/** @param {string} version of Node */
export const nodeFolder = (version) => join(root, `node-${version}`);

/** @param {string} version of Node */
export const nodeBinary = (version) =>
  join(nodeFolder(version), 'node_modules', nodePackage(), 'bin/node');
