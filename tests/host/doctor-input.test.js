/**
 * The sources of the doctor's config: a file, standard input, what a running Logto answers, and the
 * key from the environment.
 */

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import { ourFactory } from './support/connectors.js';
import {
  dotted,
  examine,
  fileOf,
  folder,
  reportOf,
  run,
  secret,
  withSandbox,
} from './support/doctor-command.js';

describe('where the config comes from', { concurrency: 2 }, () => {
  /** A connector in the answer of Logto's GET /api/connectors. @param {string} connectorId @param {object} config */
  const record = (connectorId, config) => ({
    ...ourFactory.metadata,
    type: 'Sms',
    id: 'k2v7p0q4c1x9',
    connectorId,
    config,
    syncProfile: false,
    metadata: { target: 'tencent-sms' },
    isDemo: false,
    extraInfo: {},
    usage: 12,
  });
  const email = {
    ...record('simple-mail-transfer-protocol', { host: 'mail.example.com', auth: { pass: 'x' } }),
    type: 'Email',
  };

  /** @type {Record<string, (config: object) => unknown>} */
  const shapes = {
    'a list of connectors': (config) => [email, record('tencent-cloud-sms', config)],
    'a list with the official connector': (config) => [
      email,
      record('tencent-short-message-service', config),
    ],
    'a list with both, of which ours counts': (config) => [
      record('tencent-short-message-service', { accessKeyId: 'other' }),
      record('tencent-cloud-sms', config),
    ],
    'one connector': (config) => record('tencent-cloud-sms', config),
    'a list that a tool wrapped': (config) => ({
      data: [email, record('tencent-cloud-sms', config)],
    }),
    'the config': (config) => config,
  };
  for (const [name, shape] of Object.entries(shapes)) {
    test(`${name}, from a file and from standard input`, () =>
      withSandbox({}, async ({ config }) => {
        const content = JSON.stringify(shape(config), null, 2);
        const fromFile = await run(['doctor', await fileOf(content)]);
        assert.equal(fromFile.status, 0, fromFile.stdout + fromFile.stderr);
        const fromInput = await run(['doctor', '-'], { input: `\ufeff${content}\n` });
        assert.deepEqual(fromInput, fromFile);
      }));
  }

  test('a file with a byte order mark', () =>
    withSandbox({}, async ({ config }) => {
      const { status } = await run(['doctor', await fileOf(`\ufeff${JSON.stringify(config)}`)]);
      assert.equal(status, 0);
    }));

  /** The text of each wrong file, and the message about it. @type {Record<string, [string, RegExp]>} */
  const unreadable = {
    'no JSON': [
      `{\n  "accessKeyId": "${defaultAccount.secretId}",\n  "accessKeySecret": ${defaultAccount.secretKey}\n}`,
      /is not JSON: look at line 3$/m,
    ],
    'half a file': [
      `{"accessKeySecret": "${defaultAccount.secretKey}`,
      /is not JSON: look at line 1$/m,
    ],
    nothing: ['', /is empty$/m],
    'white space': [' \n\n\n', /is empty$/m],
    'a list without the connector': [
      JSON.stringify([email]),
      /list without a connector whose connectorId is tencent-cloud-sms or tencent-short/,
    ],
    'an empty list': ['[]', /list without a connector/],
    'another connector': [
      JSON.stringify(email),
      /is a record of another connector \(simple-mail-transfer-protocol\)$/m,
    ],
    'a connector without its config': [
      JSON.stringify({ id: 'k2v7', connectorId: 'tencent-cloud-sms' }),
      /is a connector's record without its config$/m,
    ],
    "another connector's config": [
      JSON.stringify({ accountSID: 'AC0', authToken: '0', templates: [] }),
      /has none of the keys accessKeyId, .*another connector$/m,
    ],
    "an error of Logto's": [
      '{ "code": "auth.unauthorized", "message": "Unauthorized." }',
      /is an error from Logto: check that the token is right/,
    ],
    'a text': [JSON.stringify(defaultAccount.secretKey), /neither a config nor/],
    'a connector whose config is a text': [
      JSON.stringify({ config: defaultAccount.secretKey }),
      /has a config that is not an object/,
    ],
  };
  for (const [name, [content, expected]] of Object.entries(unreadable)) {
    test(`${name} is not understood`, async () => {
      const { status, stdout, stderr } = await run(['doctor', await fileOf(content), '--json']);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
      assert.equal(stderr.split('\n').length, 2, 'one line');
    });
  }

  /** @type {Record<string, [Buffer, RegExp]>} */
  const encoded = {
    GBK: [
      Buffer.from('{ "signName": "\xcc\xda\xd1\xb6" }', 'latin1'),
      /is neither UTF-8 nor UTF-16/,
    ],
    'half a UTF-16 unit': [Buffer.from('\xff\xfe{\0}', 'latin1'), /is neither UTF-8 nor UTF-16/],
  };
  for (const [name, [content, expected]] of Object.entries(encoded)) {
    test(`${name} is named as the problem, with how to save the file`, async () => {
      const { status, stderr } = await run(['doctor', await fileOf(content)]);
      assert.equal(status, 2);
      assert.match(stderr, expected);
      assert.match(stderr, /Save as.*Set-Content -Encoding utf8/);
    });
  }

  test('a file that PowerShell 5 wrote with > is read', () =>
    withSandbox({}, async ({ config }) => {
      const content = Buffer.from(`\ufeff${JSON.stringify(config)}\r\n`, 'utf16le');
      const { status, stdout } = await run(['doctor', await fileOf(content), '--json']);
      assert.equal(status, 0, stdout);
      const fromInput = await run(['doctor', '-', '--json'], { input: content });
      assert.equal(fromInput.stdout, stdout);
    }));

  test('the line is where the mistake is', async () => {
    const { stderr } = await run(['doctor', '-'], { input: '{\n  "a": 1,\n  "b": x\n}' });
    assert.match(stderr, /^doctor: Standard input is not JSON: look at line 3\n$/);
  });

  test('a file that is not there, or is a folder', async () => {
    const missing = await run(['doctor', join(folder, 'missing.json')]);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /missing\.json cannot be read: ENOENT/);
    const directory = await run(['doctor', folder]);
    assert.equal(directory.status, 2);
    assert.match(directory.stderr, /cannot be read: EISDIR/);
  });

  test('the report on a connector that was just added names what its config lacks', async () => {
    const { status, stdout } = await examine(record('tencent-cloud-sms', {}), '--json');
    assert.equal(status, 1);
    const paths = reportOf({ stdout }).findings.map(({ path }) => dotted(path));
    assert.ok(paths.includes('accessKeyId') && paths.includes('templates'), `${paths}`);
  });
});

describe('a key from the environment', { concurrency: 2 }, () => {
  const { secretId, secretKey } = defaultAccount;
  const key = { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
  const otherKey = {
    TENCENTCLOUD_SECRET_ID: secret('AKIDENVIRONMENT000000000000000000000'),
    TENCENTCLOUD_SECRET_KEY: secret('ENVIRONMENT0not0a0real0key000000'),
    TENCENTCLOUD_TOKEN: secret('environment-token'),
  };

  /** @param {object} config @param {Record<string, string>} env */
  const examineIn = (config, env) =>
    run(['doctor', '-', '--json'], { input: JSON.stringify(config), env });

  test('serves a config without one', () =>
    withSandbox({}, async ({ config: { accessKeyId, accessKeySecret, ...config } }) => {
      const { status, stdout } = await examineIn(config, key);
      assert.equal(status, 0, stdout);
      for (const nothing of ['', ' ', null]) {
        const empty = { ...config, accessKeyId: nothing, accessKeySecret: nothing };
        assert.equal((await examineIn(empty, key)).status, 0, String(nothing));
      }
    }));

  test('brings its token', () =>
    withSandbox(
      { account: { ...defaultAccount, securityToken: secret('sts-token-of-the-environment') } },
      async ({ config: { accessKeyId, accessKeySecret, securityToken, ...config } }) => {
        const token = { TENCENTCLOUD_TOKEN: 'sts-token-of-the-environment' };
        assert.equal((await examineIn(config, { ...key, ...token })).status, 0);
        assert.equal((await examineIn(config, key)).status, 1);
      },
    ));

  test('does not take the place of one in the config', () =>
    withSandbox({}, async ({ config, requests }) => {
      assert.equal((await examineIn(config, otherKey)).status, 0);
      assert.ok(requests.every(({ headers }) => headers['x-tc-token'] === undefined));
    }));

  test('does not make a half key whole', () =>
    withSandbox({}, async ({ config: { accessKeySecret, ...config } }) => {
      const { status, stdout } = await examineIn(config, otherKey);
      assert.equal(status, 1);
      assert.deepEqual(
        reportOf({ stdout }).findings.map(({ path }) => dotted(path)),
        ['accessKeySecret'],
      );
    }));
});
