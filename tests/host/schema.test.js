/** The JSON Schema that ships with the package says what the core says. */

import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ourFactory } from './connectors.js';
import { core } from './core.js';
import { pick, random, seed } from './random.js';

const schema = JSON.parse(await readFile(join(ourFactory.path, 'config.schema.json'), 'utf8'));
// The description beside a $ref is for editors.
const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(
  schema,
);

/** Right and wrong values for each key. */
const values = {
  accessKeyId: ['AKIDEXAMPLE', ' AKID ', '密钥', 'a b', 7],
  accessKeySecret: ['key', ' k e y ', 1, ['key']],
  securityToken: ['token', 'to ken', true],
  signName: ['腾讯云', 1],
  sdkAppId: ['1400006666', 1400006666, -1, 1.5, [1]],
  region: ['ap-guangzhou', ' eu-frankfurt', 'Guangzhou', 'ap-', 1],
  endpoint: [
    'sms.tencentcloudapi.com',
    'https://SMS.intl.TencentCloudAPI.com/',
    'http://localhost:4180',
    'http://[::1]',
    'http://127.0.0.1:65535/',
    'http://127.0.0.1:65536',
    'http://127.0.0.1:0',
    'https://evil.example',
    'sms.tencentcloudapi.com.evil.example',
    'sms.tencentcloudapi.com/path',
    '-.tencentcloudapi.com',
    'user@sms.tencentcloudapi.com',
    1,
  ],
  usageType: ['Generic', 'Generic', 'SignIn', 1],
  templateCode: ['1110', 1110, '<template-code>', { china: 1 }, { overseas: '2' }, { other: 1 }],
  templateParams: [['{{code}}'], ['{{code}}', 10], [''], [1.5], '{{code}}', [null]],
  locale: ['en', 'zh-Hant-TW', 'zh_CN', 'e', 1],
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
  ],
  bareNumbersAreMainland: [true, false, 'yes', 1],
  timeoutSeconds: [1, 8, 60, 2.5, '8', ' 10 ', 0, 61, '61', '2.5', true],
};

test('there are values for every key', () => {
  const { template, overseas } = schema.$defs;
  const declared = [schema, template, overseas].flatMap(({ properties }) =>
    Object.keys(properties),
  );
  // These two are made of the others.
  const tried = [...Object.keys(values), 'templates', 'overseas'];
  assert.deepEqual(tried.sort(), [...new Set(declared)].sort());
});

test(`10000 random configs get the same verdict from both (SEED=${seed})`, (t) => {
  const counted = { good: 0, bad: 0 };
  for (let count = 0; count < 10_000; count += 1) {
    // Mostly right, so that whole configs come out right often enough.
    const wrongness = pick([0, 0.02, 0.2]);
    const config = JSON.parse(JSON.stringify(randomConfig(wrongness)));
    const issues = core.validateConfig(config);
    assert.equal(
      validate(config),
      issues.length === 0,
      JSON.stringify({ config, core: issues, schema: validate.errors }, null, 2),
    );
    counted[issues.length === 0 ? 'good' : 'bad'] += 1;
  }
  t.diagnostic(`${counted.good} good, ${counted.bad} bad`);
  assert.ok(counted.good > 1000 && counted.bad > 1000);
});

/** @param {number} wrongness */
function randomConfig(wrongness) {
  const value = valueWith(wrongness);
  const template = () => ({
    usageType: value('usageType'),
    templateCode: pick([
      () => value('templateCode'),
      () => ({ china: pick(['1', 1, '<china>']), overseas: pick(['2', undefined]) }),
    ])(),
    ...sometimes(() => ({ templateParams: value('templateParams') })),
    ...sometimes(() => ({ locale: value('locale') })),
  });
  const account = () => ({
    ...sometimes(() => ({ signName: value('signName') })),
    ...sometimes(() => ({ region: value('region') })),
    ...sometimes(() => ({ endpoint: value('endpoint') })),
  });
  const keys = () => ({
    accessKeyId: value('accessKeyId'),
    accessKeySecret: value('accessKeySecret'),
    ...sometimes(() => ({ securityToken: value('securityToken') })),
  });
  const config = {
    ...keys(),
    ...account(),
    sdkAppId: value('sdkAppId'),
    templates: Array.from({ length: pick([1, 2, 3]) }, template),
    ...sometimes(() => ({
      overseas: {
        region: 'ap-singapore',
        ...account(),
        ...sometimes(keys),
        ...sometimes(() => ({ senderId: value('senderId') })),
      },
    })),
    ...sometimes(() => ({ allowedCallingCodes: value('allowedCallingCodes') })),
    ...sometimes(() => ({ bareNumbersAreMainland: value('bareNumbersAreMainland') })),
    ...sometimes(() => ({ timeoutSeconds: value('timeoutSeconds') })),
    ...sometimes(() => ({ comment: 'not ours' })),
  };
  const missing = random() < wrongness ? pick(Object.keys(config)) : undefined;
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== missing));
}

/** @param {number} wrongness how often any of a key's values is taken, rather than its first */
const valueWith = (wrongness) => (/** @type {keyof typeof values} */ key) =>
  random() < Math.max(wrongness, key === 'templateCode' || key === 'usageType' ? 0.5 : 0)
    ? pick(/** @type {unknown[]} */ (values[key]))
    : values[key][0];

/** @param {() => object} fields */
const sometimes = (fields) => (random() < 0.3 ? fields() : {});
