/**
 * The read-only actions. The expected fields are those of Tencent's SDK (tencentcloud-sdk-nodejs-sms
 * 4.1.306, sms_models.d.ts).
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { last, present } from './support/present.js';
import { goodParameters, NOW_SECONDS, post } from './support/sign-and-post.js';

/** @typedef {import('../../sandbox/server.js').Sandbox} Sandbox */
/** @typedef {Record<string, unknown>} RequestParameters */

let clock = NOW_SECONDS;
const now = () => clock * 1000;

/** @type {Sandbox[]} */
const sandboxes = [];
/**
 * @param {Partial<import('../../sandbox/account.js').Account>} [account]
 * @param {{ keep?: number }} [options]
 */
async function start(account = {}, options = {}) {
  const started = await startSandbox({
    now,
    account: { ...defaultAccount, ...account },
    ...options,
  });
  sandboxes.push(started);
  return started;
}
const sandbox = await start();
after(() => Promise.all(sandboxes.map((each) => each.close())));

/**
 * Returns the answer of an action, without the RequestId.
 * @param {string} action
 * @param {RequestParameters} parameters
 * @param {Sandbox} [to]
 */
async function call(action, parameters, to = sandbox) {
  const { status, answer } = await post(to, parameters, { action, timestamp: clock });
  assert.equal(status, 200);
  const { RequestId, ...rest } = answer;
  assert.match(RequestId, /^[0-9a-f-]{36}$/);
  return rest;
}

/**
 * @param {string} action
 * @param {RequestParameters} parameters
 * @param {Sandbox} [to]
 */
async function errorOf(action, parameters, to) {
  const { Error: error, ...rest } = await call(action, parameters, to);
  assert.deepEqual(rest, {}, 'the error has other fields next to it');
  return error.Code;
}

/**
 * Asserts that a value has exactly the given fields, each of its type.
 * @param {object} value
 * @param {Record<string, string>} fields
 */
function assertFields(value, fields) {
  const types = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      Number.isInteger(field) ? 'integer' : typeof field,
    ]),
  );
  assert.deepEqual(types, fields);
}

const APP = '1400006666';
const OTHER_APP = '2400006666';
const span = { SmsSdkAppId: APP, BeginTime: '2026030100', EndTime: '2026030123' };
const statistics = { ...span, Limit: 0, Offset: 0 };
const packages = {
  SmsSdkAppId: APP,
  BeginTime: '2026010100',
  EndTime: '2026030100',
  Limit: 500,
  Offset: 0,
};
const pull = {
  PhoneNumber: '+8613800138000',
  SmsSdkAppId: APP,
  BeginTime: NOW_SECONDS - 3600,
  EndTime: NOW_SECONDS + 3600,
  Limit: 100,
  Offset: 0,
};

test('DescribeSmsTemplateList returns the review status of templates', async () => {
  const { DescribeTemplateStatusSet: list } = await call('DescribeSmsTemplateList', {
    International: 0,
    TemplateIdSet: [1100001, 1100006, 1100007, 1100008, 1300001, 1200001, 999],
  });
  for (const entry of list) {
    assertFields(entry, {
      TemplateId: 'integer',
      International: 'integer',
      StatusCode: 'integer',
      ReviewReply: 'string',
      TemplateName: 'string',
      CreateTime: 'integer',
      TemplateContent: 'string',
    });
  }
  assert.deepEqual(
    list.map(({ TemplateId, International, StatusCode }) => [
      TemplateId,
      International,
      StatusCode,
    ]),
    [
      [1100001, 0, 0],
      [1100006, 0, 1],
      [1100007, 0, -1],
      [1100008, 0, 2],
      [1300001, 3, 0],
    ],
    'the unknown one and the one of the other side are absent',
  );
  assert.equal(list[0].TemplateContent, '您的登录验证码为：{1}，请勿泄露给他人。');
  assert.notEqual(list[2].ReviewReply, '', 'the refusal has no reason');

  const overseas = await call('DescribeSmsTemplateList', {
    International: 1,
    TemplateIdSet: [1100001, 1200001, 1300001],
  });
  assert.deepEqual(
    overseas.DescribeTemplateStatusSet.map(({ TemplateId }) => TemplateId),
    [1200001, 1300001],
  );
});

test('DescribeSmsTemplateList without IDs returns a page, which is empty by default', async () => {
  const page = async (/** @type {RequestParameters} */ parameters) =>
    (await call('DescribeSmsTemplateList', { International: 0, ...parameters }))
      .DescribeTemplateStatusSet;
  assert.deepEqual(await page({}), []);
  const all = await page({ Limit: 100 });
  assert.ok(all.length > 5);
  assert.deepEqual(await page({ Limit: 2, Offset: 3, TemplateIdSet: [] }), all.slice(3, 5));
  assert.deepEqual(await page({ Limit: 100, Offset: 100 }), []);
});

/**
 * @param {{ SignName: string, StatusCode: number, QualificationStatusCode: number }} signature
 */
const standing = ({ SignName, StatusCode, QualificationStatusCode }) => [
  SignName,
  StatusCode,
  QualificationStatusCode,
];

test('DescribeSmsSignList returns the status of signatures and of their qualifications', async () => {
  const { DescribeSignListStatusSet: list } = await call('DescribeSmsSignList', {
    International: 0,
    Limit: 100,
  });
  for (const entry of list) {
    assertFields(entry, {
      SignId: 'integer',
      International: 'integer',
      StatusCode: 'integer',
      ReviewReply: 'string',
      SignName: 'string',
      CreateTime: 'integer',
      QualificationId: 'integer',
      QualificationName: 'string',
      QualificationStatusCode: 'integer',
    });
  }
  assert.deepEqual(list.map(standing), [
    ['腾讯云示例', 0, 1],
    ['待审核示例', 1, 1],
    ['未通过示例', -1, 1],
    ['资质变更示例', 0, 4],
    ['旧类型示例', -1, 1],
  ]);
  assert.notEqual(list[2].ReviewReply, '');

  const overseas = await call('DescribeSmsSignList', { International: 1 });
  assert.deepEqual(
    overseas.DescribeSignListStatusSet.map(({ QualificationId, QualificationName, ...entry }) => [
      ...standing(entry),
      QualificationId,
      QualificationName,
    ]),
    [
      ['Sandbox', 0, 0, 0, ''],
      ['SandboxReview', 1, 0, 0, ''],
      ['SandboxRefused', -1, 0, 0, ''],
    ],
  );
});

test('DescribeSmsSignList returns signatures by their IDs, or a page of ten', async () => {
  /** @type {import('../../sandbox/account.js').Signature[]} */
  const signatures = Array.from({ length: 120 }, (_, index) => ({
    signId: index + 1,
    signName: `签名${index + 1}`,
    international: 0,
    statusCode: 0,
  }));
  const many = await start({ signatures });
  const ids = async (/** @type {RequestParameters} */ parameters) =>
    (
      await call('DescribeSmsSignList', { International: 0, ...parameters }, many)
    ).DescribeSignListStatusSet.map(({ SignId }) => SignId);
  /** @param {number} first @param {number} last */
  const from = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
  assert.deepEqual(await ids({}), from(1, 10));
  assert.deepEqual(await ids({ Limit: 100 }), from(1, 100));
  assert.deepEqual(await ids({ Limit: 100, Offset: 100 }), from(101, 120));
  assert.deepEqual(await ids({ SignIdSet: [7, 120, 121] }), [7, 120]);
});

test('the lists refuse values that are out of range or of the wrong type', async () => {
  const tooMany = Array.from({ length: 101 }, (_, index) => index);
  for (const action of ['DescribeSmsTemplateList', 'DescribeSmsSignList']) {
    const ids = action === 'DescribeSmsSignList' ? 'SignIdSet' : 'TemplateIdSet';
    for (const [parameters, code] of /** @type {const} */ ([
      [{}, 'MissingParameter'],
      [{ International: '0' }, 'InvalidParameter'],
      [{ International: -1 }, 'InvalidParameter'],
      [{ International: 2 }, 'InvalidParameterValue.InvalidInternational'],
      [{ International: 3 }, 'InvalidParameterValue.InvalidInternational'],
      [{ International: 0, [ids]: ['1100001'] }, 'InvalidParameter'],
      [{ International: 0, [ids]: [1.5] }, 'InvalidParameter'],
      [{ International: 0, [ids]: tooMany }, 'InvalidParameterValue'],
      [{ International: 0, Limit: 101 }, 'InvalidParameterValue.LimitVerifyFail'],
      [{ International: 0, Limit: '10' }, 'InvalidParameter'],
      [{ International: 0, Offset: -1 }, 'InvalidParameter'],
      [{ International: 0, SignName: 'x' }, 'UnknownParameter'],
    ])) {
      assert.equal(await errorOf(action, parameters), code, JSON.stringify(parameters));
    }
  }
});

test('SendStatusStatistics counts the messages of an application between hours in Beijing time', async () => {
  const counting = await start();
  const counts = async (/** @type {RequestParameters} */ changes = {}) =>
    (await call('SendStatusStatistics', { ...statistics, ...changes }, counting))
      .SendStatusStatistics;
  const none = { FeeCount: 0, RequestCount: 0, RequestSuccessCount: 0 };
  assert.deepEqual(await counts(), none);

  /** @param {number} seconds @param {RequestParameters} [changes] */
  const sendAt = async (seconds, changes) => {
    clock = NOW_SECONDS + seconds;
    await post(counting, { ...goodParameters, ...changes }, { timestamp: clock });
  };
  try {
    await sendAt(0); // 12:00 in Greenwich is 20:00 in Beijing
    await sendAt(3600, { PhoneNumberSet: ['+8613800138000', 'nonsense'] });
    await sendAt(3600, { TemplateId: '999' });
    await sendAt(7200, {
      PhoneNumberSet: ['+12025550123'],
      SmsSdkAppId: OTHER_APP,
      SignName: '',
      TemplateId: '1200003',
      TemplateParamSet: ['x'.repeat(200)],
    });
    await post(counting, goodParameters, { timestamp: clock, secretKey: 'wrong' });
  } finally {
    clock = NOW_SECONDS;
  }
  const day = { FeeCount: 2, RequestCount: 4, RequestSuccessCount: 2 };
  const first = { FeeCount: 1, RequestCount: 1, RequestSuccessCount: 1 };
  assertFields(await counts(), {
    FeeCount: 'integer',
    RequestCount: 'integer',
    RequestSuccessCount: 'integer',
  });
  assert.deepEqual(await counts(), day);
  assert.deepEqual(await counts({ BeginTime: '2026030120', EndTime: '2026030120' }), first);
  assert.deepEqual(await counts({ EndTime: '2026030119' }), none);
  assert.deepEqual(await counts({ BeginTime: '2026030122' }), none);
  assert.deepEqual(await counts({ SmsSdkAppId: OTHER_APP }), {
    FeeCount: 2,
    RequestCount: 1,
    RequestSuccessCount: 1,
  });
});

test('SendStatusStatistics counts messages under faults, and more messages than the inbox keeps', async () => {
  const counting = await start({}, { keep: 2 });
  const sendUnder = async (/** @type {string | undefined} */ fault) => {
    counting.setFault(fault);
    await post(counting, goodParameters, { timestamp: clock }).catch(() => {});
  };
  for (const fault of [undefined, undefined, undefined, 'reset-after', 'html-503']) {
    await sendUnder(fault);
  }
  await sendUnder('status:LimitExceeded.PhoneNumberDailyLimit');
  counting.setFault(undefined);
  const { SendStatusStatistics } = await call('SendStatusStatistics', statistics, counting);
  assert.deepEqual(SendStatusStatistics, { FeeCount: 4, RequestCount: 5, RequestSuccessCount: 4 });
});

test('SmsPackagesStatistics returns the packages that were created in a time range', async () => {
  const { SmsPackagesStatisticsSet: set } = await call('SmsPackagesStatistics', packages);
  for (const entry of set) {
    assertFields(entry, {
      PackageCreateTime: 'integer',
      PackageEffectiveTime: 'integer',
      PackageExpiredTime: 'integer',
      PackageAmount: 'integer',
      PackageType: 'integer',
      PackageId: 'integer',
      CurrentUsage: 'integer',
    });
  }
  assert.deepEqual(
    set.map(({ PackageType, PackageAmount, CurrentUsage }) => [
      PackageType,
      PackageAmount,
      CurrentUsage,
    ]),
    [
      [0, 100, 100],
      [1, 1000, 120],
    ],
  );
  const ids = async (/** @type {RequestParameters} */ changes) =>
    (await call('SmsPackagesStatistics', { ...packages, ...changes })).SmsPackagesStatisticsSet.map(
      ({ PackageId }) => PackageId,
    );
  // These packages were created on 2026-01-05 at 16:00 and at 17:00 in Beijing.
  assert.deepEqual(await ids({ BeginTime: '2026010517' }), [700002]);
  assert.deepEqual(await ids({ EndTime: '2026010516' }), [700001]);
  assert.deepEqual(await ids({ BeginTime: '2026010518' }), []);
  assert.deepEqual(await ids({ Limit: 1, Offset: 1 }), [700002]);
  assert.deepEqual(await ids({ Limit: 0 }), []);

  const monthly = await start({ packages: [] });
  assert.deepEqual(await call('SmsPackagesStatistics', packages, monthly), {
    SmsPackagesStatisticsSet: [],
  });
});

test('the statistics refuse invalid hours, pages and applications', async () => {
  const notHours = ['', '20260301', '2026-03-01', '2026022900', '2026030124', '2026130100', 'x'];
  for (const [action, good] of /** @type {const} */ ([
    ['SendStatusStatistics', statistics],
    ['SmsPackagesStatistics', packages],
  ])) {
    /** @param {RequestParameters} changes @param {string} code */
    const refuses = async (changes, code) => {
      const cause = `${action} ${JSON.stringify(changes)}`;
      assert.equal(await errorOf(action, { ...good, ...changes }), code, cause);
    };
    for (const hour of notHours) {
      await refuses({ BeginTime: hour }, 'InvalidParameterValue.BeginTimeVerifyFail');
      await refuses({ EndTime: hour }, 'InvalidParameterValue.EndTimeVerifyFail');
    }
    await refuses({ EndTime: '2025123123' }, 'InvalidParameterValue.EndTimeVerifyFail');
    await refuses({ BeginTime: 2026030100 }, 'InvalidParameter');
    await refuses({ Limit: 501 }, 'InvalidParameterValue.LimitVerifyFail');
    await refuses({ SmsSdkAppId: '1400006667' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail');
    for (const name of Object.keys(good)) await refuses({ [name]: undefined }, 'MissingParameter');
  }
  for (const [action, good, changes, code] of /** @type {const} */ ([
    ['SendStatusStatistics', statistics, { Limit: 1 }, 'LimitVerifyFail'],
    ['SendStatusStatistics', statistics, { Offset: 1 }, 'OffsetVerifyFail'],
    ['SmsPackagesStatistics', packages, { EndTime: packages.BeginTime }, 'EndTimeVerifyFail'],
    ['SmsPackagesStatistics', packages, { EndTime: '2026030120' }, 'EndTimeVerifyFail'],
  ])) {
    assert.equal(
      await errorOf(action, { ...good, ...changes }),
      `InvalidParameterValue.${code}`,
      JSON.stringify(changes),
    );
  }
  // The current hour is a valid begin and end, and so is a later end.
  for (const changes of [
    { BeginTime: '2026030120', EndTime: '2026030120' },
    { EndTime: '2026123123' },
  ]) {
    const answer = await call('SendStatusStatistics', { ...statistics, ...changes });
    assert.equal(answer.Error, undefined, JSON.stringify(changes));
  }
});

test('PullSmsSendStatusByPhoneNumber returns a report after the carrier has sent it', async () => {
  const pulling = await start();
  const reports = async (/** @type {RequestParameters} */ changes = {}) =>
    (await call('PullSmsSendStatusByPhoneNumber', { ...pull, ...changes }, pulling))
      .PullSmsSendStatusSet;
  const { answer } = await post(pulling, goodParameters);
  await post(pulling, { ...goodParameters, PhoneNumberSet: ['+8613900139000'] });
  try {
    clock = NOW_SECONDS + 1;
    assert.deepEqual(await reports(), [], 'the report came too early');
    clock = NOW_SECONDS + 2;
    const [report, ...others] = await reports();
    assert.deepEqual(others, []);
    assertFields(report, {
      UserReceiveTime: 'integer',
      CountryCode: 'string',
      SubscriberNumber: 'string',
      PhoneNumber: 'string',
      SerialNo: 'string',
      ReportStatus: 'string',
      Description: 'string',
      SessionContext: 'string',
    });
    assert.deepEqual(report, {
      UserReceiveTime: NOW_SECONDS + 2,
      CountryCode: '86',
      SubscriberNumber: '13800138000',
      PhoneNumber: '+8613800138000',
      SerialNo: answer.SendStatusSet[0].SerialNo,
      ReportStatus: 'SUCCESS',
      Description: 'DELIVRD',
      SessionContext: '',
    });

    assert.deepEqual(await reports({ EndTime: undefined }), [report]);
    assert.deepEqual(await reports({ PhoneNumber: '8613800138000' }), [report]);
    assert.deepEqual(await reports({ PhoneNumber: '+8613700137000' }), []);
    assert.deepEqual(await reports({ SmsSdkAppId: OTHER_APP }), []);
    assert.deepEqual(await reports({ BeginTime: NOW_SECONDS + 1 }), []);
    assert.deepEqual(await reports({ EndTime: NOW_SECONDS - 1 }), []);
    assert.deepEqual(await reports({ Limit: 0 }), []);
  } finally {
    clock = NOW_SECONDS;
  }
});

test('the account decides how long a report takes', async () => {
  const [slow, instant] = [
    await start({ deliveryReportSeconds: 60 }),
    await start({ deliveryReportSeconds: 0 }),
  ];
  for (const [pulling, expected] of /** @type {const} */ ([
    [slow, 0],
    [instant, 1],
  ])) {
    await post(pulling, goodParameters);
    const answer = await call('PullSmsSendStatusByPhoneNumber', pull, pulling);
    assert.equal(answer.PullSmsSendStatusSet.length, expected);
  }
});

test('PullSmsSendStatusByPhoneNumber refuses invalid parameters', async () => {
  const week = 7 * 24 * 3600;
  for (const [changes, code] of /** @type {const} */ ([
    [{ BeginTime: NOW_SECONDS - week - 1 }, 'InvalidParameterValue.BeginTimeVerifyFail'],
    [{ EndTime: pull.BeginTime - 1 }, 'InvalidParameterValue.InvalidStartTime'],
    [{ Limit: 101 }, 'InvalidParameterValue.LimitVerifyFail'],
    [{ Offset: 1 }, 'InvalidParameterValue.OffsetVerifyFail'],
    [{ PhoneNumber: 'nonsense' }, 'InvalidParameterValue.IncorrectPhoneNumber'],
    [{ SmsSdkAppId: '1400006667' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'],
    [{ BeginTime: '1772362800' }, 'InvalidParameter'],
    [{ BeginTime: undefined }, 'MissingParameter'],
    [{ Limit: undefined }, 'MissingParameter'],
    [{ Offset: undefined }, 'MissingParameter'],
  ])) {
    const error = await errorOf('PullSmsSendStatusByPhoneNumber', { ...pull, ...changes });
    assert.equal(error, code, JSON.stringify(changes));
  }
  const atLimit = { ...pull, BeginTime: NOW_SECONDS - week };
  const answer = await call('PullSmsSendStatusByPhoneNumber', atLimit);
  assert.deepEqual(answer, { PullSmsSendStatusSet: [] });
});

/** @param {...string} PhoneNumberSet */
async function numberInfo(...PhoneNumberSet) {
  const answer = await call('DescribePhoneNumberInfo', { PhoneNumberSet });
  return answer.PhoneNumberInfoSet;
}

test('DescribePhoneNumberInfo interprets numbers as SendSms does', async () => {
  const china = { NationCode: '86', IsoCode: 'CN', IsoName: 'China' };
  const ok = { Code: 'Ok', Message: 'ok' };
  for (const [given, expected] of /** @type {const} */ ([
    // This is the example in Tencent's description of the action.
    [
      '+86018845720123',
      { ...ok, ...china, SubscriberNumber: '18845720123', PhoneNumber: '+8618845720123' },
    ],
    [
      '+8613800138000',
      { ...ok, ...china, SubscriberNumber: '13800138000', PhoneNumber: '+8613800138000' },
    ],
    [
      '18624017194',
      { ...ok, ...china, SubscriberNumber: '18624017194', PhoneNumber: '+8618624017194' },
    ],
    [
      '+85291234567',
      {
        ...ok,
        NationCode: '852',
        SubscriberNumber: '91234567',
        PhoneNumber: '+85291234567',
        IsoCode: 'HK',
        IsoName: 'Hong Kong (China)',
      },
    ],
    [
      '+2348021234567',
      {
        ...ok,
        NationCode: '234',
        SubscriberNumber: '8021234567',
        PhoneNumber: '+2348021234567',
        IsoCode: 'DEF',
        IsoName: '',
      },
    ],
    [
      'nonsense',
      {
        Code: 'FailedOperation.PhoneNumberParseFail',
        Message: 'Not a phone number.',
        NationCode: '',
        SubscriberNumber: '',
        PhoneNumber: 'nonsense',
        IsoCode: 'DEF',
        IsoName: '',
      },
    ],
  ])) {
    assert.deepEqual(await numberInfo(given), [expected], given);
  }
});

test('DescribePhoneNumberInfo splits numbers of every country as libphonenumber does', async () => {
  const numbers = getCountries().map((country) => present(getExampleNumber(country, examples)));
  for (let first = 0; first < numbers.length; first += 200) {
    const chunk = numbers.slice(first, first + 200);
    const infos = await numberInfo(...chunk.map(({ number }) => number));
    assert.deepEqual(
      infos.map(({ Code, NationCode, SubscriberNumber, PhoneNumber }) => [
        Code,
        NationCode,
        SubscriberNumber,
        PhoneNumber,
      ]),
      chunk.map(({ number, countryCallingCode, nationalNumber }) => [
        'Ok',
        countryCallingCode,
        nationalNumber,
        number,
      ]),
    );
    for (const [index, { IsoCode }] of infos.entries()) {
      const { country, countryCallingCode } = chunk[index];
      // Only libphonenumber distinguishes countries that share a calling code.
      const shares = numbers.filter((other) => other.countryCallingCode === countryCallingCode);
      if (IsoCode !== 'DEF' && shares.length === 1) assert.equal(IsoCode, country);
    }
  }
});

test('DescribePhoneNumberInfo accepts up to 200 numbers, and magic numbers have no effect in it', async () => {
  const numbers = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => '+8613800138000');
  assert.equal((await numberInfo(...numbers(200))).length, 200);
  assert.deepEqual(await numberInfo(), []);
  assert.equal(
    await errorOf('DescribePhoneNumberInfo', { PhoneNumberSet: numbers(201) }),
    'LimitExceeded.PhoneNumberCountLimit',
  );
  const [{ Code }] = await numberInfo('+8619400000109');
  assert.equal(Code, 'Ok');
  assert.equal(last(sandbox.requests).fault, undefined);
});

test('the account can forbid a key some actions, with a code of its choice', async () => {
  const restrictions = {
    DescribeSmsTemplateList: 'FailedOperation.ProhibitSubAccountUse',
    DescribeSmsSignList: 'FailedOperation.NotEnterpriseCertification',
    SendStatusStatistics: 'AuthFailure.UnauthorizedOperation',
    SmsPackagesStatistics: 'UnauthorizedOperation',
  };
  const restricted = await start({ restrictions });
  for (const [action, parameters] of /** @type {const} */ ([
    ['DescribeSmsTemplateList', { International: 0 }],
    ['DescribeSmsSignList', { International: 0 }],
    ['SendStatusStatistics', statistics],
    ['SmsPackagesStatistics', packages],
  ])) {
    assert.equal(await errorOf(action, parameters, restricted), restrictions[action]);
    const stranger = await post(restricted, parameters, { action, secretKey: 'wrong' });
    assert.equal(
      stranger.answer.Error.Code,
      'AuthFailure.SignatureFailure',
      'the key is not checked first',
    );
  }
  const answer = await call('DescribePhoneNumberInfo', { PhoneNumberSet: [] }, restricted);
  assert.deepEqual(answer, { PhoneNumberInfoSet: [] });
  assert.equal((await post(restricted, goodParameters)).answer.SendStatusSet[0].Code, 'Ok');
});

test('faults affect the read-only actions, except faults of the status of a number', async () => {
  const faulty = await start();
  const count = () => call('SendStatusStatistics', statistics, faulty);
  faulty.setFault('error:RequestLimitExceeded');
  assert.equal(await errorOf('SendStatusStatistics', statistics, faulty), 'RequestLimitExceeded');
  faulty.setFault('status:FailedOperation');
  assert.deepEqual(Object.keys(await count()), ['SendStatusStatistics']);
  for (const fault of ['number-differs', 'lower-case-ok', 'json-code-number']) {
    faulty.setFault(fault);
    assert.deepEqual(Object.keys(await count()), ['SendStatusStatistics'], fault);
  }
  faulty.setFault('clock-fast');
  assert.equal(
    await errorOf('SendStatusStatistics', statistics, faulty),
    'AuthFailure.SignatureExpire',
  );
});

test('read-only actions leave no message in the inbox', async () => {
  const before = sandbox.totals.messages;
  await numberInfo('+8613800138000');
  assert.equal(sandbox.totals.messages, before);
  assert.equal(last(sandbox.requests).outcome, 'Ok');
  assert.equal(last(sandbox.requests).action, 'DescribePhoneNumberInfo');
});

test('CallbackStatusStatistics counts the delivery reports by their causes', async () => {
  const own = await start();
  const nothing = {
    CallbackCount: 0,
    RequestSuccessCount: 0,
    CallbackFailCount: 0,
    CallbackSuccessCount: 0,
    InternalErrorCount: 0,
    InvalidNumberCount: 0,
    ShutdownErrorCount: 0,
    BlackListCount: 0,
    FrequencyLimitCount: 0,
  };
  const counts = async (/** @type {RequestParameters} */ changes = {}) =>
    (await call('CallbackStatusStatistics', { ...statistics, ...changes }, own))
      .CallbackStatusStatistics;
  assert.deepEqual(await counts(), nothing);

  // The numbers are those of the faults: see the sandbox's help page.
  for (const number of ['13800138000', '19400000190', '19400000191', '19400000192']) {
    await post(own, { ...goodParameters, PhoneNumberSet: [`+86${number}`] });
  }
  for (const number of ['19400000193', '19400000194', '19400000195', '19400000196']) {
    await post(own, { ...goodParameters, PhoneNumberSet: [`+86${number}`] });
  }
  await post(own, { ...goodParameters, TemplateId: '999' });
  await post(own, { ...goodParameters, SmsSdkAppId: OTHER_APP });
  assert.deepEqual(await counts(), { ...nothing, RequestSuccessCount: 8 }, 'before the reports');
  try {
    clock += defaultAccount.deliveryReportSeconds;
    assert.deepEqual(await counts(), {
      CallbackCount: 7,
      RequestSuccessCount: 8,
      CallbackFailCount: 6,
      CallbackSuccessCount: 1,
      InternalErrorCount: 1,
      InvalidNumberCount: 1,
      ShutdownErrorCount: 1,
      BlackListCount: 1,
      FrequencyLimitCount: 1,
    });
    assert.equal((await counts({ SmsSdkAppId: OTHER_APP })).CallbackSuccessCount, 1);
    // The messages were sent at 20:00 in Beijing.
    assert.equal(
      (await counts({ BeginTime: '2026030120', EndTime: '2026030120' })).CallbackCount,
      7,
    );
    assert.deepEqual(await counts({ BeginTime: '2026030100', EndTime: '2026030119' }), nothing);
  } finally {
    clock = NOW_SECONDS;
  }
});

test('CallbackStatusStatistics accepts 32 days, and no more', async () => {
  const of = (/** @type {string} */ BeginTime, /** @type {string} */ EndTime) =>
    call('CallbackStatusStatistics', { ...statistics, BeginTime, EndTime });
  assert.ok((await of('2026020100', '2026030500')).CallbackStatusStatistics);
  const { Error: error } = await of('2026020100', '2026030501');
  assert.equal(error.Code, 'InvalidParameterValue.EndTimeVerifyFail');
  assert.equal(
    await errorOf('CallbackStatusStatistics', { ...statistics, Limit: 1 }),
    'InvalidParameterValue.LimitVerifyFail',
  );
});

test('a carrier that reports a failure is quoted, and one that is silent is absent', async () => {
  const own = await start();
  const failing = '+8619400000191';
  const silent = '+8619400000196';
  for (const number of [failing, silent]) {
    const { answer } = await post(own, { ...goodParameters, PhoneNumberSet: [number] });
    assert.equal(answer.SendStatusSet[0].Code, 'Ok');
  }
  try {
    clock += 3600;
    const reports = async (/** @type {string} */ PhoneNumber) =>
      (await call('PullSmsSendStatusByPhoneNumber', { ...pull, PhoneNumber }, own))
        .PullSmsSendStatusSet;
    const [report] = await reports(failing);
    assert.deepEqual([report.ReportStatus, report.Description], ['FAIL', 'MK:0004']);
    assert.deepEqual(await reports(silent), []);
  } finally {
    clock = NOW_SECONDS;
  }
});
