/** The package's JSON Schema, compared with the core: both must accept the same configs. */

import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { ourFactory } from './support/connectors.js';
import { core } from './support/core.js';

const schema = JSON.parse(await readFile(join(ourFactory.path, 'config.schema.json'), 'utf8'));
// The description next to a $ref is for editors.
const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(
  schema,
);

/**
 * Returns the issues of a config. What its references lead to is not examined, because a schema cannot either.
 *
 * @param {unknown} config
 * @returns {import('../../js-shim/wasm/core.js').Issue[]}
 */
function issuesOf(config) {
  const step = core.validateConfig(config, []);
  return step.kind === 'done' ? step.outcome : [];
}

/** Valid and invalid values for each key. */
const values = {
  accessKeyId: [
    'AKIDEXAMPLE',
    'env:TENCENTCLOUD_SECRET_ID',
    ' env:TENCENT_SMS_2\u200b',
    'env:',
    'env:TENCENTCLOUD_',
    'env:DB_URL',
    'env:TENCENTCLOUD_id',
    'file:/run/secrets/tencent-id',
    'file:/var/run/secrets/a.b/..data/tencent',
    'file:/run/secrets/../tencent',
    'file:/run/secrets/./tencent',
    'file:/run/secrets//tencent',
    'file:/run/secrets/tencent/',
    'file:/run/secrets/token',
    'file:/etc/tencent',
    'Env:TENCENTCLOUD_SECRET_ID',
    ' AKID ',
    '\u200bAKID\ufeff',
    'AK\u200bID',
    '密钥',
    'a b',
    7,
  ],
  accessKeySecret: [
    'key',
    'key\u00a0',
    ' k e y ',
    'ke\ny',
    '密钥',
    'AKIDEXAMPLE0000000000000000000000001',
    'IKIDEXAMPLE0000000000000000000000001\u2028',
    'AKIDEXAMPLE000000000000000000000001',
    'env:TENCENTCLOUD_SECRET_KEY',
    'env:SECRET_KEY',
    'file:/run/secrets/tencent-key',
    'file:/proc/self/environ',
    1,
    ['key'],
  ],
  securityToken: ['token', 'to ken', 'env:TENCENTCLOUD_TOKEN', 'env:TOKEN', true],
  credentials: [
    'cvm-role',
    ' cvm-role:a',
    'cvm-role:SMS_Role+=,.@-9',
    'cvm-role:',
    'cvm-role:..',
    'cvm-role:..a',
    'cvm-role:a..',
    'cvm-role:../user-data',
    'cvm-role:a b',
    `cvm-role:${'a'.repeat(128)}`,
    `cvm-role:${'a'.repeat(129)}`,
    'tke-oidc\u200b',
    'tke-oidc:a',
    'CVM-ROLE',
    'key',
    1,
  ],
  signName: ['腾讯云', '【腾讯云】', '\u2060腾讯云', '【】', 1],
  sdkAppId: [
    '1400006666',
    1400006666,
    '\u206514\u3164',
    '１４００００６６６６',
    '14a',
    -1,
    1.5,
    [1],
  ],
  region: ['ap-guangzhou', ' eu-frankfurt', 'ap-guangzhou-3', 'Guangzhou', 'ap-', 1],
  endpoint: [
    'sms.tencentcloudapi.com',
    'https://SMS.intl.TencentCloudAPI.com/',
    'http://localhost:4180',
    'http://[::1]',
    'http://127.0.0.1:65535/',
    'http://127.0.0.1:65536',
    'http://127.0.0.1:6666',
    'https://[::1]:0009/ ',
    'http://localhost:10080',
    'http://localhost:10081',
    'http://127.0.0.1:0',
    'https://evil.example',
    'sms.tencentcloudapi.com.evil.example',
    'sms.tencentcloudapi.com/path',
    '-.tencentcloudapi.com',
    'user@sms.tencentcloudapi.com',
    1,
  ],
  usageType: ['Generic', 'Generic', 'SignIn', 'OrganizationInvitation', '登录', 'Sign In', 1],
  templateCode: [
    '1110',
    1110,
    '\u200e1110',
    '<template-code>',
    { china: 1 },
    { overseas: '2' },
    { china: 1, other: 1 },
    { other: 1 },
    { china: '登录' },
    '1110,1111',
    '登录验证码',
  ],
  templateParams: [
    ['{{code}}'],
    ['10', 'G-{{ link }}'],
    ['{{\ufeffcode}}', 10],
    ['{{{code}}}'],
    [],
    ['10'],
    [10],
    ['{{\u200bcode}}'],
    ['{{code.a}}'],
    ['{code}'],
    [''],
    [1.5],
    '{{code}}',
    [null],
  ],
  locale: ['en', 'zh-Hant-TW', 'fil\u200d', 'zh_CN', 'Chinese', 'e', 1],
  senderId: ['SHOP', 1],
  allowedCallingCodes: [
    '86, +852',
    ['86', '+852', 1, ' 7 '],
    ['1876'],
    [44, 210, 19],
    [21],
    [85],
    ['85'],
    ['0086'],
    ['\u200b86\u200b'],
    ['8\u200b6'],
    '86,\u200b852\ufeff',
    '８６',
    ['12345678'],
    ' 86 ,1876，7、 1 ,, ',
    '+1 876',
    '86 852',
    '8',
    '86, 85',
    '86+852',
    '12345678',
    ', ',
    86,
    '1, !1876,！+1900',
    ['!1876', '86'],
    '!!1876',
    '1!876',
    '! 1876',
    ['!'],
    ['!85'],
  ],
  perIp: [
    '20/1h',
    ' 005 / 60m ',
    '999999/9999d',
    '1000000/1h',
    '20/10000s',
    '0/1h',
    '20/0h',
    '20/h',
    20,
  ],
  perNumber: ['5/1h', '5/1w', '-5/1h', '5/1H'],
  perRange: ['30/1h', '30'],
  perCallingCode: [
    { 86: '5000/1h', '*': '200/1h' },
    { ' +1876 ': '1/1s' },
    { '*': '0/1h' },
    { 85: '1/1h' },
    { '!86': '1/1h' },
    { '**': '1/1h' },
    { 12345678: '1/1h' },
    '200/1h',
  ],
  total: ['20000/1d', true],
  mode: ['enforce', 'monitor', 'Monitor', ' monitor', 1],
  // A process without a Redis refuses `redis`: tests/redis/counts.test.js.
  store: ['memory', 'Memory', 'valkey', true],
  exempt: [
    ['+8613800138000'],
    ['85291234567', '008613800138000', ' +86013800138000 ', '6834002'],
    ['+861064648898'],
    ['+0041123456'],
    ['+86 138 0013 8000'],
    ['123456'],
    [8613800138000],
    '+8613800138000',
  ],
  bareNumbersAreMainland: [true, false, 'yes', 1],
  timeoutSeconds: [
    1,
    8,
    60,
    2.5,
    60.0004,
    '8',
    ' 10 ',
    '2.5\u200b',
    '+007.25',
    '8.',
    '60.0',
    '60.0004',
    60.001,
    '60.001',
    '.5',
    '1e1',
    '8 s',
    0,
    61,
    '61',
    true,
  ],
};

test('an editor finds the schema by the name of the package', async () => {
  const { resolve } = createRequire(join(ourFactory.path, 'lib/index.js'));
  const path = resolve('connector-tencent-sms-wasm/config.schema.json');
  assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), schema);
});

test('there are values for every key', () => {
  const { template, overseas, limits } = schema.$defs;
  const declared = [schema, template, overseas, limits].flatMap(({ properties }) =>
    Object.keys(properties),
  );
  // These consist of the others.
  const tried = [...Object.keys(values), 'templates', 'overseas', 'limits'];
  assert.deepEqual(tried.sort(), [...new Set(declared)].sort());
});

/** The changes of a valid config that the core refuses and a schema cannot, by reason. */
const onlyInCore = {
  'a schema cannot compare two values': { accessKeyId: 'key' },
  'a schema would need a list of all misspellings': {
    singName: '腾讯云',
    overseas: { sendrId: 'SHOP', senderId: 'SHOP' },
    templates: [
      { usageType: 'signin', templateCode: 1 },
      { usageType: 'Generic', templateCode: { china: 1, mainland: 1 } },
      { usageType: 'SignIn', templateCode: 1, locale: 'cn' },
      { usageType: 'BindMfa', templateCode: 1, templateParams: ['{{code}}', '{{usr.name}}'] },
    ],
  },
};

test('the core refuses more than the schema only where a schema cannot', () => {
  const config = {
    accessKeyId: 'AKIDEXAMPLE',
    accessKeySecret: 'key',
    signName: '腾讯云',
    sdkAppId: '1400006666',
    templates: [{ usageType: 'Generic', templateCode: 1 }],
  };
  assert.deepEqual(issuesOf(config), []);
  for (const [reason, changes] of Object.entries(onlyInCore)) {
    const changed = { ...config, ...changes };
    assert.ok(validate(changed), reason);
    const refused = issuesOf(changed).map(({ path }) => path.join('.'));
    const expected =
      'templates' in changes
        ? [
            'templates.0.usageType',
            'templates.1.templateCode.mainland',
            'templates.2.locale',
            'templates.3.templateParams',
            'overseas.sendrId',
            'singName',
          ]
        : ['accessKeySecret'];
    assert.deepEqual(refused, expected, reason);
  }
});

/**
 * Configs in which each key has any of its values in so many percent of the cases, and otherwise its first
 * value, which is valid. In as many percent, a required key is missing.
 *
 * @param {number} percent
 */
function configs(percent) {
  const value = (/** @type {keyof typeof values} */ key, atLeast = 0) => {
    const weight = Math.max(percent, atLeast);
    const [first, ...others] = /** @type {unknown[]} */ (values[key]);
    return fc.oneof(
      { withCrossShrink: true },
      { weight: 100 - weight, arbitrary: fc.constant(first) },
      { weight, arbitrary: fc.constantFrom(first, ...others) },
    );
  };
  const sides = fc.record({
    china: fc.constantFrom('1', 1, '<china>'),
    overseas: fc.constantFrom('2', undefined),
  });
  const template = fc.record(
    {
      usageType: value('usageType', 50),
      templateCode: fc.oneof(value('templateCode', 50), sides),
      templateParams: value('templateParams'),
      locale: value('locale'),
    },
    { requiredKeys: ['usageType', 'templateCode'] },
  );
  const apiKey = {
    accessKeyId: value('accessKeyId'),
    accessKeySecret: value('accessKeySecret'),
    securityToken: value('securityToken'),
  };
  const service = {
    signName: value('signName'),
    region: value('region'),
    endpoint: value('endpoint'),
  };
  const credentials = value('credentials');
  const account = fc.oneof(
    {
      weight: 400,
      arbitrary: fc.record(apiKey, { requiredKeys: ['accessKeyId', 'accessKeySecret'] }),
    },
    { weight: 100, arbitrary: fc.record({ credentials }) },
    {
      weight: percent,
      arbitrary: fc.record({ ...apiKey, credentials }, { requiredKeys: ['credentials'] }),
    },
  );
  const overseas = fc
    .tuple(
      fc.record({ ...service, senderId: value('senderId') }, { requiredKeys: [] }),
      fc.oneof(fc.constant({}), account),
    )
    .map(([ofService, ofAccount]) => ({ ...ofService, ...ofAccount }));
  const limits = fc.record(
    {
      perIp: value('perIp'),
      perNumber: value('perNumber'),
      perRange: value('perRange'),
      perCallingCode: value('perCallingCode'),
      total: value('total'),
      mode: value('mode'),
      store: value('store'),
      exempt: value('exempt'),
    },
    { requiredKeys: [] },
  );
  /** @type {('sdkAppId' | 'templates')[]} */
  const requiredKeys = ['sdkAppId', 'templates'];
  const complete = fc.record(
    {
      ...service,
      sdkAppId: value('sdkAppId'),
      templates: fc.array(template, { minLength: 1, maxLength: 3 }),
      overseas,
      limits,
      allowedCallingCodes: value('allowedCallingCodes'),
      bareNumbersAreMainland: value('bareNumbersAreMainland'),
      timeoutSeconds: value('timeoutSeconds'),
      comment: fc.constant('a key that the connector does not know'),
    },
    { requiredKeys },
  );
  const missing = fc.oneof(
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    {
      weight: percent,
      arbitrary: fc.constantFrom(...requiredKeys, 'accessKeyId', 'accessKeySecret', 'signName'),
    },
  );
  return fc
    .tuple(complete, account, missing)
    .map(([config, account, missing]) =>
      Object.fromEntries(
        Object.entries({ ...config, ...account }).filter(([key]) => key !== missing),
      ),
    );
}

test('random configs get the same verdict from both', (t) => {
  const counted = { valid: 0, invalid: 0 };
  // Few mistakes on average, because a config with many parts must still be valid often enough.
  const config = fc.oneof(configs(0), configs(2), configs(20));
  const property = fc.property(config, (config) => {
    // Logto hands the config over as JSON.
    const stored = JSON.parse(JSON.stringify(config));
    const issues = issuesOf(stored);
    const isValid = validate(stored);
    assert.equal(isValid, issues.length === 0, JSON.stringify({ issues, schema: validate.errors }));
    counted[isValid ? 'valid' : 'invalid'] += 1;
  });
  fc.assert(property, { numRuns: 10_000 });
  t.diagnostic(`${counted.valid} valid, ${counted.invalid} invalid`);
  assert.ok(counted.valid > 1000 && counted.invalid > 1000);
});
