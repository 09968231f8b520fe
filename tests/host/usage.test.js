/**
 * `getUsage`, which Logto calls for every list of the connectors: it is correct, fast and quiet, and makes
 * few requests.
 */

import { strict as assert } from 'node:assert';
import { mock, test } from 'node:test';
import { inspect } from 'node:util';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { ourFactory } from './support/connectors.js';
import { captureConsole } from './support/console.js';
import { buildConnector } from './support/logto-instance.js';

const HOUR = 60 * 60 * 1000;

/** @typedef {import('../../sandbox/server.js').Sandbox} Sandbox */

/**
 * Builds the connector with a stored config. Logto builds it anew for every list.
 *
 * @param {unknown} config
 */
async function connectorOf(config) {
  const connector = await buildConnector(ourFactory, async () => config);
  assert.ok(connector.getUsage);
  return connector;
}

/** @param {unknown} config @param {Date} [since] */
async function usageOf(config, since = new Date(Date.now() - HOUR)) {
  const { getUsage } = await connectorOf(config);
  return /** @type {(since?: Date) => Promise<number>} */ (getUsage)(since);
}

/** @param {unknown} config @param {string[]} numbers */
async function sendTo(config, ...numbers) {
  const { sendMessage } = await connectorOf(config);
  for (const to of numbers) {
    await sendMessage({ to, type: 'SignIn', payload: { code: '123456' } });
  }
}

/** @param {Sandbox} sandbox */
const countsAsked = ({ requests }) =>
  requests.filter(({ action }) => action === 'SendStatusStatistics').length;

test('the count is the number of messages that Tencent accepted', () =>
  withSandbox({}, async (sandbox) => {
    const { config } = sandbox;
    await sendTo(config, '8613812345670', '8613812345671', '85291234567');
    // Tencent refuses this message because of its template, so it is not counted.
    const refused = { ...config, templates: [{ usageType: 'Generic', templateCode: '1100007' }] };
    const silent = captureConsole();
    await sendTo(refused, '8613812345672')
      .then(
        () => assert.fail('the send succeeded'),
        () => {},
      )
      .finally(silent.restore);
    assert.equal(await usageOf(config), 3);
  }));

test('the count is 0 if nothing was sent', () =>
  withSandbox({}, async ({ config }) => assert.equal(await usageOf(config), 0)));

test('without a date, one request counts the last 32 days', () =>
  withSandbox({}, async (sandbox) => {
    await sendTo(sandbox.config, '8613812345670');
    const { getUsage } = await connectorOf(sandbox.config);
    assert.equal(await getUsage?.(), 1);
    assert.equal(countsAsked(sandbox), 1);
  }));

test('a separate account for overseas is counted too', () =>
  withSandbox({}, (mainland) =>
    withSandbox(
      {
        account: {
          ...defaultAccount,
          secretId: 'AKIDOVERSEAS000000000000000000000000',
          secretKey: 'OVERSEAS0not0a0real0key000000000',
          smsSdkAppIds: ['2400007777'],
        },
      },
      async (overseas) => {
        const { accessKeyId, accessKeySecret, endpoint } = overseas.config;
        const config = {
          ...mainland.config,
          overseas: { accessKeyId, accessKeySecret, endpoint, sdkAppId: '2400007777' },
        };
        await sendTo(config, '8613812345670', '85291234567', '85291234568');
        assert.equal(mainland.messages.length, 1);
        assert.equal(overseas.messages.length, 2);
        assert.equal(await usageOf(config), 3);
        assert.equal(countsAsked(mainland), 1);
        assert.equal(countsAsked(overseas), 1);
      },
    ),
  ));

test('a separate application for overseas is counted too, and a shared one only once', () =>
  withSandbox({}, async ({ config }) => {
    const own = { ...config, overseas: { sdkAppId: '2400006666' } };
    await sendTo(own, '8613812345670', '85291234567');
    assert.equal(await usageOf(own), 2);
    assert.equal(await usageOf({ ...config, overseas: { region: 'ap-singapore' } }), 1);
  }));

test('a connector that is older than a year is counted completely', () =>
  withSandbox({}, async (sandbox) => {
    await sendTo(sandbox.config, '8613812345670');
    const since = new Date(Date.now() - 400 * 24 * HOUR);
    assert.equal(await usageOf(sandbox.config, since), 1);
    // 400 days are 12.5 spans of 32 days.
    assert.equal(countsAsked(sandbox), 13);
    assert.ok(sandbox.requests.every(({ outcome }) => outcome === 'Ok'));
  }));

test('Tencent gets one request a minute, however many lists there are', () =>
  withSandbox({}, async (sandbox) => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    try {
      const since = new Date(Date.now() - HOUR);
      await sendTo(sandbox.config, '8613812345670');
      // Lists during the request, and lists after it.
      const lists = () => usageOf(structuredClone(sandbox.config), new Date(since));
      assert.deepEqual(await Promise.all([lists(), lists(), lists()]), [1, 1, 1]);
      await sendTo(sandbox.config, '8613812345671');
      mock.timers.tick(59_000);
      assert.equal(await lists(), 1);
      assert.equal(countsAsked(sandbox), 1);

      mock.timers.tick(1_000);
      assert.equal(await lists(), 2);
      assert.equal(countsAsked(sandbox), 2);
    } finally {
      mock.timers.reset();
    }
  }));

test('another config or another date is counted anew', () =>
  withSandbox({}, async (sandbox) => {
    const { config } = sandbox;
    const since = new Date(Date.now() - HOUR);
    await sendTo(config, '8613812345670');
    assert.equal(await usageOf(config, since), 1);
    assert.equal(await usageOf({ ...config, sdkAppId: '2400006666' }, since), 0);
    await usageOf(config, new Date(since.getTime() - HOUR));
    assert.equal(countsAsked(sandbox), 3);
  }));

/** The date of the connector, which is the same for each count. */
const anHourAgo = new Date(Date.now() - HOUR);

/**
 * Asserts that a count ends in time, with an error without secrets and an empty console.
 *
 * @param {unknown} config
 */
async function failsQuietly(config) {
  const console = captureConsole();
  const begin = performance.now();
  try {
    const error = await usageOf(config, anHourAgo).then(
      (count) => assert.fail(`it counted ${count}`),
      (error) => error,
    );
    const elapsed = performance.now() - begin;
    assert.ok(!(error instanceof assert.AssertionError), error.message);
    assert.ok(error instanceof Error);
    // The deadline is 2.5 s (tests/core/usage.rs). A busy machine may be later, but the limit of a send is
    // still later.
    assert.ok(elapsed < 5000, `it took ${Math.round(elapsed)} ms`);
    const seen = `${inspect(error, { depth: 9, showHidden: true })} ${error.stack}`;
    const { secretId, secretKey } = defaultAccount;
    for (const secret of [secretId, secretKey, 'TC3-HMAC-SHA256', 'a-token-of-some-kind']) {
      assert.ok(!seen.includes(secret), 'a secret is visible');
    }
    assert.equal(console.text(), '');
  } finally {
    console.restore();
  }
}

for (const fault of [
  'error:InternalError',
  'error:RequestLimitExceeded',
  'echo-message',
  'html-502',
  'reset-before',
  'json-no-response',
  'redirect-307',
]) {
  test(`a failure of Tencent (${fault}) is quiet, and there is no other request within the minute`, () =>
    withSandbox({}, async (sandbox) => {
      sandbox.setFault(fault);
      const { config } = sandbox;
      await failsQuietly(config);
      const { requests } = sandbox.totals;
      assert.ok(requests >= 1);
      sandbox.setFault();
      await failsQuietly(config);
      assert.equal(sandbox.totals.requests, requests);
      assert.equal(sandbox.redirected.length, 0);
    }));
}

for (const fault of ['hang', 'hang-mid-answer', 'trickle']) {
  test(`a count ends before Logto gives up, even if Tencent's answer does not end (${fault})`, () =>
    withSandbox({}, async (sandbox) => {
      sandbox.setFault(fault);
      await failsQuietly(sandbox.config);
    }));
}

test('a count fails quietly if nothing listens', async () => {
  const sandbox = await startSandbox();
  await sandbox.close();
  await failsQuietly(sandbox.config);
});

test('a count fails quietly if Tencent refuses the key', () =>
  withSandbox({ account: { ...defaultAccount, secretKey: 'AnotherKey' } }, async ({ url }) => {
    const { secretKey: accessKeySecret } = defaultAccount;
    await withSandbox({}, ({ config }) =>
      failsQuietly({ ...config, endpoint: url, accessKeySecret }),
    );
  }));

for (const [name, changes] of Object.entries({
  'no key': { accessKeyId: undefined, securityToken: 'a-token-of-some-kind' },
  'an invalid region': { region: 'a-token-of-some-kind' },
  'no templates': { templates: [] },
})) {
  test(`an invalid config (${name}) fails quietly, without a request`, () =>
    withSandbox({}, async (sandbox) => {
      await failsQuietly({ ...sandbox.config, ...changes });
      assert.equal(sandbox.totals.requests, 0);
    }));
}

test('a value that is not a config fails quietly', async () => {
  for (const config of [undefined, null, {}, [], 'AKID']) {
    await failsQuietly(config);
  }
});

test('a count uses the clock that a send corrected', async () => {
  try {
    await withSandbox({ now: () => Date.now() + 10 * 60_000 }, async ({ config }) => {
      await sendTo(config, '8613812345670');
      assert.equal(await usageOf(config), 1);
    });
  } finally {
    // Restores the right time for other tests.
    await withSandbox({}, ({ config }) => sendTo(config, '8613812345670'));
  }
});
