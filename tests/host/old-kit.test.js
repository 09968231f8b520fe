/** The oldest kit that the manifest accepts: 4.0.0. It lacks `usage_limit_exceeded`. */

import { strict as assert } from 'node:assert';
import { after, mock, test } from 'node:test';
import { ConnectorError } from 'connector-kit-4';
import { startSandbox } from '../../sandbox/server.js';
import {
  addConnector,
  buildConnector,
  createInstance,
  loadFactories,
  removeInstance,
} from './support/logto-instance.js';
import { tarball } from './support/tarball.js';

const instance = await createInstance('connector-kit-4');
after(() => removeInstance(instance));
await addConnector(instance, tarball);
const [factory] = await loadFactories(instance);

test('with kit 4.0.0, a config is checked, a code is sent, and an exhausted quota is a rate limit', async () => {
  const sandbox = await startSandbox();
  const errors = mock.method(console, 'error', () => {});
  try {
    const { configGuard, sendMessage } = await buildConnector(factory, async () => sandbox.config);
    assert.ok(configGuard.safeParse(sandbox.config).success);
    assert.deepEqual(configGuard.safeParse({}).error?.issues[0]?.path, ['accessKeyId']);

    const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
    await sendMessage(data);
    assert.equal(sandbox.messages.length, 1);

    sandbox.setFault('status:LimitExceeded.AppDailyLimit');
    await assert.rejects(sendMessage(data), (error) => {
      assert.ok(error instanceof ConnectorError);
      assert.equal(error.code, 'rate_limit_exceeded');
      return true;
    });
  } finally {
    errors.mock.restore();
    await sandbox.close();
  }
});
