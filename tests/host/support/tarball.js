/** The packed tarball that is tested. */

import { strict as assert } from 'node:assert';

export const tarball = process.env.CONNECTOR_TARBALL ?? '';
assert.ok(tarball, 'CONNECTOR_TARBALL names the package to test; `make test` sets it');
