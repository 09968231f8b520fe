/** Temporary keys in Logto's loader, with Tencent's SDK as the oracle for requests and answers. */

import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, mock, test } from 'node:test';
import sdk from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/credential.js';
import { officialConfig, ourFactory, ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';
import { startKeyServices } from './support/key-services.js';
import { startVerifyingServer } from './support/verifying-server.js';

const list = '/latest/meta-data/cam/security-credentials/';
const data = { to: '8613800138000', type: 'SignIn', payload: { code: '246810' } };
const { accessKeyId: _id, accessKeySecret: _key, ...withoutKey } = officialConfig;

const server = await startVerifyingServer();
const folder = await mkdtemp(join(tmpdir(), 'pod-'));
const tokenFile = join(folder, 'token');
await writeFile(tokenFile, 'header.claims.signature');
const pod = {
  TKE_REGION: 'ap-shanghai',
  TKE_PROVIDER_ID: 'cls-provider',
  TKE_WEB_IDENTITY_TOKEN_FILE: tokenFile,
  TKE_ROLE_ARN: 'qcs::cam::uin/100012345678:roleName/SMS_Role',
};
Object.assign(process.env, pod);
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const { CvmRoleCredential, OIDCRoleArnCredential } = sdk;

/** The number of keys that were made. Each test uses a role of its own, because keys are cached. */
let made = 0;

/** Makes the next key, which Tencent accepts. */
function newKey({ lastsSeconds = 7200 } = {}) {
  made += 1;
  const secretId = `AKID${String(made).padStart(40, 't')}`;
  const key = { secretId, secretKey: `key${made}==`, token: `token${made}`.padEnd(300, 'x') };
  server.keys.set(secretId, key);
  return {
    TmpSecretId: key.secretId,
    TmpSecretKey: key.secretKey,
    Token: key.token,
    ExpiredTime: Math.floor(Date.now() / 1000) + lastsSeconds,
  };
}

/** @typedef {import('./support/key-services.js').Asked} Asked */
/** @typedef {import('node:http').ServerResponse} Response */

/** The answer of the services, which a test may replace. @type {(asked: Asked, response: Response) => void} */
let answer = healthy;

/** @type {Awaited<ReturnType<typeof startKeyServices>>} */
let services;
beforeEach(async () => {
  answer = healthy;
  services = await startKeyServices((asked, response) => answer(asked, response));
  server.answered.length = 0;
});
afterEach(() => services.close());

/**
 * @param {Asked} asked
 * @param {Response} response
 */
function healthy({ host, path }, response) {
  if (host.startsWith('sts')) {
    const { ExpiredTime, ...Credentials } = newKey();
    const Expiration = new Date(ExpiredTime * 1000).toISOString();
    json(response, { Response: { Credentials, ExpiredTime, Expiration, RequestId: 'id' } });
  } else if (path === list) {
    response.end('SMS_Role');
  } else {
    json(response, { ...newKey(), Code: 'Success' });
  }
}

/**
 * @param {Response} response
 * @param {object} body
 */
const json = (response, body) =>
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));

/**
 * @param {string} credentials
 * @param {object} [others]
 */
const send = async (credentials, others) =>
  (await ours(server.url)).send(data, { ...withoutKey, credentials, ...others });

/**
 * Sends a message that fails, and returns the line for the operator and the milliseconds that it took.
 *
 * @param {string} credentials
 * @param {object} [others]
 */
async function sendInVain(credentials, others) {
  const console = captureConsole();
  const began = performance.now();
  try {
    await assert.rejects(send(credentials, others), { code: 'general' });
    return { line: console.text(), ms: performance.now() - began };
  } finally {
    console.restore();
  }
}

/** @param {Asked} asked */
const withoutTime = ({ headers, ...asked }) => {
  const { 'x-tc-action': action, 'x-tc-version': version, 'x-tc-region': region } = headers;
  const { authorization, 'content-type': type, host } = headers;
  const { RoleSessionName: _, ...parameters } = asked.body ? JSON.parse(asked.body) : {};
  return { ...asked, host, body: parameters, action, version, region, authorization, type };
};

// This test comes first, because the key of a role is cached once there is one.
test('a role name that leads elsewhere is not requested', async () => {
  for (const name of [
    '../../user-data',
    'a?b',
    'a#b',
    'http://evil.example/',
    '..',
    '%2e%2e',
    '',
  ]) {
    services.asked.length = 0;
    answer = (_, response) => response.end(name);
    const { line } = await sendInVain('cvm-role');
    assert.deepEqual(
      services.asked.map(({ path }) => path),
      [list],
    );
    assert.ok(line.includes('does not have the documented form'), line);
  }
  // An @ is a character of role names, and no user name in a path.
  answer = (_, response) => response.end('a@evil.example');
  await sendInVain('cvm-role');
  assert.equal(services.asked.at(-1)?.path, `${list}a@evil.example`);
  assert.ok(services.connected.every((host) => host === 'metadata.tencentyun.com'));
});

test("a machine's key is requested and read as Tencent's SDK does", async () => {
  const expected = await new CvmRoleCredential().getCredential();
  const ofSdk = services.asked.splice(0).map(withoutTime);
  assert.equal(ofSdk.length, 2);
  // The same answers again, so that both read the same key.
  answer = ({ path }, response) =>
    path === list
      ? response.end('SMS_Role')
      : json(response, {
          TmpSecretId: expected.secretId,
          TmpSecretKey: expected.secretKey,
          Token: expected.token,
          ExpiredTime: Math.floor(Date.now() / 1000) + 7200,
          Code: 'Success',
        });
  await send('cvm-role');
  assert.deepEqual(services.asked.map(withoutTime), ofSdk);
  // The server verified the signature and the token with the key that the SDK read.
  assert.deepEqual(server.answered, [{ secretId: expected.secretId, code: 'Ok' }]);
});

test("a pod's key is requested and read as Tencent's SDK does", async () => {
  const expected = await new OIDCRoleArnCredential().getCredential();
  const ofSdk = services.asked.splice(0).map(withoutTime);
  const { secretId } = expected;
  answer = (_, response) => {
    const { secretKey: TmpSecretKey, token: Token } = expected;
    const Credentials = { TmpSecretId: secretId, TmpSecretKey, Token };
    const ExpiredTime = Math.floor(Date.now() / 1000) + 7200;
    json(response, { Response: { Credentials, ExpiredTime, RequestId: 'id' } });
  };
  await send('tke-oidc');
  assert.deepEqual(services.asked.map(withoutTime), ofSdk);
  assert.deepEqual(server.answered, [{ secretId, code: 'Ok' }]);
});

test('a thousand messages at once need one renewal', async () => {
  answer = (asked, response) => {
    setTimeout(() => healthy(asked, response), 50);
  };
  await Promise.all(Array.from({ length: 1000 }, () => send('cvm-role:Many')));
  assert.deepEqual(
    services.asked.map(({ path }) => path),
    [`${list}Many`],
  );
  assert.equal(new Set(server.answered.map(({ secretId }) => secretId)).size, 1);
  assert.deepEqual(new Set(server.answered.map(({ code }) => code)), new Set(['Ok']));
});

test('a renewal that fails while the key is valid fails no message', async () => {
  // Within its last five minutes, a key is renewed.
  answer = (_, response) => json(response, { ...newKey({ lastsSeconds: 240 }), Code: 'Success' });
  await send('cvm-role:Renewed');
  assert.equal(services.asked.length, 1);
  answer = (_, response) => {
    response.statusCode = 500;
    response.end();
  };
  const later = mock.method(
    Date,
    'now',
    (
      (now) => () =>
        now() + 60_000
    )(Date.now),
  );
  try {
    for (let message = 0; message < 20; message += 1) {
      await send('cvm-role:Renewed');
    }
  } finally {
    later.mock.restore();
  }
  assert.equal(services.asked.length, 2);
  assert.equal(server.answered.filter(({ code }) => code === 'Ok').length, 21);
});

test('a key that Tencent revoked is replaced', async () => {
  await send('cvm-role:Revoked');
  server.keys.clear();
  await send('cvm-role:Revoked');
  assert.equal(services.asked.length, 2);
  assert.deepEqual(
    server.answered.map(({ code }) => code),
    ['Ok', 'AuthFailure.SecretIdNotFound', 'Ok'],
  );
});

for (const [name, broken, expected] of /** @type {const} */ ([
  ['hangs', () => {}, 'timeout'],
  ['closes', (/** @type {Response} */ response) => response.destroy(), 'UND_ERR_SOCKET'],
  [
    'sends HTML',
    (/** @type {Response} */ response) => response.end('<html>'),
    'does not have the documented form',
  ],
  [
    'redirects',
    (/** @type {Response} */ response) =>
      response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(),
    'HTTP status 302',
  ],
  [
    'has no such role',
    (/** @type {Response} */ response) => response.writeHead(404).end(),
    'does not know the role',
  ],
  [
    'gives a key that has ended',
    (/** @type {Response} */ response) =>
      json(response, { ...newKey({ lastsSeconds: -60 }), Code: 'Success' }),
    'had already expired',
  ],
  ['never ends its answer', (/** @type {Response} */ response) => response.write(' '), 'timeout'],
  [
    'answers without end',
    (/** @type {Response} */ response) => {
      const flood = () => {
        while (!response.destroyed && response.write(' '.repeat(65536)));
      };
      response.on('drain', flood);
      flood();
    },
    'does not have the documented form',
  ],
])) {
  test(`a metadata service that ${name} is an error within the deadline`, async () => {
    answer = (_, response) => broken(response);
    const role = name.replaceAll(' ', '_');
    const { line, ms } = await sendInVain(`cvm-role:${role}`, { timeoutSeconds: 3 });
    assert.ok(line.includes(expected), line);
    assert.ok(line.includes('nothing was sent') && line.includes('[credentials]'), line);
    assert.ok(ms < 3000, `${ms} ms`);
    assert.deepEqual(server.answered, []);
    assert.ok(services.connected.every((host) => host === 'metadata.tencentyun.com'));
  });
}

test('a source can be saved without being asked', () => {
  const { error } = ourFactory.configGuard.safeParse({ ...withoutKey, credentials: 'cvm-role' });
  assert.equal(error, undefined);
  assert.deepEqual(services.asked, []);
});
