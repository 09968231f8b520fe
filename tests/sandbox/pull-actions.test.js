/**
 * The actions that pull delivery reports and replies, and the one that lists what was sent. The expected fields are
 * those of Tencent's SDK (tencentcloud-sdk-nodejs-sms 4.1.306, sms_models.d.ts).
 */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { exchange, goodParameters, NOW_SECONDS, OVERSEAS, post } from './support/sign-and-post.js';

const APP = '1400006666';
const OTHER_APP = '2400006666';
const NUMBER = '+8613800138000';

let clock = NOW_SECONDS;
/** @type {import('../../sandbox/server.js').Sandbox} */
let sandbox;
beforeEach(async (t) => {
  clock = NOW_SECONDS;
  sandbox = await startSandbox({ now: () => clock * 1000 });
  /** @type {import('node:test').TestContext} */ (t).after(() => sandbox.close());
});

/**
 * @param {string} action
 * @param {Record<string, unknown>} parameters
 */
async function call(action, parameters) {
  const { status, answer } = await post(sandbox, parameters, { action, timestamp: clock });
  assert.equal(status, 200);
  return answer;
}
/** @param {Record<string, unknown>} [changes] */
const send = async (changes) =>
  (await call('SendSms', { ...goodParameters, ...changes })).SendStatusSet[0];

/**
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
async function control(body, headers = { 'Content-Type': 'application/json' }) {
  const options = { path: '/control/reply', headers, body: JSON.stringify(body) };
  const { status, text } = await exchange(sandbox.url, options);
  return { status, ...JSON.parse(text) };
}

test('PullSmsSendStatus hands out each report once, in order', async () => {
  const sent = [
    await send(),
    await send(OVERSEAS),
    await send({ PhoneNumberSet: ['+8619400000191'] }),
  ];
  await send({ PhoneNumberSet: ['+8619400000196'] });
  await send({ TemplateId: '999' });
  await send({ SmsSdkAppId: OTHER_APP });
  const pull = async (Limit = 100, SmsSdkAppId = APP) =>
    (await call('PullSmsSendStatus', { Limit, SmsSdkAppId })).PullSmsSendStatusSet;
  assert.deepEqual(await pull(), [], 'before the carrier has reported');

  clock += defaultAccount.deliveryReportSeconds;
  assert.deepEqual(await pull(1), [
    {
      UserReceiveTime: clock,
      CountryCode: '86',
      SubscriberNumber: '13800138000',
      PhoneNumber: NUMBER,
      SerialNo: sent[0].SerialNo,
      ReportStatus: 'SUCCESS',
      Description: 'DELIVRD',
      SessionContext: '',
    },
  ]);
  const rest = await pull();
  assert.deepEqual(
    rest.map(({ SerialNo, ReportStatus }) => [SerialNo, ReportStatus]),
    [
      [sent[1].SerialNo, 'SUCCESS'],
      [sent[2].SerialNo, 'FAIL'],
    ],
  );
  assert.deepEqual(await pull(), []);
  assert.equal((await pull(100, OTHER_APP)).length, 1);

  const byNumber = { PhoneNumber: NUMBER, BeginTime: NOW_SECONDS, Limit: 100, Offset: 0 };
  const { PullSmsSendStatusSet: again } = await call('PullSmsSendStatusByPhoneNumber', {
    ...byNumber,
    SmsSdkAppId: APP,
  });
  assert.equal(again.length, 1, 'a report about a number can be pulled again');
});

test('the pull actions refuse more than 100 entries and foreign applications', async () => {
  for (const action of ['PullSmsSendStatus', 'PullSmsReplyStatus']) {
    const codeOf = async (/** @type {Record<string, unknown>} */ parameters) =>
      (await call(action, parameters)).Error?.Code;
    const right = { Limit: 100, SmsSdkAppId: APP };
    assert.equal(await codeOf(right), undefined);
    assert.equal(
      await codeOf({ ...right, Limit: 101 }),
      'InvalidParameterValue.LimitVerifyFail',
      action,
    );
    assert.equal(
      await codeOf({ ...right, SmsSdkAppId: '1400000000' }),
      'UnauthorizedOperation.SmsSdkAppIdVerifyFail',
    );
  }
});

test('a reply is listed with the signature of the message that it answers', async () => {
  await send();
  assert.deepEqual(await control({ from: NUMBER, text: 'TD' }), {
    status: 200,
    from: NUMBER,
    text: 'TD',
  });
  assert.equal(sandbox.reply('13800138000', 'again'), true, 'the number in another form');
  const reply = {
    ExtendCode: '',
    CountryCode: '86',
    SubscriberNumber: '13800138000',
    PhoneNumber: NUMBER,
    SignName: '腾讯云示例',
    ReplyContent: 'TD',
    ReplyTime: NOW_SECONDS,
  };
  const pull = async (/** @type {number} */ Limit) =>
    (await call('PullSmsReplyStatus', { Limit, SmsSdkAppId: APP })).PullSmsReplyStatusSet;
  assert.deepEqual(await pull(1), [reply]);
  assert.deepEqual(await pull(100), [{ ...reply, ReplyContent: 'again' }]);
  assert.deepEqual(await pull(100), []);

  const byNumber = async (/** @type {Record<string, unknown>} */ changes) =>
    (
      await call('PullSmsReplyStatusByPhoneNumber', {
        PhoneNumber: NUMBER,
        SmsSdkAppId: APP,
        BeginTime: NOW_SECONDS,
        Limit: 100,
        Offset: 0,
        ...changes,
      })
    ).PullSmsReplyStatusSet;
  assert.equal((await byNumber({})).length, 2);
  assert.equal((await byNumber({ EndTime: NOW_SECONDS })).length, 2);
  assert.equal((await byNumber({ PhoneNumber: '+12025550123' })).length, 0);
  assert.equal((await byNumber({ SmsSdkAppId: OTHER_APP })).length, 0);
});

test('a number without a message cannot reply, and the control endpoint says so', async () => {
  const { status, error } = await control({ from: NUMBER, text: 'TD' });
  assert.equal(status, 404);
  assert.match(error, /No message was sent to \+8613800138000/);
  await send();
  for (const body of [{}, { from: NUMBER }, { text: 'x' }, { from: 1, text: 'x' }, null, [1]]) {
    assert.equal((await control(body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await control({ from: NUMBER, text: 'x', extra: 1 })).status, 400);
  assert.equal((await control({ from: NUMBER, text: 'x' }, {})).status, 415);
  const { PullSmsReplyStatusSet } = await call('PullSmsReplyStatus', {
    Limit: 9,
    SmsSdkAppId: APP,
  });
  assert.deepEqual(PullSmsReplyStatusSet, []);
});

test('DescribeSendRecordList lists every state of a message, the newest first', async () => {
  const delivered = await send();
  clock += 10;
  sandbox.setFault('receipt-blacklisted');
  const failed = await send();
  sandbox.setFault(undefined);
  clock += 10;
  await send({ TemplateId: '999' });
  const sending = await send();
  await send(OVERSEAS);
  const list = async (/** @type {Record<string, unknown>} */ changes = {}) =>
    call('DescribeSendRecordList', {
      PhoneNumber: NUMBER,
      SmsSdkAppId: APP,
      BeginTime: NOW_SECONDS,
      ...changes,
    });
  const { SendRecordSet: records, TotalCount } = await list();
  assert.equal(TotalCount, 4);
  const common = {
    PhoneNumber: NUMBER,
    RequestCode: 'Ok',
    IsoCode: 'CN',
    Content: '【腾讯云示例】您的登录验证码为：******，请勿泄露给他人。',
    UserReceiveTime: 0,
  };
  assert.deepEqual(records, [
    { ...common, SerialNo: sending.SerialNo, SendStatus: 3, StatusCode: '', SendTime: clock },
    {
      ...common,
      SerialNo: '',
      SendStatus: 1,
      RequestCode: 'FailedOperation.TemplateIncorrectOrUnapproved',
      StatusCode: '',
      IsoCode: '',
      Content: '',
      SendTime: clock,
    },
    {
      ...common,
      SerialNo: failed.SerialNo,
      SendStatus: 4,
      StatusCode: 'MX:0012',
      SendTime: clock - 10,
    },
    {
      ...common,
      SerialNo: delivered.SerialNo,
      SendStatus: 2,
      StatusCode: 'DELIVRD',
      SendTime: NOW_SECONDS,
      UserReceiveTime: NOW_SECONDS + defaultAccount.deliveryReportSeconds,
    },
  ]);
  assert.deepEqual((await list({ Offset: 1, Limit: 2 })).SendRecordSet, records.slice(1, 3));
  assert.equal((await list({ EndTime: NOW_SECONDS })).TotalCount, 1);
  assert.equal((await list({ SmsSdkAppId: OTHER_APP })).TotalCount, 0);
  for (const [changes, code] of /** @type {const} */ ([
    [{ Limit: 51 }, 'InvalidParameterValue.LimitVerifyFail'],
    [{ Limit: 0 }, 'InvalidParameterValue.LimitVerifyFail'],
    [{ Offset: 1001 }, 'InvalidParameterValue.OffsetVerifyFail'],
    [{ BeginTime: clock - 72 * 3600 - 1 }, 'InvalidParameterValue.BeginTimeVerifyFail'],
    [{ EndTime: NOW_SECONDS - 1 }, 'InvalidParameterValue.InvalidStartTime'],
    [{ PhoneNumber: '123' }, 'InvalidParameterValue.IncorrectPhoneNumber'],
  ])) {
    assert.equal((await list(changes)).Error.Code, code, JSON.stringify(changes));
  }
});
