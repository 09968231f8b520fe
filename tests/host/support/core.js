/** The core of the packed tarball, as its shim loads it. */

import { join } from 'node:path';
import { ourFactory } from './connectors.js';

export const core = await import(join(ourFactory.path, 'lib/core.js'));
