/** The route of a number, compared with a phone library and its numbers of the whole world. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { core } from './support/core.js';

/** A config whose templates show the route. */
const config = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'ExampleSecretKey',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  templates: [{ usageType: 'Generic', templateCode: { china: 'china', overseas: 'overseas' } }],
};

/**
 * @param {string} to
 * @param {object} [changes] to the config
 * @returns {{ number: string, route: string }}
 */
function routeOf(to, changes) {
  const data = { to, type: 'SignIn', payload: { code: '123456' } };
  const step = core.sendMessage({ ...config, ...changes }, data, [], 0);
  assert.equal(step.kind, 'request');
  const { PhoneNumberSet, TemplateId } = JSON.parse(step.request.body);
  return { number: PhoneNumberSet[0], route: TemplateId };
}

/** Returns a number as Logto stores it: the digits of E.164. */
const stored = (/** @type {{ number: string }} */ { number }) => number.slice(1);

test('a mobile number of another region is never mainland, and a mainland mobile always is', (t) => {
  const counted = { china: 0, overseas: 0 };
  for (const region of getCountries()) {
    const example = getExampleNumber(region, examples);
    if (!example) {
      t.diagnostic(`${region} has no example number`);
      continue;
    }
    const expected = region === 'CN' ? 'china' : 'overseas';
    for (const prefix of ['', '+', '00']) {
      assert.deepEqual(
        routeOf(prefix + stored(example)),
        { number: example.number, route: expected },
        region,
      );
    }
    counted[expected] += 1;
  }
  t.diagnostic(`${counted.overseas} regions overseas, ${counted.china} mainland`);
  assert.ok(counted.overseas >= 240 && counted.china === 1);
});

test('every series of mainland mobile numbers is mainland, also with a trunk zero', (t) => {
  let counted = 0;
  for (let prefix = 130; prefix <= 199; prefix += 1) {
    const national = `${prefix}00138000`;
    const expected = { number: `+86${national}`, route: 'china' };
    assert.deepEqual(routeOf(`86${national}`), expected);
    assert.deepEqual(routeOf(`860${national}`), expected);
    assert.deepEqual(routeOf(national, { bareNumbersAreMainland: true }), expected);
    counted += 1;
    const american = parsePhoneNumberFromString(`+${national}`);
    if (american?.isValid()) {
      assert.deepEqual(routeOf(national), { number: american.number, route: 'overseas' });
    }
  }
  t.diagnostic(`${counted} series`);
});

test('a valid North American number keeps its country, even if its digits are also a Chinese number', (t) => {
  let both = 0;
  for (let area = 201; area <= 989; area += 1) {
    const american = parsePhoneNumberFromString(`+1${area}5550123`);
    if (!american?.isValid()) {
      continue;
    }
    assert.deepEqual(routeOf(stored(american)), { number: american.number, route: 'overseas' });
    both += /^1[3-9]/.test(stored(american)) ? 1 : 0;
  }
  t.diagnostic(`${both} area codes whose numbers without + are also mainland mobile numbers`);
  assert.ok(both > 100);
});

test('Hong Kong, Macao and Taiwan are overseas', () => {
  for (const to of ['85291234567', '85268326366', '85366123456', '886912345678']) {
    assert.deepEqual(routeOf(to), { number: `+${to}`, route: 'overseas' });
  }
});
