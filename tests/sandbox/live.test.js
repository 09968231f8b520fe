/** The program that compares Tencent's answers with the sandbox's, tried with a second sandbox in Tencent's place. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../sandbox/server.js';
import { redact } from '../live/redact.js';
import { differences, shapeOf } from '../live/shape.js';

const program = fileURLToPath(new URL('../live/main.js', import.meta.url));
const number = '+8613912345678';

/** The sandbox that plays Tencent. @type {import('../../sandbox/server.js').Sandbox} */
let tencent;
/** @type {string} */
let folder;
before(async () => {
  tencent = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), 'live-'));
});
beforeEach(() => tencent.setFault(undefined));
after(async () => {
  await tencent.close();
  await rm(folder, { recursive: true });
});

/**
 * @param {Record<string, string>} [environment]
 * @returns {Promise<{ code: number, stdout: string }>}
 */
function live(environment = {}) {
  const { TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program],
      { env: { ...env, LIVE_FIXTURES: folder, ...environment } },
      (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }),
    );
  });
}

const keys = () => ({
  TENCENTCLOUD_SECRET_ID: tencent.config.accessKeyId,
  TENCENTCLOUD_SECRET_KEY: tencent.config.accessKeySecret,
  TENCENT_SMS_SDK_APP_ID: tencent.config.sdkAppId,
  TENCENT_SMS_NUMBER: number,
  TENCENT_SMS_ENDPOINT: tencent.url,
});

test('without keys, it says what it would do, and calls nobody', async () => {
  const { code, stdout } = await live({ TENCENT_SMS_ENDPOINT: tencent.url });
  assert.equal(code, 0);
  assert.match(stdout, /DescribeSmsSignList: mainland signatures\n/);
  assert.match(stdout, /No call was made\.\n$/);
  assert.equal(tencent.totals.requests, 0);
});

test('equal answers are the same, and nothing is sent unless it was asked for', async () => {
  const { code, stdout } = await live(keys());
  assert.equal(code, 0, stdout);
  assert.doesNotMatch(stdout, /DIFFERS/);
  assert.match(stdout, /\n25 calls, 0 differ\n$/);
  assert.equal(tencent.totals.messages, 0);
  assert.deepEqual(await readdir(folder).catch(() => []), []);
});

test('one message is sent on request', async () => {
  const { code, stdout } = await live({
    ...keys(),
    LIVE_SEND: '1',
    TENCENT_SMS_SIGN_NAME: tencent.config.signName,
    TENCENT_SMS_TEMPLATE_ID: '1100001',
  });
  assert.equal(code, 0, stdout);
  assert.equal(tencent.totals.messages, 1);
  assert.equal(tencent.messages[0].phoneNumber, number);
});

test('what differs is written, with nothing of the account in it', async () => {
  tencent.setFault('error:FailedOperation.NotEnterpriseCertification', {
    action: 'DescribeSmsSignList',
  });
  const { code, stdout } = await live(keys());
  assert.equal(code, 1);
  const line = 'Error.Code: Tencent FailedOperation.NotEnterpriseCertification, sandbox Ok';
  assert.ok(
    stdout.includes(`DIFFERS  DescribeSmsSignList: mainland signatures\n         ${line}\n`),
  );
  const names = await readdir(folder);
  assert.ok(names.includes('mainland-signatures.json'), names.join());
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const { differences: found } = JSON.parse(texts[names.indexOf('mainland-signatures.json')]);
  assert.ok(found.includes(line));
  for (const text of [...texts, stdout]) {
    for (const secret of [
      number,
      number.slice(3),
      tencent.config.accessKeyId,
      '腾讯云示例',
      '1400006666',
    ]) {
      assert.ok(!text.includes(secret), 'something of the account is visible');
    }
  }
});

test('an endpoint that is neither HTTPS nor this machine is refused', async () => {
  const { code, stdout } = await live({
    ...keys(),
    TENCENT_SMS_ENDPOINT: 'http://sms.example.com',
  });
  assert.equal(code, 2);
  assert.match(stdout, /TENCENT_SMS_ENDPOINT/);
});

test('shapes differ by fields and types, and not by values or the number of items', () => {
  const shape = shapeOf({ a: 1, b: 'x', c: [{ d: true }, { e: null }], f: [] });
  assert.deepEqual(
    differences(shape, shapeOf({ a: 2, b: '', c: [{ d: false, e: null }], f: [1] })),
    [],
  );
  assert.deepEqual(differences(shape, shapeOf({ a: '1', b: 'x', c: [{ d: 1, g: 1 }] })), [
    'a: Tencent "integer", sandbox "string"',
    'c[].d: Tencent "boolean", sandbox "integer"',
    'c[].e: only Tencent has it',
    'c[].g: only the sandbox has it',
    'f: only Tencent has it',
  ]);
});

test('a redacted answer keeps its form, and Tencent’s codes', () => {
  const answer = {
    Response: {
      Error: { Code: 'AuthFailure.SecretIdNotFound', Message: 'AKID12 not found.' },
      Set: [{ PhoneNumber: '+8613800138000', SignName: '腾讯云', Fee: 7, Ok: true }],
      Code: 'secret value 123456',
    },
  };
  assert.deepEqual(redact(answer), {
    Response: {
      Error: { Code: 'AuthFailure.SecretIdNotFound', Message: 'AAAA00 aaa aaaaa.' },
      Set: [{ PhoneNumber: '+0000000000000', SignName: '字字字', Fee: 0, Ok: true }],
      Code: 'aaaaaa aaaaa 000000',
    },
  });
});
