/** A core that breaks costs one send, and no more. */

import { strict as assert } from 'node:assert';
import { mock, test } from 'node:test';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { startSandbox } from '../../sandbox/server.js';
import { ours } from './connectors.js';

/** Nested deeper than any stack: the parser overflows it, as a bug of ours might. */
const unfathomable = (() => {
  /** @type {object} */
  let value = {};
  for (let depth = 0; depth < 100_000; depth += 1) {
    value = { value };
  }
  return value;
})();

test('after a trap a fresh instance serves, over and over', async () => {
  const sandbox = await startSandbox();
  const errors = mock.method(console, 'error', () => {});
  try {
    const { send } = await ours(sandbox.url);
    const good = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
    // More often than an instance that is kept can bear: each trap leaks some of its stack.
    for (let count = 1; count <= 400; count += 1) {
      const trap = { ...good, payload: { code: '123456', unfathomable } };
      const [trapped, sent] = await Promise.allSettled([
        send(trap, sandbox.config),
        send(good, sandbox.config),
      ]);
      assert.equal(trapped.status, 'rejected');
      assert.ok(trapped.reason instanceof ConnectorError);
      assert.equal(trapped.reason.code, ConnectorErrorCodes.General);
      assert.equal(sent.status, 'fulfilled', 'a send in flight was lost');
      assert.equal(sandbox.messages.length, count);
      assert.equal(errors.mock.callCount(), count, 'one line a trap');
    }
  } finally {
    errors.mock.restore();
    await sandbox.close();
  }
});
