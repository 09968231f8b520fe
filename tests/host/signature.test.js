/** The core's signature, compared with the one that Tencent's own SDK makes from the same bytes. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { tencentAuthorization } from '../shared/tencent-signer.js';
import { core } from './support/core.js';

/** Texts of ASCII, of whole characters as people read them, and of any code points. */
const text = fc.oneof(
  fc.string({ unit: 'binary-ascii' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary', maxLength: 500, size: 'max' }),
);

/** @param {number} length */
const letters = (length) => fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${length}}$`));

const configs = fc.record(
  {
    accessKeyId: letters(32).map((id) => `AKID${id}`),
    // HMAC treats keys above its block size of 64 bytes differently.
    accessKeySecret: fc.oneof(...[1, 32, 64, 65, 200].map(letters)),
    signName: text.map((name) => `签${name}名`),
    sdkAppId: fc.constantFrom('1400006666', 2400006666),
    region: fc.constantFrom('ap-guangzhou', 'eu-frankfurt'),
    endpoint: fc.constantFrom(
      'sms.tencentcloudapi.com',
      'sms.intl.tencentcloudapi.com',
      'sms.ap-shanghai-fsi.tencentcloudapi.com',
      'http://127.0.0.1:4180',
      'http://[::1]:4180',
    ),
    templates: fc.constant([
      {
        usageType: 'Generic',
        templateCode: '1110',
        templateParams: ['{{code}}', '{{user.name}}', '10'],
      },
    ]),
  },
  { noNullPrototype: true },
);

const messages = fc.record(
  {
    to: fc.constantFrom('8613800138000', '18624017194', '85291234567'),
    type: fc.constantFrom('SignIn', 'Generic'),
    payload: fc
      .tuple(text, text)
      .map(([code, name]) => ({ code, locale: 'zh-CN', user: { name } })),
  },
  { noNullPrototype: true },
);

const day = 86_400_000;

/** Times up to the year 2100, many of them at the edge of a date, which the signature contains. */
const times = fc
  .tuple(fc.integer({ min: 0, max: 4_102_444_799_999 }), fc.constantFrom('any', 'first', 'last'))
  .map(([time, edge]) => {
    const midnight = time - (time % day);
    return { any: time, first: midnight, last: midnight + day - 1 }[edge];
  });

test("random requests are signed as Tencent's SDK signs them", () => {
  const property = fc.property(configs, messages, times, (config, message, now) => {
    const step = core.sendMessage(config, message, [], now);
    assert.equal(step.kind, 'request');
    const { url, headers, body } = step.request;
    const expected = tencentAuthorization(
      { url, secretId: config.accessKeyId, secretKey: config.accessKeySecret },
      { headers: Object.fromEntries(new Headers(headers)), body },
    );
    assert.equal(headers.Authorization, expected);
    assert.equal(headers['X-TC-Timestamp'], String(Math.floor(now / 1000)));
    // A JSON parser must read exactly the values that the config and the payload had.
    const { SignName, TemplateParamSet } = JSON.parse(body);
    assert.equal(SignName, config.signName);
    assert.deepEqual(TemplateParamSet, [message.payload.code, message.payload.user.name, '10']);
  });
  fc.assert(property, { numRuns: 5000 });
});
