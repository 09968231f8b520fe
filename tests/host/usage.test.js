/**
 * `getUsage`, as Logto calls it whenever somebody lists the connectors: right, quick, quiet, and seldom
 * a request.
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
 * The connector with a stored config. Logto builds it anew for every list.
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

test('the count is that of the messages Tencent accepted', () =>
  withSandbox({}, async (sandbox) => {
    const { config } = sandbox;
    await sendTo(config, '8613812345670', '8613812345671', '85291234567');
    // Refused for its template, which counts as asked for and not as accepted.
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

test('nothing was sent: 0', () =>
  withSandbox({}, async ({ config }) => assert.equal(await usageOf(config), 0)));

test('without a date, the last 32 days are counted, by one question', () =>
  withSandbox({}, async (sandbox) => {
    await sendTo(sandbox.config, '8613812345670');
    const { getUsage } = await connectorOf(sandbox.config);
    assert.equal(await getUsage?.(), 1);
    assert.equal(countsAsked(sandbox), 1);
  }));

test('an account of its own for overseas is counted too', () =>
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

test('an application of its own for overseas is counted too, a shared one once', () =>
  withSandbox({}, async ({ config }) => {
    const own = { ...config, overseas: { sdkAppId: '2400006666' } };
    await sendTo(own, '8613812345670', '85291234567');
    assert.equal(await usageOf(own), 2);
    assert.equal(await usageOf({ ...config, overseas: { region: 'ap-singapore' } }), 1);
  }));

test('a connector of more than a year is counted in full', () =>
  withSandbox({}, async (sandbox) => {
    await sendTo(sandbox.config, '8613812345670');
    const since = new Date(Date.now() - 400 * 24 * HOUR);
    assert.equal(await usageOf(sandbox.config, since), 1);
    // 400 days are 12.5 spans of 32 days.
    assert.equal(countsAsked(sandbox), 13);
    assert.ok(sandbox.requests.every(({ outcome }) => outcome === 'Ok'));
  }));

test('Tencent is asked once a minute, however many lists there are', () =>
  withSandbox({}, async (sandbox) => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    try {
      const since = new Date(Date.now() - HOUR);
      await sendTo(sandbox.config, '8613812345670');
      // Those that come while it is asked, and those that come after.
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

test('another config, or another date, is another count', () =>
  withSandbox({}, async (sandbox) => {
    const { config } = sandbox;
    const since = new Date(Date.now() - HOUR);
    await sendTo(config, '8613812345670');
    assert.equal(await usageOf(config, since), 1);
    assert.equal(await usageOf({ ...config, sdkAppId: '2400006666' }, since), 0);
    await usageOf(config, new Date(since.getTime() - HOUR));
    assert.equal(countsAsked(sandbox), 3);
  }));

/** The same for each count, as the date of a connector is. */
const anHourAgo = new Date(Date.now() - HOUR);

/**
 * Ends in time with an error that holds no secret, and without a word on the console.
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
    // The deadline is 2.5 s (tests/core/usage.rs); a busy machine is later, the limit of a send later still.
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
  test(`Tencent fails (${fault}): quietly, and it is not asked again within the minute`, () =>
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
  test(`Tencent does not come to an end (${fault}): the count does, before Logto gives up`, () =>
    withSandbox({}, async (sandbox) => {
      sandbox.setFault(fault);
      await failsQuietly(sandbox.config);
    }));
}

test('nothing listens: quietly', async () => {
  const sandbox = await startSandbox();
  await sandbox.close();
  await failsQuietly(sandbox.config);
});

test('a key that Tencent does not take: quietly', () =>
  withSandbox({ account: { ...defaultAccount, secretKey: 'AnotherKey' } }, async ({ url }) => {
    const { secretKey: accessKeySecret } = defaultAccount;
    await withSandbox({}, ({ config }) =>
      failsQuietly({ ...config, endpoint: url, accessKeySecret }),
    );
  }));

for (const [name, changes] of Object.entries({
  'no key': { accessKeyId: undefined, securityToken: 'a-token-of-some-kind' },
  'a region that is none': { region: 'a-token-of-some-kind' },
  'no templates': { templates: [] },
})) {
  test(`a config that is not valid (${name}): quietly, and nothing is asked`, () =>
    withSandbox({}, async (sandbox) => {
      await failsQuietly({ ...sandbox.config, ...changes });
      assert.equal(sandbox.totals.requests, 0);
    }));
}

test('a config that is none: quietly', async () => {
  for (const config of [undefined, null, {}, [], 'AKID']) {
    await failsQuietly(config);
  }
});

test('the clock that a send corrected is right for counting too', async () => {
  try {
    await withSandbox({ now: () => Date.now() + 10 * 60_000 }, async ({ config }) => {
      await sendTo(config, '8613812345670');
      assert.equal(await usageOf(config), 1);
    });
  } finally {
    // Other tests have the right time again.
    await withSandbox({}, ({ config }) => sendTo(config, '8613812345670'));
  }
});
