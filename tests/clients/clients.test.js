/** The sandbox with real clients: Tencent's SDKs from npm and from PyPI. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { actionNames } from '../../sandbox/api/api.js';
import { startSandbox } from '../../sandbox/server.js';

const installed = new URL('../../.tools/clients/', import.meta.url);
const { sms } = createRequire(new URL('node/', installed))('tencentcloud-sdk-nodejs-sms');

const sandbox = await startSandbox({ now: () => Date.now() });
after(() => sandbox.close());
beforeEach(() => sandbox.setFault(undefined));

const endpoint = new URL(sandbox.url).host;
const { accessKeyId: secretId, accessKeySecret: secretKey, sdkAppId } = sandbox.config;

/** @typedef {[action: string, parameters: Record<string, unknown>]} Call */
/**
 * An answer of a client, or the error that it threw.
 * @typedef {Record<string, any> & { error?: string, message?: string, requestId?: string }} Answer
 */
/** @typedef {{ method?: string, signMethod?: string, unsignedPayload?: boolean }} Options */

/** @type {Record<string, (calls: Call[], options: Options) => Promise<Answer[]>>} */
const clients = { node, python };

/** @param {Call[]} calls @param {Options} options */
async function node(calls, { method = 'POST', signMethod = 'TC3-HMAC-SHA256' }) {
  const client = new sms.v20210111.Client({
    credential: { secretId, secretKey },
    region: 'ap-guangzhou',
    profile: { signMethod, httpProfile: { protocol: 'http://', endpoint, reqMethod: method } },
  });
  const answers = [];
  for (const [action, parameters] of calls) {
    const answer = client[action](parameters).catch(
      (/** @type {any} */ { code, message, requestId }) => ({ error: code, message, requestId }),
    );
    answers.push(await answer);
  }
  return answers;
}

/** @param {Call[]} calls @param {Options} options */
async function python(
  calls,
  { method = 'POST', signMethod = 'TC3-HMAC-SHA256', unsignedPayload = false },
) {
  const program = fileURLToPath(new URL('client.py', import.meta.url));
  const child = spawn(fileURLToPath(new URL('python/bin/python', installed)), [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(
    JSON.stringify({ endpoint, secretId, secretKey, method, signMethod, unsignedPayload, calls }),
  );
  return /** @type {Promise<Answer[]>} */ (json(child.stdout));
}

/** Returns an hour in Beijing, as the statistics take it. @param {number} ago in hours */
const hour = (ago) =>
  new Date(Date.now() + (8 - ago) * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 10);
const span = { SmsSdkAppId: sdkAppId, BeginTime: hour(24), EndTime: hour(1) };
const seconds = () => Math.floor(Date.now() / 1000);
const about = { SmsSdkAppId: sdkAppId, PhoneNumber: '+8613800138000', BeginTime: seconds() - 60 };

/** @type {Call} */
const sendSms = [
  'SendSms',
  {
    PhoneNumberSet: ['+8613800138000'],
    SmsSdkAppId: sdkAppId,
    SignName: '腾讯云示例',
    TemplateId: '1100005',
    TemplateParamSet: ['246810', '10'],
    SessionContext: '“上下文” & 100 %',
  },
];

/** One call of each action, with the field of its answer. @type {[Call, string][]} */
const calls = [
  [sendSms, 'SendStatusSet'],
  [
    ['DescribeSmsTemplateList', { International: 0, TemplateIdSet: [1100001, 1100002] }],
    'DescribeTemplateStatusSet',
  ],
  [
    ['DescribeSmsSignList', { International: 0, Limit: 100, Offset: 0 }],
    'DescribeSignListStatusSet',
  ],
  [
    ['SendStatusStatistics', { ...span, EndTime: hour(0), Limit: 0, Offset: 0 }],
    'SendStatusStatistics',
  ],
  [['CallbackStatusStatistics', { ...span, Limit: 0, Offset: 0 }], 'CallbackStatusStatistics'],
  [['SmsPackagesStatistics', { ...span, Limit: 10, Offset: 0 }], 'SmsPackagesStatisticsSet'],
  [['PullSmsSendStatus', { SmsSdkAppId: sdkAppId, Limit: 10 }], 'PullSmsSendStatusSet'],
  [['PullSmsSendStatusByPhoneNumber', { ...about, Limit: 10, Offset: 0 }], 'PullSmsSendStatusSet'],
  [['PullSmsReplyStatus', { SmsSdkAppId: sdkAppId, Limit: 10 }], 'PullSmsReplyStatusSet'],
  [
    ['PullSmsReplyStatusByPhoneNumber', { ...about, Limit: 10, Offset: 0 }],
    'PullSmsReplyStatusSet',
  ],
  [['DescribeSendRecordList', about], 'SendRecordSet'],
  [
    ['DescribePhoneNumberInfo', { PhoneNumberSet: ['+8613800138000', '85291234567'] }],
    'PhoneNumberInfoSet',
  ],
];

/** The actions that a client's release does not have yet. @type {Record<string, string[]>} */
const absent = { node: [], python: ['DescribeSendRecordList'] };

test('a call of each action is tried', () => {
  assert.deepEqual(calls.map(([[action]]) => action).sort(), [...actionNames].sort());
});

for (const [name, client] of Object.entries(clients)) {
  for (const method of ['POST', 'GET']) {
    test(`${name}: every action answers, by ${method}`, async () => {
      const answers = await client(
        calls.map(([call]) => call),
        { method },
      );
      for (const [index, [[action], field]] of calls.entries()) {
        const answer = answers[index];
        if (absent[name].includes(action)) {
          assert.deepEqual(answer, { absent: true });
          continue;
        }
        assert.equal(answer.error, undefined, `${action}: ${answer.message}`);
        assert.match(answer.RequestId, /^[0-9a-f-]{36}$/, action);
        assert.ok(answer[field], `${action} without ${field}`);
      }
      const [{ SendStatusSet }] = answers;
      assert.deepEqual([SendStatusSet[0].Code, SendStatusSet[0].Fee], ['Ok', 1]);
      assert.equal(SendStatusSet[0].SessionContext, sendSms[1].SessionContext);
      assert.equal(
        sandbox.messages.at(-1)?.text,
        '【腾讯云示例】您的验证码为：246810，10分钟内有效。',
      );
      assert.equal(answers[1].DescribeTemplateStatusSet.length, 2);
    });
  }

  test(`${name}: errors are those of the SDK, with code and RequestId`, async () => {
    const wrong = { ...sendSms[1], TemplateId: '999' };
    const [number] = await client([['SendSms', wrong]], {});
    assert.equal(number.SendStatusSet[0].Code, 'FailedOperation.TemplateIncorrectOrUnapproved');

    const [template, unknown] = await client(
      [
        [
          'AddSmsTemplate',
          { TemplateName: 'x', TemplateContent: 'x', International: 0, SmsType: 3, Remark: 'x' },
        ],
        ['SendSms', { ...sendSms[1], PhoneNumberSet: [] }],
      ],
      {},
    );
    assert.equal(template.error, 'UnsupportedOperation');
    assert.match(String(template.message), /does not offer the action AddSmsTemplate/);
    assert.match(String(template.requestId), /^[0-9a-f-]{36}$/);
    assert.equal(unknown.error, 'MissingParameter.EmptyPhoneNumberSet');
  });

  test(`${name}: the older signatures are refused with a sentence`, async () => {
    for (const signMethod of ['HmacSHA1', 'HmacSHA256']) {
      for (const method of ['POST', 'GET']) {
        const [{ error, message }] = await client([sendSms], { signMethod, method });
        assert.equal(error, 'UnsupportedOperation', `${signMethod} ${method}: ${message}`);
        assert.match(String(message), /use TC3-HMAC-SHA256/);
      }
    }
  });

  test(`${name}: a fault arrives as the SDK’s error`, async () => {
    sandbox.setFault('error:LimitExceeded.AppDailyLimit');
    const [{ error }] = await client([sendSms], {});
    assert.equal(error, 'LimitExceeded.AppDailyLimit');
  });
}

test('python: a signature without the payload is accepted', async () => {
  const [{ SendStatusSet }] = await python([sendSms], { unsignedPayload: true });
  assert.equal(SendStatusSet[0].Code, 'Ok');
});
