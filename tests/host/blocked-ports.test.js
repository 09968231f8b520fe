/** The ports of loopback endpoints: the connector refuses exactly the ports that `fetch` itself refuses. */

import { strict as assert } from 'node:assert';
import { mock, test } from 'node:test';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { ZodError } from 'zod';
import { officialConfig as good, ourFactory } from './support/connectors.js';
import { core } from './support/core.js';
import { buildConnector } from './support/logto-instance.js';

/** The error of the stand-in for the network, so that nothing connects. */
class TakenOn extends Error {}
const dispatcher = {
  dispatch() {
    throw new TakenOn();
  },
};

/** @param {string} url */
async function isBlockedByFetch(url) {
  try {
    // Node passes the option to undici, which checks the port before it calls the dispatcher.
    await fetch(url, /** @type {RequestInit} */ ({ dispatcher }));
  } catch (error) {
    const { cause } = /** @type {Error} */ (error);
    assert.ok(cause instanceof Error);
    assert.ok(cause instanceof TakenOn || cause.message === 'bad port', String(cause));
    return !(cause instanceof TakenOn);
  }
  assert.fail('the stand-in let the request through');
}

/** @param {string} endpoint */
const isRefused = (endpoint) => core.validateConfig({ ...good, endpoint }, []).outcome.length > 0;

test('every port of http is judged as fetch judges it', async () => {
  let blocked = 0;
  for (let port = 1; port <= 65_535; port += 1) {
    const url = `http://127.0.0.1:${port}`;
    const isBlocked = await isBlockedByFetch(url);
    assert.equal(isRefused(url), isBlocked, url);
    blocked += Number(isBlocked);
  }
  assert.ok(blocked > 80, `${blocked}`);
});

test('the same holds for https and for other names of loopback', async () => {
  for (const port of [1, 22, 80, 443, 4180, 6666, 6667, 6670, 10_080, 65_535]) {
    for (const host of ['https://127.0.0.1', 'http://[::1]', 'https://localhost']) {
      const url = `${host}:${port}`;
      assert.equal(isRefused(url), await isBlockedByFetch(url), url);
    }
  }
});

/** @type {Record<string, Record<string, unknown>>} by the path of the endpoint */
const configs = {
  endpoint: { ...good, endpoint: 'http://127.0.0.1:6666' },
  'overseas.endpoint': { ...good, overseas: { endpoint: 'http://127.0.0.1:6666' } },
};

for (const [path, config] of Object.entries(configs)) {
  test(`a blocked port is refused at save and at send, with the reason: ${path}`, async () => {
    /** @param {unknown} error */
    const assertNamed = (error) => {
      assert.ok(error instanceof ZodError);
      assert.deepEqual(
        error.issues.map((issue) => issue.path.join('.')),
        [path],
      );
      assert.match(error.message, /Fetch standard blocks.*choose another, such as 4180/);
    };
    assertNamed(ourFactory.configGuard.safeParse(config).error);

    const { sendMessage } = await buildConnector(ourFactory, async () => config);
    const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
    mock.method(console, 'error', () => {});
    const fetched = mock.method(globalThis, 'fetch', () => assert.fail('the message is sent'));
    try {
      // Only the Console's test shows the issues.
      await assert.rejects(sendMessage(data, config), (error) => {
        assert.ok(error instanceof ConnectorError);
        assertNamed(error.data);
        return true;
      });
      await assert.rejects(sendMessage(data), (error) => {
        assert.ok(error instanceof ConnectorError);
        assert.equal(error.code, ConnectorErrorCodes.InvalidConfig);
        return true;
      });
      assert.equal(fetched.mock.callCount(), 0);
    } finally {
      mock.restoreAll();
    }
  });
}
