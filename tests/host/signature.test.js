/** The core's signature beside the one that Tencent's own SDK makes of the same bytes. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { tencentAuthorization } from '../shared/tencent-signer.js';
import { core } from './core.js';
import { pick, random, randomLetters, randomText, seed } from './random.js';

test(`5000 random requests are signed as Tencent's SDK signs them (SEED=${seed})`, () => {
  for (let count = 0; count < 5000; count += 1) {
    const config = randomConfig();
    const now = randomTime();
    const data = {
      to: pick(['8613800138000', '18624017194', '85291234567']),
      type: pick(['SignIn', 'Generic']),
      payload: { code: randomText(), locale: 'zh-CN', user: { name: randomText() } },
    };
    const step = core.sendMessage(config, data, [], now);
    assert.equal(step.kind, 'request');
    const { url, headers, body } = step.request;
    const expected = tencentAuthorization(
      { url, secretId: config.accessKeyId, secretKey: config.accessKeySecret },
      { headers: Object.fromEntries(new Headers(headers)), body },
    );
    assert.equal(headers.Authorization, expected);
    assert.equal(headers['X-TC-Timestamp'], String(Math.floor(now / 1000)));
    // Lossless: what a JSON parser reads is what the config and the payload said.
    const { SignName, TemplateParamSet } = JSON.parse(body);
    assert.equal(SignName, config.signName);
    assert.deepEqual(TemplateParamSet, [data.payload.code, data.payload.user.name, '10']);
  }
});

function randomConfig() {
  return {
    accessKeyId: `AKID${randomLetters(32)}`,
    accessKeySecret: randomLetters(pick([1, 32, 64, 65, 200])),
    signName: `签${randomText()}名`,
    sdkAppId: pick(['1400006666', 2400006666]),
    region: pick(['ap-guangzhou', 'eu-frankfurt']),
    endpoint: pick([
      'sms.tencentcloudapi.com',
      'sms.intl.tencentcloudapi.com',
      'sms.ap-shanghai-fsi.tencentcloudapi.com',
      'http://127.0.0.1:4180',
      'http://[::1]:4180',
    ]),
    templates: [
      {
        usageType: 'Generic',
        templateCode: '1110',
        templateParams: ['{{code}}', '{{user.name}}', '10'],
      },
    ],
  };
}

/** Up to the year 2100, and often within seconds of a date's edges. */
function randomTime() {
  const day = 86_400_000;
  const time = Math.floor(random() * 4_102_444_800_000);
  return pick([time, time - (time % day), time - (time % day) + day - 1]);
}
