/** A core that breaks costs one send, and no more. */

import { strict as assert } from 'node:assert';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, mock, test } from 'node:test';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { startSandbox } from '../../sandbox/server.js';
import {
  addConnector,
  buildConnector,
  createInstance,
  loadFactories,
  removeInstance,
} from './logto-instance.js';

const { CONNECTOR_TARBALL: tarball, PANICKING_WASM: panicking } = process.env;
assert.ok(tarball && panicking, '`make test` sets CONNECTOR_TARBALL and PANICKING_WASM');

/** The packed connector, but for a core in which messages of the usage type `Panic` panic. */
const instance = await createInstance();
after(() => removeInstance(instance));
await addConnector(instance, tarball);
const wasm = join(instance, 'packages/core/connectors/connector-tencent-sms-wasm/lib/wasm');
for (const file of ['core.js', 'core_bg.wasm']) {
  await copyFile(join(dirname(panicking), file), join(wasm, file));
}
const [factory] = await loadFactories(instance);

const payload = { code: '123456' };

/** Nested deeper than any stack: the parser overflows it, which is a trap of another kind. */
const unfathomable = (() => {
  /** @type {object} */
  let value = {};
  for (let depth = 0; depth < 100_000; depth += 1) {
    value = { value };
  }
  return value;
})();

for (const [what, trapping, times] of /** @type {const} */ ([
  ['a panic', { type: 'Panic', payload }, 3000],
  ['an overflow of the stack', { type: 'SignIn', payload: { ...payload, unfathomable } }, 500],
])) {
  test(`${what} costs one send, ${times} times over; those in flight and later ones succeed`, async () => {
    const sandbox = await startSandbox();
    const errors = mock.method(console, 'error', () => {});
    try {
      const connector = await buildConnector(factory, async () => sandbox.config);
      const { sendMessage } = connector;
      const to = '8613800138000';
      for (let count = 1; count <= times; count += 1) {
        const before = sendMessage({ to, type: 'SignIn', payload });
        const trapped = sendMessage({ to, ...trapping });
        const behind = sendMessage({ to, type: 'SignIn', payload });
        const [first, broken, last] = await Promise.allSettled([before, trapped, behind]);
        assert.equal(first.status, 'fulfilled', 'a send in flight was lost');
        assert.equal(last.status, 'fulfilled', 'a later send was lost');
        assert.equal(broken.status, 'rejected');
        assert.ok(broken.reason instanceof ConnectorError);
        assert.equal(broken.reason.code, ConnectorErrorCodes.General);
        assert.equal(sandbox.totals.messages, 2 * count);
        assert.equal(errors.mock.callCount(), count, 'one line a trap');
      }
    } finally {
      errors.mock.restore();
      await sandbox.close();
    }
  });
}
