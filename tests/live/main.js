/**
 * The program behind `make live`, which compares Tencent's answers with the sandbox's: their fields, their types, and
 * the codes of their errors. It calls with an operator's own keys from the environment, and prints no values. What
 * differs is written to tests/live/fixtures/, redacted.
 *
 * Without keys it says what it would do. With LIVE_SEND=1 it also sends one real message.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../sandbox/server.js';
import { tencentAuthorization } from '../shared/tencent-signer.js';
import { readingCalls, sendingCall } from './calls.js';
import { redact } from './redact.js';
import { differences, shapeOf } from './shape.js';

/** @typedef {import('./calls.js').Call} Call */
/** @typedef {{ url: string, secretId: string, secretKey: string, token?: string, region: string }} Server */

const USAGE = `make live compares Tencent's answers with the sandbox's. It needs, in the environment:

  TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY   a key that may read SMS; TENCENTCLOUD_TOKEN for a temporary one
  TENCENT_SMS_SDK_APP_ID                            an application of the same account
  TENCENT_SMS_NUMBER                                a phone number of yours, such as +8613800138000
  TENCENT_SMS_REGION                                default ap-guangzhou
  TENCENT_SMS_ENDPOINT                              default https://sms.tencentcloudapi.com
  LIVE_FIXTURES                                     where to write what differs; default tests/live/fixtures/

It would make these calls, which change nothing:
`;
const SENDING = `
With LIVE_SEND=1 it also sends one real message to that number, which costs money:

  TENCENT_SMS_SIGN_NAME, TENCENT_SMS_TEMPLATE_ID    an approved signature and template
  TENCENT_SMS_PARAMS                                the template's values as JSON, default ["246810"]
`;

const { env } = process;
const now = Math.floor(Date.now() / 1000);
const secretId = env.TENCENTCLOUD_SECRET_ID;
const secretKey = env.TENCENTCLOUD_SECRET_KEY;
const subject = {
  sdkAppId: env.TENCENT_SMS_SDK_APP_ID ?? '',
  phoneNumber: env.TENCENT_SMS_NUMBER ?? '',
  signName: env.TENCENT_SMS_SIGN_NAME ?? '',
  templateId: env.TENCENT_SMS_TEMPLATE_ID ?? '',
  templateParams: JSON.parse(env.TENCENT_SMS_PARAMS ?? '["246810"]'),
};
if (secretId && secretKey && subject.sdkAppId && subject.phoneNumber) {
  const url = env.TENCENT_SMS_ENDPOINT ?? 'https://sms.tencentcloudapi.com';
  const region = env.TENCENT_SMS_REGION ?? 'ap-guangzhou';
  if (!/^https:|^http:\/\/127\.0\.0\.1(?::|\/|$)/.test(url)) {
    console.log('TENCENT_SMS_ENDPOINT must be an HTTPS address, or one of this machine.');
    process.exit(2);
  }
  process.exitCode = await compare({
    url,
    secretId,
    secretKey,
    token: env.TENCENTCLOUD_TOKEN,
    region,
  });
} else {
  console.log(USAGE);
  for (const { name, action } of readingCalls(subject, now)) console.log(`  ${action}: ${name}`);
  console.log(SENDING);
  console.log('No call was made.');
}

/**
 * @param {Server} tencent
 * @returns {Promise<number>} the exit code: 1 if something differs
 */
async function compare(tencent) {
  const sandbox = await startSandbox();
  const { accessKeyId, accessKeySecret, sdkAppId, signName } = sandbox.config;
  const ours = {
    url: sandbox.url,
    secretId: accessKeyId,
    secretKey: accessKeySecret,
    region: 'ap-guangzhou',
  };
  const ourSubject = {
    sdkAppId,
    signName,
    phoneNumber: '+8613800138000',
    templateId: '1100001',
    templateParams: ['246810'],
  };
  // The sandbox has something to list.
  await answerOf(ours, sendingCall(ourSubject));
  sandbox.reply(ourSubject.phoneNumber, 'TD');

  const theirCalls = readingCalls(subject, now);
  const ourCalls = readingCalls(ourSubject, now);
  if (env.LIVE_SEND === '1') {
    theirCalls.unshift(sendingCall(subject));
    ourCalls.unshift(sendingCall(ourSubject));
  }
  const folder = env.LIVE_FIXTURES ?? fileURLToPath(new URL('fixtures/', import.meta.url));
  let differing = 0;
  try {
    for (const [index, call] of theirCalls.entries()) {
      const theirs = await answerOf(tencent, call);
      const own = await answerOf(ours, ourCalls[index]);
      const found = [
        ...(theirs.status === own.status
          ? []
          : [`HTTP status: Tencent ${theirs.status}, sandbox ${own.status}`]),
        ...codesThatDiffer(theirs.answer, own.answer),
        ...differences(shapeOf(theirs.answer), shapeOf(own.answer)),
      ];
      console.log(`${found.length === 0 ? 'same   ' : 'DIFFERS'}  ${call.action}: ${call.name}`);
      for (const line of found) console.log(`         ${line}`);
      const path = join(folder, `${call.name.replaceAll(' ', '-')}.json`);
      if (found.length === 0) {
        await rm(path, { force: true });
        continue;
      }
      differing += 1;
      await mkdir(folder, { recursive: true });
      const fixture = {
        name: call.name,
        action: call.action,
        parameters: redact(call.parameters),
        differences: found,
        tencent: { status: theirs.status, answer: redact(theirs.answer) },
        sandbox: { status: own.status, answer: redact(own.answer) },
      };
      await writeFile(path, `${JSON.stringify(fixture, null, 2)}\n`);
    }
  } finally {
    await sandbox.close();
  }
  console.log(
    `\n${theirCalls.length} calls, ${differing} differ${differing > 0 ? `: see ${folder}` : ''}`,
  );
  return differing > 0 ? 1 : 0;
}

/**
 * Makes a call that Tencent's own signer signs.
 * @param {Server} server
 * @param {Call} call
 */
async function answerOf(server, { action, parameters, region, version, isForged }) {
  const body = JSON.stringify(parameters);
  const headers = {
    'Content-Type': 'application/json',
    'X-TC-Action': action,
    'X-TC-Version': version ?? '2021-01-11',
    'X-TC-Region': region ?? server.region,
    'X-TC-Timestamp': String(Math.floor(Date.now() / 1000)),
    ...(server.token && { 'X-TC-Token': server.token }),
  };
  const Authorization = tencentAuthorization(
    {
      url: server.url,
      secretId: server.secretId,
      secretKey: `${server.secretKey}${isForged ? 'x' : ''}`,
    },
    { headers: Object.fromEntries(new Headers(headers)), body },
  );
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { ...headers, Authorization },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  return { status: response.status, answer: parsed(text) };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return 'no JSON';
  }
}

/**
 * Compares the codes, which say more than their type.
 * @param {any} theirs
 * @param {any} own
 */
function codesThatDiffer(theirs, own) {
  const [tencent, sandbox] = [theirs, own].map((answer) => answer?.Response?.Error?.Code ?? 'Ok');
  return tencent === sandbox ? [] : [`Error.Code: Tencent ${tencent}, sandbox ${sandbox}`];
}
