/** The two modules of the core in the packed tarball, as their shims load them. */

import { join } from 'node:path';
import { ourFactory } from './connectors.js';

export const core = await import(join(ourFactory.path, 'lib/core.js'));
export const commandLineCore = await import(join(ourFactory.path, 'lib/cli/core.js'));
