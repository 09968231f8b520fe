/** The account file: how it is read, and how its mistakes are reported. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connectorConfig, defaultAccount } from '../../sandbox/account.js';
import { AccountFileError, parseAccount, readAccountFile } from '../../sandbox/account-file.js';

/** @typedef {import('../../sandbox/account.js').Account} Account */
/** @typedef {import('../../sandbox/account.js').Template} Template */

const folder = mkdtempSync(join(tmpdir(), 'sandbox-account-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {string} text */
function write(text, name = 'account.json') {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('the default account is valid', () => {
  assert.deepEqual(parseAccount(defaultAccount), { account: defaultAccount, mistakes: [] });
});

test('a section of the file replaces that section of the default account', () => {
  const templates = [
    {
      templateId: '7',
      kind: 'verification',
      content: 'Code {1}',
      international: 3,
      statusCode: 0,
    },
  ];
  for (const start of ['', '\ufeff']) {
    const account = readAccountFile(write(`${start}${JSON.stringify({ templates })}`));
    assert.deepEqual(account, { ...defaultAccount, templates });
  }
  assert.deepEqual(readAccountFile(write('{}')), defaultAccount);
});

test('every mistake is reported with its path', () => {
  const { account, mistakes } = parseAccount({
    secretId: 'AKID/1',
    secretKey: '',
    smsSdkAppIds: [1400006666],
    signatures: [
      { signId: 1, signName: '【a】', international: 3, statusCode: 0 },
      { signId: 1, signName: 'b', international: 0, statusCode: 9, qualification: {} },
    ],
    templates: [
      { templateId: '007', kind: 'sms', content: '{1}{3}', international: 2, statusCode: '0' },
      { templateId: '8', kind: 'verification', content: '', international: 0, statusCode: 0, x: 1 },
      null,
    ],
    packages: {},
    restrictions: { SendSmsNow: 'x', SendSms: 'not a code' },
    deliveryReportSeconds: -1,
    template: [],
  });
  assert.equal(account, undefined);
  const expected = [
    /^template is not a known name; the names are secretId, .*templates/,
    /^secretId must be a text without white space, \/ and ,$/,
    /^secretKey must be a text without white space$/,
    /^smsSdkAppIds\[0\] must be a text of digits, such as "1400006666"$/,
    /^signatures\[0\]\.signName must be a text, without 【】$/,
    /^signatures\[0\]\.international must be 0 or 1$/,
    /^signatures\[1\]\.statusCode must be 0, 1, 2 or -1$/,
    /^signatures\[1\]\.qualification\.qualificationId is missing$/,
    /^signatures\[1\]\.qualification\.qualificationName is missing$/,
    /^signatures\[1\]\.qualification\.statusCode is missing$/,
    /^signatures\[1\]\.signId is the same as that of signatures\[0\]$/,
    /^templates\[0\]\.templateId must be a text of digits, such as "1100001"$/,
    /^templates\[0\]\.kind must be "verification" or "notification"$/,
    /^templates\[0\]\.content must number its variables from \{1\} without gaps: \{2\} is missing$/,
    /^templates\[0\]\.international must be 0, 1 or 3$/,
    /^templates\[0\]\.statusCode must be 0, 1, 2 or -1$/,
    /^templates\[1\]\.x is not a known name; the names are templateId, /,
    /^templates\[1\]\.content must be a text$/,
    /^templates\[2\] must be an object$/,
    /^packages must be a list$/,
    /^restrictions\.SendSmsNow is not a known name; the names are SendSms, DescribeSmsTemplateList, /,
    /^restrictions\.SendSms must be an error code of Tencent’s$/,
    /^deliveryReportSeconds must be a whole number, 0 or more$/,
  ];
  assert.equal(mistakes.length, expected.length, mistakes.join('\n'));
  for (const [index, pattern] of expected.entries()) assert.match(mistakes[index], pattern);

  for (const notAnObject of [null, [], 'x', 7]) {
    assert.deepEqual(parseAccount(notAnObject).mistakes, ['the file must be an object']);
  }
  assert.deepEqual(parseAccount({ smsSdkAppIds: [] }).mistakes, ['smsSdkAppIds must not be empty']);
});

test('no report contains a key', () => {
  const { mistakes } = parseAccount({ secretId: 'AKID secret', secretKey: 'key secret' });
  assert.equal(mistakes.length, 2);
  assert.doesNotMatch(mistakes.join(), /secret["' ]|AKID|key secret/);
});

test('a file that cannot be read or is not JSON is named', () => {
  const missing = join(folder, 'missing.json');
  for (const [path, message] of /** @type {const} */ ([
    [missing, `${missing} does not exist`],
    [write('{', 'broken.json'), /broken\.json is not JSON: /],
    [write('{"a":1}'), /account\.json: a is not a known name/],
    [folder, /sandbox-account-\w+ cannot be read: EISDIR/],
  ])) {
    assert.throws(
      () => readAccountFile(path),
      (error) => {
        assert.ok(error instanceof AccountFileError);
        if (typeof message === 'string') assert.equal(error.message, message);
        else assert.match(error.message, message);
        return true;
      },
    );
  }
});

test('the config to paste matches the account', () => {
  const of = (/** @type {Partial<Account>} */ changes) =>
    connectorConfig({ ...defaultAccount, ...changes }, 'http://x');
  /**
   * @param {string} templateId
   * @param {Partial<Template>} [changes]
   * @returns {Template}
   */
  const template = (templateId, changes) => ({
    templateId,
    kind: 'verification',
    content: 'Code {1}',
    international: 0,
    statusCode: 0,
    ...changes,
  });
  const { templates, ...config } = of({
    securityToken: 'token',
    smsSdkAppIds: ['7', '8'],
    signatures: [
      { signId: 1, signName: 'abroad', international: 1, statusCode: 0 },
      { signId: 2, signName: 'refused', international: 0, statusCode: -1 },
      { signId: 3, signName: 'home', international: 0, statusCode: 0 },
    ],
    templates: [
      template('1', { kind: 'notification' }),
      template('2', { content: 'Code {1} for {2} minutes' }),
      template('3', { statusCode: 1 }),
      template('4'),
      template('5', { international: 3, usageTypes: ['SignIn'] }),
      template('6', { international: 1, usageTypes: ['SignIn'], statusCode: 1 }),
    ],
  });
  assert.deepEqual(config, {
    accessKeyId: defaultAccount.secretId,
    accessKeySecret: defaultAccount.secretKey,
    securityToken: 'token',
    signName: 'home',
    sdkAppId: '7',
    region: 'ap-guangzhou',
    endpoint: 'http://x',
  });
  assert.deepEqual(templates, [
    { usageType: 'SignIn', templateCode: { china: '5', overseas: '5' } },
    { usageType: 'Generic', templateCode: { china: '4', overseas: '5' } },
  ]);

  const nothingApproved = of({
    signatures: [{ signId: 1, signName: 'a', international: 0, statusCode: 1 }],
    templates: [template('1', { statusCode: 1 })],
  });
  assert.equal(nothingApproved.signName, 'a');
  assert.deepEqual(JSON.parse(JSON.stringify(nothingApproved.templates)), [
    { usageType: 'Generic', templateCode: { china: '1' } },
  ]);
  assert.deepEqual(of({ templates: [] }).templates, []);
});
