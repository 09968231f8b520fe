/**
 * From the sandbox's page to the code. The config is copied from the page and pasted into the connector,
 * and the message is read back through the sandbox's JSON API. The end-to-end test of an application that
 * uses Logto works in the same way.
 */

import { strict as assert } from 'node:assert';
import { after, test } from 'node:test';
import { startSandbox } from '../../sandbox/server.js';
import { configOn } from '../shared/help-page.js';
import { ourFactory } from './support/connectors.js';
import { buildConnector } from './support/logto-instance.js';

const sandbox = await startSandbox();
after(() => sandbox.close());

/** @param {string} path */
async function get(path) {
  const response = await fetch(`${sandbox.url}${path}`);
  assert.equal(response.status, 200, path);
  return response;
}

/** The config that a person copies from the help page. */
const configOnPage = async () => configOn(await (await get('/help')).text());

/**
 * Makes a connector with a config that the guard accepted, as Logto stores it.
 *
 * @param {string} text
 */
async function connectorWith(text) {
  const pasted = JSON.parse(text);
  const connector = await buildConnector(ourFactory, async () => structuredClone(stored));
  const stored = connector.configGuard.parse(pasted);
  return connector.sendMessage;
}

test('the page shows the config that the JSON API gives', async () => {
  assert.deepEqual(JSON.parse(await configOnPage()), await (await get('/api/config')).json());
});

const usageTypes = ['SignIn', 'Register', 'ForgotPassword', 'Generic', 'MfaVerification'];
const numbers = { mainland: '8613812345678', overseas: '85291234567' };

for (const [side, to] of Object.entries(numbers)) {
  for (const [index, type] of usageTypes.entries()) {
    test(`a code for ${type} to a number (${side}) is read back`, async () => {
      const send = await connectorWith(await configOnPage());
      const code = String(284_913 + index);
      const since = new Date().toISOString();
      const [, message] = await Promise.all([
        send({ to, type, payload: { code, locale: 'en', uiLocales: 'en' } }),
        // This request waits for the message.
        get(`/api/messages/latest?to=%2B${to}&since=${since}&wait=10`).then((got) => got.json()),
      ]);
      assert.equal(message.code, code);
      assert.equal(message.to, `+${to}`);
      assert.equal(message.side, side);
      assert.equal(message.text.split(code).length, 2, 'the code is in the text once');
      assert.equal(message.text.startsWith('【腾讯云示例】'), side === 'mainland');
    });
  }
}

test('the newest code to each number is found', async () => {
  const send = await connectorWith(JSON.stringify(await (await get('/api/config')).json()));
  for (const [to, code] of [
    ['8613812345670', '100001'],
    ['85291234560', '100002'],
    ['8613812345670', '100003'],
    ['8613812345679', '100004'],
  ]) {
    await send({ to, type: 'SignIn', payload: { code } });
  }
  const latest = async (/** @type {string} */ to) =>
    (await (await get(`/api/messages/latest?to=${to}`)).json()).code;
  assert.equal(await latest('8613812345670'), '100003');
  assert.equal(await latest('85291234560'), '100002');
});

test('a number without messages is not found', async () => {
  const response = await fetch(`${sandbox.url}/api/messages/latest?to=%2B8613812340000`);
  assert.equal(response.status, 404);
});
