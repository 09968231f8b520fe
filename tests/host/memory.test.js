/**
 * Keys, numbers and codes in the core's memory. The core keeps the config of the last message. After a
 * message with another config, nothing of the first one may be left.
 */

import { strict as assert } from 'node:assert';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { ourFactory, ours } from './support/connectors.js';

const secretKey = 'CanarySecretCanarySecretCanary02';
const sandbox = await startSandbox({ account: { ...defaultAccount, secretKey } });
after(() => sandbox.close());
const { send } = await ours(undefined);
// `initSync` returns the instance that exists already.
const { memory } = (await import(join(ourFactory.path, 'lib/wasm/core.js'))).initSync();

const data = { to: '8613912345678', type: 'SignIn', payload: { code: '907315' } };

/** Returns the secrets of the message, and the keys that TC3 derives, with the pads of HMAC's two rounds. */
function secrets() {
  const hmac = (/** @type {string | Buffer} */ key, /** @type {string} */ text) =>
    createHmac('sha256', key).update(text).digest();
  const date = new Date().toISOString().slice(0, 10);
  const secretDate = hmac(`TC3${secretKey}`, date);
  const secretService = hmac(secretDate, 'sms');
  const secretSigning = hmac(secretService, 'tc3_request');
  const inputs = [Buffer.from(`TC3${secretKey}`), secretDate, secretService, secretSigning];
  return {
    'the SecretKey': Buffer.from(secretKey),
    'half of the SecretKey': Buffer.from(secretKey.slice(0, 16)),
    SecretDate: secretDate,
    SecretService: secretService,
    SecretSigning: secretSigning,
    'the number': Buffer.from('13912345678'),
    'the code': Buffer.from('907315'),
    ...Object.fromEntries(
      inputs.flatMap((key, index) =>
        [0x36, 0x5c].map((pad) => [`key ${index} with ${pad}`, key.map((byte) => byte ^ pad)]),
      ),
    ),
  };
}

/** Sends another tenant's message. Tencent refuses it, which does not matter here. */
const sendWithAnotherKey = () => {
  const anotherData = { to: '8613800138000', type: 'SignIn', payload: { code: '000000' } };
  const anotherConfig = { ...sandbox.config, accessKeySecret: 'AnotherKeyOfAnotherTenant0000000' };
  return assert.rejects(send(anotherData, anotherConfig));
};

/** @type {Record<string, () => Promise<unknown>>} */
const occasions = {
  'a message that was sent': () => send(data, sandbox.config),
  'a key with white space around it': () =>
    send(data, { ...sandbox.config, accessKeySecret: `\n ${secretKey} ` }),
  'a key behind text that is not ASCII': () =>
    send(data, { comment: '腾讯云'.repeat(99), ...sandbox.config }),
  'a key of the overseas account': () => {
    const { accessKeyId, accessKeySecret } = sandbox.config;
    const overseas = { accessKeyId, accessKeySecret };
    return send(data, { ...sandbox.config, overseas });
  },
  'a message that was refused': async () => {
    sandbox.setFault('error:AuthFailure.SecretIdNotFound');
    await assert.rejects(send(data, sandbox.config));
    sandbox.setFault(undefined);
  },
  'a config that is not valid': () =>
    assert.rejects(send(data, { ...sandbox.config, sdkAppId: [], templates: 7 })),
  'a config that was only checked': async () => {
    ourFactory.configGuard.safeParse(sandbox.config);
  },
};

for (const [name, occasion] of Object.entries(occasions)) {
  test(`nothing is left after ${name} and a message with another config`, async () => {
    const errors = mock.method(console, 'error', () => {});
    for (let count = 0; count < 20; count += 1) {
      await occasion();
    }
    await sendWithAnotherKey();
    errors.mock.restore();
    const left = Buffer.from(memory.buffer);
    assert.ok(
      left.includes('No template serves numbers of this side'),
      'this is not the memory of the core',
    );
    for (const [what, bytes] of Object.entries(secrets())) {
      assert.ok(!left.includes(bytes), `${what} is left`);
    }
  });
}

test('the core keeps only the config of the last send', async () => {
  await send(data, sandbox.config);
  const holds = (/** @type {string} */ text) => Buffer.from(memory.buffer).includes(text);
  assert.ok(holds(secretKey));
  ourFactory.configGuard.safeParse({
    ...sandbox.config,
    accessKeySecret: 'OnlyCheckedOnlyCheckedOnlyCheck1',
  });
  assert.ok(!holds('OnlyCheckedOnlyCheckedOnlyCheck1'));
});
