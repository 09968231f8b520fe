/** The warning about another number, next to a phone library's example numbers of the whole world. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { core } from './support/core.js';

const config = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'ExampleSecretKey',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  templates: [{ usageType: 'Generic', templateCode: '1110' }],
};

const regions = getCountries().flatMap((region) => {
  const example = getExampleNumber(region, examples);
  return example ? [{ region, example }] : [];
});

/**
 * Tells whether the connector warns, if Tencent accepted a message to `to` for `PhoneNumber`.
 *
 * @param {string} to
 * @param {string} [PhoneNumber]
 * @returns {boolean}
 */
function warns(to, PhoneNumber) {
  const status = { Code: 'Ok', SerialNo: '5000:1', PhoneNumber };
  const answer = {
    action: 'SendSms',
    receivedAt: 0,
    status: 200,
    departures: 1,
    body: JSON.stringify({ Response: { SendStatusSet: [status] } }),
  };
  const data = { to, type: 'SignIn', payload: { code: '123456' } };
  const step = core.sendMessage(config, data, [{ startedAt: 0 }, answer], 0);
  assert.equal(step.kind, 'done');
  const { receipt, warnings } = step.outcome;
  assert.equal(receipt.phoneNumberDiffers ?? false, warnings !== undefined);
  return warnings !== undefined;
}

/** @typedef {import('libphonenumber-js/max').PhoneNumber} PhoneNumber */

const stored = (/** @type {PhoneNumber} */ { number }) => number.slice(1);

/**
 * The number with digits in front of its national number.
 *
 * @param {PhoneNumber} example
 * @param {string} digits
 */
const withDigits = ({ countryCallingCode, nationalNumber }, digits) =>
  `+${countryCallingCode}${digits}${nationalNumber}`;

test('no region has an alarm for another form of the same number', (t) => {
  assert.ok(regions.length >= 240);
  for (const { region, example } of regions) {
    const { number } = example;
    const spaced = example.formatInternational();
    const forms = [
      number,
      stored(example),
      `00${stored(example)}`,
      spaced,
      spaced.replaceAll(' ', '-'),
      spaced.replace(/ (.*)/, ' ($1)'),
      example.getURI(),
      '',
      '+',
      undefined,
    ];
    for (const form of forms) {
      assert.equal(warns(stored(example), form), false, `${region}: ${form}`);
    }
  }
  t.diagnostic(`${regions.length} regions`);
});

test('a trunk zero is an alarm only where it makes another number', (t) => {
  const counted = { same: 0, other: 0, none: 0 };
  for (const { region, example } of regions) {
    const form = withDigits(example, '0');
    const read = parsePhoneNumberFromString(form);
    const isOther = read?.number !== example.number;
    if (isOther && !read?.isValid()) {
      // Nobody has the number with the zero, so Tencent cannot have accepted it.
      counted.none += 1;
      continue;
    }
    counted[isOther ? 'other' : 'same'] += 1;
    assert.equal(warns(stored(example), form), isOther, `${region}: ${form}`);
    // A number with the trunk zero after 86 is sent without it, and an old record of any other region with it.
    assert.equal(warns(form, example.number), isOther, `${region}: ${form}`);
  }
  t.diagnostic(
    `${counted.same} regions read the zero as a trunk prefix, ${counted.other} as another number, ${counted.none} as none`,
  );
  assert.ok(counted.same >= 100 && counted.other >= 2);
});

for (const [region, digit, other] of /** @type {const} */ ([
  ['MX', '1', '9'],
  ['AR', '9', '1'],
])) {
  test(`the mobile digit of ${region} is no alarm, and no other digit is one`, () => {
    const example = getExampleNumber(region, examples);
    assert.ok(example);
    const { countryCallingCode } = example;
    const ten = String(example.nationalNumber).slice(-10);
    const short = `+${countryCallingCode}${ten}`;
    const long = `+${countryCallingCode}${digit}${ten}`;
    for (const [to, answered] of [
      [short, long],
      [long, short],
      [short, `+${countryCallingCode} ${digit} ${ten}`],
      [short, `00${countryCallingCode}${digit}${ten}`],
    ]) {
      assert.equal(warns(to, answered), false, `${to} ${answered}`);
    }
    for (const answered of [
      `+${countryCallingCode}${other}${ten}`,
      `+${countryCallingCode}${digit}${digit}${ten}`,
      `+${countryCallingCode}${digit}${ten.slice(1)}`,
    ]) {
      assert.equal(warns(short, answered), true, answered);
    }
  });
}

test('no other country has a mobile digit', () => {
  for (const { region, example } of regions) {
    for (const digit of ['1', '9']) {
      const isMobileDigit = { MX: '1', AR: '9' }[/** @type {string} */ (region)] === digit;
      if (!isMobileDigit) {
        assert.equal(
          warns(stored(example), withDigits(example, digit)),
          true,
          `${region} ${digit}`,
        );
      }
    }
  }
});

test('one changed digit, one more and one less are another number', () => {
  for (const { region, example } of regions) {
    const to = stored(example);
    for (let index = 0; index < to.length; index += 1) {
      if (region === 'AR' && index === example.countryCallingCode.length) {
        // A trunk zero in the place of the mobile digit is the same subscriber.
        continue;
      }
      const changed = String((Number(to[index]) + 1) % 10);
      const other = `+${to.slice(0, index)}${changed}${to.slice(index + 1)}`;
      assert.equal(warns(to, other), true, `${region}: ${other}`);
    }
    assert.equal(warns(to, `+${to}0`), true, region);
    assert.equal(warns(to, `+${to.slice(0, -1)}`), true, region);
  }
});

test("another country's number is another number, also with the same digits after the calling code", () => {
  for (const [index, { region, example }] of regions.entries()) {
    const next = regions[(index + 1) % regions.length]?.example;
    assert.ok(next);
    if (next.number !== example.number) {
      assert.equal(warns(stored(example), next.number), true, region);
    }
    const { countryCallingCode, nationalNumber } = example;
    const code = countryCallingCode === '86' ? '1' : '86';
    assert.equal(warns(stored(example), `+${code}${nationalNumber}`), true, region);
    assert.equal(warns(stored(example), `+${code}${stored(example)}`), true, region);
  }
});
