/** The action SendSms: the messages that are accepted, and the codes of those that are refused. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startSandbox } from '../../sandbox/server.js';
import { last } from './support/present.js';
import { goodParameters, now, OVERSEAS, post } from './support/sign-and-post.js';

const sandbox = await startSandbox({ now });
after(() => sandbox.close());

/**
 * Sends the good message with changed parameters.
 * @param {Record<string, unknown>} changes
 */
async function send(changes) {
  const before = sandbox.messages.length;
  const { answer } = await post(sandbox, { ...goodParameters, ...changes });
  return { ...answer, messages: sandbox.messages.slice(before) };
}

/**
 * Returns the code of a message that must be refused, in the status of its one number.
 * @param {Record<string, unknown>} changes
 */
async function refusalOf(changes) {
  const { Error: error, SendStatusSet, messages } = await send(changes);
  assert.equal(error?.Code, undefined);
  assert.equal(SendStatusSet.length, 1);
  const [{ SerialNo, Fee, IsoCode, Code }] = SendStatusSet;
  assert.deepEqual({ SerialNo, Fee, IsoCode }, { SerialNo: '', Fee: 0, IsoCode: '' });
  assert.deepEqual(messages, []);
  assert.equal(last(sandbox.requests).outcome, Code);
  return Code;
}

/**
 * Returns the code of a request that must be refused as a whole.
 * @param {Record<string, unknown>} changes
 */
async function errorOf(changes) {
  const { Error: error, SendStatusSet, messages } = await send(changes);
  assert.equal(SendStatusSet, undefined);
  assert.deepEqual(messages, []);
  return error.Code;
}

test('a mainland message arrives with its signature', async () => {
  const { SendStatusSet, RequestId, messages } = await send({ SessionContext: '会话' });
  const [{ SerialNo, ...status }] = SendStatusSet;
  assert.match(SerialNo, /^5000:\d{28}$/);
  assert.deepEqual(status, {
    PhoneNumber: '+8613800138000',
    Fee: 1,
    SessionContext: '会话',
    Code: 'Ok',
    Message: 'send success',
    IsoCode: 'CN',
  });
  assert.deepEqual(messages, [
    {
      receivedAt: '2026-03-01T12:00:00.000Z',
      requestId: RequestId,
      serialNo: SerialNo,
      phoneNumber: '+8613800138000',
      smsSdkAppId: '1400006666',
      signName: '腾讯云示例',
      senderId: '',
      templateId: '1100001',
      templateParams: ['246810'],
      text: '【腾讯云示例】您的登录验证码为：246810，请勿泄露给他人。',
      region: 'ap-guangzhou',
    },
  ]);
});

test('an overseas message needs no signature and shows none', async () => {
  for (const SignName of [undefined, '', 'Sandbox']) {
    const { SendStatusSet, messages } = await send({ ...OVERSEAS, SignName });
    assert.equal(SendStatusSet[0].Code, 'Ok');
    assert.equal(SendStatusSet[0].IsoCode, 'US');
    assert.equal(messages[0].text, 'Your verification code is 246810.');
  }
});

test('several values take the places of their numbers', async () => {
  const { messages } = await send({ TemplateId: '1100005', TemplateParamSet: ['246810', '10'] });
  assert.equal(messages[0].text, '【腾讯云示例】您的验证码为：246810，10分钟内有效。');
});

test('numbers are interpreted as Tencent interprets them', async () => {
  for (const [given, parsed, isoCode] of [
    ['+8613800138000', '+8613800138000', 'CN'],
    ['8613800138000', '+8613800138000', 'CN'],
    ['008613800138000', '+8613800138000', 'CN'],
    ['+86013800138000', '+8613800138000', 'CN'],
    ['13800138000', '+8613800138000', 'CN'],
    // The sender means +1 862 401 7194. A connector must avoid this trap.
    ['18624017194', '+8618624017194', 'CN'],
    ['+18624017194', '+18624017194', 'US'],
    ['+85268326366', '+85268326366', 'HK'],
    ['+85366123456', '+85366123456', 'MO'],
    ['+886912345678', '+886912345678', 'TW'],
    ['+447400123456', '+447400123456', 'GB'],
    ['+2348021234567', '+2348021234567', 'DEF'],
  ]) {
    const template = isoCode === 'CN' ? {} : OVERSEAS;
    const { SendStatusSet, messages } = await send({ ...template, PhoneNumberSet: [given] });
    const [{ Code, PhoneNumber, IsoCode }] = SendStatusSet;
    assert.deepEqual([Code, PhoneNumber, IsoCode], ['Ok', parsed, isoCode], given);
    assert.equal(messages[0].phoneNumber, parsed);
  }
});

test('an invalid number is refused, and returned unchanged', async () => {
  const notNumbers = [
    '',
    '+',
    'x',
    '12345',
    '85268326366', // 11 digits, so read as +86 852…, which is no mobile
    '12025550123',
    '886912345678', // no documented form without its plus
    '0085268326366',
    '+861064648898',
    '+86138001380000',
    '+8612800138000',
    '86013800138000',
    '+0123456789',
    '+123456',
    '+1234567890123456',
    '+1 2025550123',
    '+12025550123\n',
    '１３８００１３８０００',
  ];
  for (const given of notNumbers) {
    const { SendStatusSet } = await send({ PhoneNumberSet: [given] });
    const [{ Code, PhoneNumber }] = SendStatusSet;
    assert.equal(Code, 'InvalidParameterValue.IncorrectPhoneNumber', given);
    assert.equal(PhoneNumber, given);
  }
});

test('a number that is refused for another reason is returned as parsed', async () => {
  const { SendStatusSet } = await send({ PhoneNumberSet: ['13800138000'], TemplateId: '999' });
  assert.equal(SendStatusSet[0].PhoneNumber, '+8613800138000');
});

test('one bad number does not stop the others', async () => {
  const { SendStatusSet, messages } = await send({
    PhoneNumberSet: ['+8613800138000', 'nonsense', '13900139000'],
    SessionContext: 'together',
  });
  assert.deepEqual(
    SendStatusSet.map(({ Code }) => Code),
    ['Ok', 'InvalidParameterValue.IncorrectPhoneNumber', 'Ok'],
  );
  assert.ok(SendStatusSet.every(({ SessionContext }) => SessionContext === 'together'));
  assert.deepEqual(
    messages.map(({ phoneNumber }) => phoneNumber),
    ['+8613800138000', '+8613900139000'],
  );
  assert.notEqual(messages[0].serialNo, messages[1].serialNo);
});

test('200 numbers are accepted, but not 0 or 201', async () => {
  const numbers = Array.from({ length: 201 }, (_, i) => `+86138001${String(i).padStart(5, '0')}`);
  assert.equal((await send({ PhoneNumberSet: numbers.slice(1) })).messages.length, 200);
  assert.equal(await errorOf({ PhoneNumberSet: numbers }), 'LimitExceeded.PhoneNumberCountLimit');
  assert.equal(await errorOf({ PhoneNumberSet: [] }), 'MissingParameter.EmptyPhoneNumberSet');
});

test('a request cannot have both mainland and overseas numbers', async () => {
  assert.equal(
    await errorOf({ PhoneNumberSet: ['13800138000', '+12025550123'] }),
    'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
  );
});

test('the application must belong to the account', async () => {
  assert.equal(
    await refusalOf({ SmsSdkAppId: '1400006667' }),
    'UnauthorizedOperation.SmsSdkAppIdVerifyFail',
  );
});

test('the signature must be approved for the number’s side', async () => {
  for (const SignName of [undefined, '', '待审核示例', '【腾讯云示例】', '腾讯云示例 ', 'nobody']) {
    assert.equal(
      await refusalOf({ SignName }),
      'FailedOperation.SignatureIncorrectOrUnapproved',
      SignName,
    );
  }
  assert.equal(
    await refusalOf({ ...OVERSEAS, SignName: 'nobody' }),
    'FailedOperation.SignatureIncorrectOrUnapproved',
  );
  for (const wrongSide of [{ SignName: 'Sandbox' }, { ...OVERSEAS, SignName: '腾讯云示例' }]) {
    assert.equal(
      await refusalOf(wrongSide),
      'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
    );
  }
});

test('the template must be approved for the number’s side', async () => {
  for (const TemplateId of ['', '1100006', '999']) {
    assert.equal(
      await refusalOf({ TemplateId }),
      'FailedOperation.TemplateIncorrectOrUnapproved',
      TemplateId,
    );
  }
  assert.equal(
    await refusalOf({ ...OVERSEAS, TemplateId: '1100001' }),
    'UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone',
  );
  assert.equal(
    await refusalOf({ TemplateId: '1200001' }),
    'UnsupportedOperation.GlobalTemplateToChineseMainlandPhone',
  );
  for (const side of [{}, OVERSEAS]) {
    const { SendStatusSet } = await send({ ...side, TemplateId: '1300001' });
    assert.equal(SendStatusSet[0].Code, 'Ok', 'a template of both sides');
  }
});

test('the number of values must be that of the template’s variables', async () => {
  for (const TemplateParamSet of [undefined, [], ['246810', '10'], ['1', '2', '3']]) {
    assert.equal(
      await refusalOf({ TemplateParamSet }),
      'FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
    );
  }
});

test('a verification template accepts up to six digits', async () => {
  for (const value of ['', '0', '000000']) {
    const { SendStatusSet } = await send({ TemplateParamSet: [value] });
    assert.equal(SendStatusSet[0].Code, 'Ok', value);
  }
  for (const value of ['1234567', '12345a', ' 12345', '１２３', '123\n', 'zh-CN']) {
    assert.equal(
      await refusalOf({ TemplateParamSet: [value] }),
      'InvalidParameterValue.TemplateParameterFormatError',
      value,
    );
  }
});

test('no template accepts a URL', async () => {
  for (const value of ['https://example.com/a', 'ftp://x', 'www.example.com', 'auth.example']) {
    for (const TemplateId of ['1200003', '1200001']) {
      assert.equal(
        await refusalOf({ ...OVERSEAS, TemplateId, TemplateParamSet: [value] }),
        'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
        value,
      );
    }
  }
  const { messages } = await send({
    ...OVERSEAS,
    TemplateId: '1200003',
    TemplateParamSet: ['Paris, 10.55 km away'],
  });
  assert.equal(messages[0].text, 'Your account was used to sign in from Paris, 10.55 km away.');
});

test('SenderId is only for overseas numbers', async () => {
  assert.equal(await errorOf({ SenderId: 'Logto' }), 'InvalidParameterValue');
  assert.equal((await send({ SenderId: '' })).SendStatusSet[0].Code, 'Ok');
  assert.equal((await send({ ...OVERSEAS, SenderId: 'Logto' })).SendStatusSet[0].Code, 'Ok');
});

test('SessionContext has fewer than 512 bytes, not characters', async () => {
  assert.equal((await send({ SessionContext: 'x'.repeat(511) })).SendStatusSet[0].Code, 'Ok');
  assert.equal(await errorOf({ SessionContext: 'x'.repeat(512) }), 'InvalidParameterValue');
  assert.equal(await errorOf({ SessionContext: '话'.repeat(171) }), 'InvalidParameterValue');
});

test('long texts are billed by their parts', async () => {
  // The template's own text is 39 characters.
  for (const [length, character, fee] of /** @type {const} */ ([
    [121, 'x', 1],
    [122, 'x', 2],
    [267, 'x', 2],
    [268, 'x', 3],
    [31, '话', 1],
    [32, '话', 2],
    [95, '话', 2],
    [96, '话', 3],
  ])) {
    const { SendStatusSet } = await send({
      ...OVERSEAS,
      TemplateId: '1200003',
      TemplateParamSet: [character.repeat(length)],
    });
    assert.equal(SendStatusSet[0].Fee, fee, `${length} × ${character}`);
  }
});
