/** The limits on messages, through Logto's loader. The counts are the process's, so each test has other limits. */

import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import { mock, test } from 'node:test';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { close, listen } from '../../sandbox/http/listen.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';

const to = '8613800138000';

/**
 * @param {object} [changes]
 * @returns {object}
 */
const data = (changes) => ({ to, type: 'SignIn', payload: { code: '123456' }, ...changes });

/**
 * Sends messages at the same time, and returns the outcome of each: `sent` or the code of the error.
 *
 * @param {Record<string, unknown>} config with the endpoint
 * @param {object[]} messages
 */
async function outcomes(config, messages) {
  const { send } = await ours(undefined);
  return Promise.all(
    messages.map((message) =>
      send(message, config).then(
        () => 'sent',
        (error) => {
          assert.ok(error instanceof ConnectorError);
          return error.code;
        },
      ),
    ),
  );
}

/** @param {string[]} all */
const sent = (all) => all.filter((outcome) => outcome === 'sent').length;

test('of 1,000 sends at once against 20 an hour, 20 leave', () =>
  withSandbox({}, async (sandbox) => {
    const config = { ...sandbox.config, limits: { perNumber: '20/1h' }, timeoutSeconds: 60 };
    const console = captureConsole();
    try {
      const all = await outcomes(config, Array(1000).fill(data()));
      assert.equal(sent(all), 20);
      assert.equal(sandbox.totals.messages, 20);
      assert.deepEqual(new Set(all), new Set(['sent', ConnectorErrorCodes.RateLimitExceeded]));
    } finally {
      console.restore();
    }
    assert.equal(console.lines(), 980);
    assert.match(console.text(), /limits\.perNumber/);
    assert.doesNotMatch(console.text(), /138001|123456/);
  }));

test('an error of a limit tells whoever asked for the message nothing about the limit', () =>
  withSandbox({}, async (sandbox) => {
    const { send } = await ours(undefined);
    const config = { ...sandbox.config, limits: { total: '1/2h' } };
    const console = captureConsole();
    try {
      await send(data(), config);
      await assert.rejects(send(data(), config), (error) => {
        assert.ok(error instanceof ConnectorError);
        assert.doesNotMatch(JSON.stringify(error), /limits|total|138001/);
        return true;
      });
    } finally {
      console.restore();
    }
  }));

test('the mode monitor sends everything, and prints one line', () =>
  withSandbox({}, async (sandbox) => {
    const limits = { perNumber: '2/1h', mode: 'monitor' };
    const config = { ...sandbox.config, allowedCallingCodes: '86', limits };
    const console = captureConsole();
    try {
      const abroad = data({ to: '85291234567' });
      const all = await outcomes(config, [...Array(20).fill(data()), ...Array(5).fill(abroad)]);
      assert.equal(sent(all), 25);
    } finally {
      console.restore();
    }
    assert.equal(console.lines(), 1);
    assert.match(console.text(), /monitor/);
    assert.doesNotMatch(console.text(), /138001|912345/);
  }));

test('a message that was certainly not sent gives its place back, and any other does not', () =>
  withSandbox({}, async (sandbox) => {
    const limits = { perNumber: '2/3h', total: '999/1h' };
    const nobody = createServer();
    const { url: endpoint } = await listen(nobody);
    await close(nobody);
    const console = captureConsole();
    try {
      // Each of these is tried several times.
      const config = { ...sandbox.config, limits, timeoutSeconds: 60 };
      const refused = await outcomes({ ...config, endpoint }, [data(), data()]);
      assert.deepEqual(refused, ['general', 'general']);
      sandbox.setFault('reset-before', { times: 1 });
      assert.deepEqual(await outcomes(config, [data()]), ['general']);
      const all = await outcomes(config, [data(), data()]);
      assert.deepEqual(all.sort(), [ConnectorErrorCodes.RateLimitExceeded, 'sent']);
    } finally {
      console.restore();
    }
  }));

test('all forms of an address are one, and whatever is no address is not limited', () =>
  withSandbox({}, async (sandbox) => {
    const config = { ...sandbox.config, limits: { perIp: '1/1h' } };
    const console = captureConsole();
    try {
      for (const [ips, expected] of /** @type {const} */ ([
        [['203.0.113.7', '::ffff:203.0.113.7', '203.0.113.7:50000'], 1],
        [['2001:db8:1:2::1', '2001:db8:1:2:ffff::1', '2001:db8:1:3::1'], 2],
        [[undefined, null, 'unknown', '', 7, { ip: '203.0.113.7' }, undefined], 7],
      ])) {
        const messages = ips.map((ip) => data({ ip }));
        assert.equal(sent(await outcomes(config, messages)), expected, String(ips[0]));
      }
      // The rest of a message need not have a JSON form.
      const strange = data({ ip: '198.51.100.1', payload: { code: '123456', other: 1n } });
      assert.equal(sent(await outcomes(config, [strange, strange])), 1);
    } finally {
      console.restore();
    }
  }));

test('the operator reads that nearly all messages come from one address', () =>
  withSandbox({}, async (sandbox) => {
    const limits = { perIp: '500/1h' };
    const console = captureConsole();
    // The last test's line is more than a minute old.
    const { now } = Date;
    const clock = mock.method(Date, 'now', () => now() + 61_000);
    try {
      const messages = Array.from({ length: 120 }, (_, index) =>
        data({ ip: '10.0.0.1', to: `8613800139${String(index).padStart(3, '0')}` }),
      );
      assert.equal(sent(await outcomes({ ...sandbox.config, limits }, messages)), 120);
    } finally {
      clock.mock.restore();
      console.restore();
    }
    assert.equal(console.text().match(/TRUST_PROXY_HEADER/g)?.length, 1);
    assert.doesNotMatch(console.text(), /10\.0\.0\.1|138001/);
  }));
