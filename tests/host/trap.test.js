/** Traps of the core: each costs only the send in which it happens. */

import { strict as assert } from 'node:assert';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, mock, test } from 'node:test';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { connectorConfig, defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import {
  addConnector,
  buildConnector,
  createInstance,
  loadFactories,
  removeInstance,
  sendWithStoredConfig,
} from './support/logto-instance.js';
import { tarball } from './support/tarball.js';

const { PANICKING_WASM: panicking } = process.env;
assert.ok(panicking, '`make test` sets PANICKING_WASM');

/** The packed connector with a core in which messages of the usage type `Panic` panic. */
const instance = await createInstance();
after(() => removeInstance(instance));
await addConnector(instance, tarball);
const wasm = join(instance, 'packages/core/connectors/connector-tencent-sms-wasm/lib/wasm');
for (const file of ['core.js', 'core_bg.wasm']) {
  await copyFile(join(dirname(panicking), file), join(wasm, file));
}
const [factory] = await loadFactories(instance);

const sendable = connectorConfig(defaultAccount, 'http://127.0.0.1:4180');
const to = '8613800138000';
const payload = { code: '123456' };

test('each of 3000 panics costs one send; sends before and after it succeed', async () => {
  const sandbox = await startSandbox();
  const errors = mock.method(console, 'error', () => {});
  try {
    const { sendMessage } = await buildConnector(factory, async () => sandbox.config);
    for (let count = 1; count <= 3000; count += 1) {
      const [first, broken, last] = await Promise.allSettled([
        sendMessage({ to, type: 'SignIn', payload }),
        sendMessage({ to, type: 'Panic', payload: { ...payload, locale: 'zh-CN' } }),
        sendMessage({ to, type: 'SignIn', payload }),
      ]);
      assert.equal(first.status, 'fulfilled', 'an earlier send was lost');
      assert.equal(last.status, 'fulfilled', 'a later send was lost');
      assert.equal(broken.status, 'rejected');
      assert.ok(broken.reason instanceof ConnectorError);
      assert.equal(broken.reason.code, ConnectorErrorCodes.General);
      assert.deepEqual(broken.reason.data, {
        errorDescription:
          '暂时无法确认短信是否已发出。请一分钟后重新获取验证码，并以最新收到的为准。',
        reason: 'trap',
      });
      assert.equal(sandbox.totals.messages, 2 * count);
      assert.equal(errors.mock.callCount(), count, 'one line for each trap');
    }
  } finally {
    errors.mock.restore();
    await sandbox.close();
  }
});

test('a trap forgets the counts of the limits, and refuses nobody', async () => {
  const sandbox = await startSandbox();
  const errors = mock.method(console, 'error', () => {});
  try {
    const config = { ...sandbox.config, limits: { perNumber: '1/1h' } };
    const { sendMessage } = await buildConnector(factory, async () => config);
    await sendMessage({ to, type: 'SignIn', payload });
    await errorOf(sendMessage({ to, type: 'SignIn', payload }));
    await errorOf(sendMessage({ to, type: 'Panic', payload }));
    await sendMessage({ to, type: 'SignIn', payload });
    await errorOf(sendMessage({ to, type: 'SignIn', payload }));
    assert.equal(sandbox.totals.messages, 2);
  } finally {
    errors.mock.restore();
    await sandbox.close();
  }
});

test('a code that is nested deeper than any stack is refused without a trap', async () => {
  /** @type {unknown[]} */
  let nested = [];
  for (let depth = 0; depth < 100_000; depth += 1) {
    nested = [nested];
  }
  const errors = mock.method(console, 'error', () => {});
  try {
    const data = { to, type: 'SignIn', payload: { code: nested } };
    const sending = sendWithStoredConfig(factory, data, sendable);
    await assert.rejects(sending, (error) => {
      assert.ok(error instanceof ConnectorError);
      assert.equal(error.code, ConnectorErrorCodes.InvalidRequestParameters);
      return true;
    });
    assert.equal(errors.mock.callCount(), 1);
  } finally {
    errors.mock.restore();
  }
});

test('a config whose getter sends a message is read without a trap', async () => {
  const errors = mock.method(console, 'error', () => {});
  try {
    // Only the config of the Console's test has getters: a stored one is JSON.
    const { sendMessage } = await buildConnector(factory, async () => ({}));
    const data = { to: '1', type: 'SignIn', payload };
    /** @type {Promise<unknown> | undefined} */
    let inner;
    const config = {
      ...sendable,
      get region() {
        // The core is entered while it reads the first config.
        inner ??= errorOf(sendMessage(data, sendable));
        return 'ap-guangzhou';
      },
    };
    const outer = errorOf(sendMessage(data, config));
    for (const error of [await outer, await inner]) {
      assert.ok(error instanceof ConnectorError);
      const { errorDescription } = /** @type {{ errorDescription: string }} */ (error.data);
      assert.match(errorDescription, /^The message's to must be /);
    }
    assert.equal(errors.mock.callCount(), 2);
  } finally {
    errors.mock.restore();
  }
});

test('a message whose getters send messages is read all the same, and is no trap', async () => {
  const sandbox = await startSandbox();
  const errors = mock.method(console, 'error', () => {});
  try {
    const { sendMessage } = await buildConnector(factory, async () => sandbox.config);
    /** @type {Promise<unknown>[]} */
    const inner = [];
    /** The core is entered while it reads the message, as a whole and then field by field. */
    const enter = () => {
      if (inner.length < 4) {
        inner.push(sendMessage(data));
      }
    };
    const data = {
      get to() {
        enter();
        return to;
      },
      type: 'SignIn',
      payload: {
        get code() {
          enter();
          return '123456';
        },
        other: 1n,
      },
    };
    await sendMessage(data);
    await Promise.all(inner);
    assert.equal(inner.length, 4);
    assert.equal(sandbox.totals.messages, 5);
    assert.equal(errors.mock.callCount(), 0);
  } finally {
    errors.mock.restore();
    await sandbox.close();
  }
});

/**
 * @param {Promise<unknown>} sending
 * @returns {Promise<unknown>}
 */
const errorOf = (sending) =>
  sending.then(
    () => assert.fail('the send succeeded'),
    (error) => error,
  );
