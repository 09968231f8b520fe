/** Only the fields of a message that the template asks for are read, and no other field stops a code. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { core } from './support/core.js';

const to = '8613800138000';
const good = { code: '123456' };

/** @param {object} [template] */
const configWith = (template) => ({
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'ExampleSecretKey',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  templates: [
    { usageType: 'Generic', templateCode: '1110', ...template },
    { usageType: 'Generic', templateCode: '2220', locale: 'de', templateParams: ['{{code}}'] },
  ],
});

/**
 * The `TemplateParamSet` of the request for a message.
 *
 * @param {unknown} data
 * @param {object} [template]
 * @returns {string[]}
 */
function valuesOf(data, template) {
  const step = core.sendMessage(configWith(template), data, [], 0);
  assert.equal(step.kind, 'request');
  return JSON.parse(step.request.body).TemplateParamSet;
}

/**
 * @param {unknown} data
 * @param {object} [template]
 */
function lineOf(data, template) {
  try {
    core.sendMessage(configWith(template), data, [], 0);
  } catch (error) {
    assert.ok(error instanceof Error && 'operatorLine' in error && 'code' in error);
    assert.equal(error.code, 'invalid_request_parameters');
    return String(error.operatorLine);
  }
  return assert.fail('nothing was refused');
}

/** @param {number} depth */
function nested(depth) {
  /** @type {unknown} */
  let value = 1;
  for (let level = 0; level < depth; level += 1) {
    value = level % 2 === 0 ? { value } : [value];
  }
  return value;
}

/** @type {Record<string, unknown>} */
const cycle = {};
cycle.self = [cycle];

const throwing = {
  enumerable: true,
  get() {
    throw new Error('no one may read this');
  },
};

/**
 * Fields that have no JSON, by what is wrong with them. Where it is further in, the text of the whole value is
 * `[object Object]`, for which nothing in it is read.
 *
 * @type {Record<string, PropertyDescriptor>}
 */
const unreadable = {
  'a BigInt': { enumerable: true, value: 1n },
  'a BigInt further in': { enumerable: true, value: { list: [{ id: 1n }] } },
  'a cycle': { enumerable: true, value: cycle },
  'a getter that throws': throwing,
  'a getter that throws further in': {
    enumerable: true,
    value: [Object.defineProperty({}, 'name', throwing)],
  },
  'toJSON that throws': { enumerable: true, value: { toJSON: throwing.get } },
  'a proxy that was revoked': (() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return { enumerable: true, value: proxy };
  })(),
  '130 levels': { enumerable: true, value: nested(130) },
  'more levels than the stack': { enumerable: true, value: nested(100_001) },
};

const furtherIn = new Set([
  'a BigInt further in',
  'a cycle',
  'a getter that throws further in',
  '130 levels',
  'more levels than the stack',
]);

/** Fields that are odd, and have JSON all the same. @type {Record<string, unknown>} */
const odd = {
  'a lone surrogate': '\ud800',
  'the second half alone': 'a\udc00b',
  'a function': () => {},
  'a symbol': Symbol('x'),
  undefined: undefined,
  'an invalid date': new Date(Number.NaN),
  'a map': new Map([[1, 1n]]),
};

for (const [name, descriptor] of Object.entries(unreadable)) {
  test(`${name} is read only where the template asks for it, and is named there`, () => {
    const payload = Object.defineProperty({ code: '123456', locale: 'fr' }, 'x', descriptor);
    const data = { to, type: 'SignIn', payload };
    assert.deepEqual(valuesOf(data), ['123456']);
    assert.deepEqual(valuesOf(data, { templateParams: ['{{code}}', '10'] }), ['123456', '10']);
    assert.deepEqual(valuesOf(data, { templateParams: ['{x}'] }), ['{x}']);
    const whole = furtherIn.has(name) ? [] : [['{{x}}']];
    for (const templateParams of [
      ...whole,
      ['{{code}}', 'a {{ x.list.0.id.self.name.value }}'],
      ['{{x.list}}{{x.id}}{{x.self}}{{x.name}}{{x.value}}'],
    ]) {
      const line = lineOf(data, { templateParams });
      assert.match(line, /asks for payload\.x, which cannot be read/);
      assert.doesNotMatch(line, /123456|138/);
    }
    // Another template for this reader asks for the code alone.
    const german = {
      ...data,
      payload: Object.defineProperty({ ...good, locale: 'de' }, 'x', descriptor),
    };
    assert.deepEqual(valuesOf(german, { templateParams: ['{{x}}'] }), ['123456']);
  });

  test(`${name} next to payload, or as its locale, stops nothing`, () => {
    const data = Object.defineProperty({ to, type: 'SignIn', payload: good }, 'ip', descriptor);
    assert.deepEqual(valuesOf(data), ['123456']);
    const payload = Object.defineProperty({ ...good }, 'locale', descriptor);
    assert.deepEqual(valuesOf({ to, type: 'SignIn', payload }), ['123456']);
    const templateParams = ['{{locale.list}}{{locale.0.id}}{{locale.self.name.value}}'];
    assert.match(lineOf({ to, type: 'SignIn', payload }, { templateParams }), /payload\.locale/);
  });

  test(`${name} as code, link, to, type or payload is named`, () => {
    const { defineProperty } = Object;
    const code = defineProperty({ link: 'https://a.example' }, 'code', descriptor);
    const link = defineProperty({}, 'link', descriptor);
    if (!furtherIn.has(name)) {
      assert.match(lineOf({ to, type: 'SignIn', payload: code }), /payload\.code/);
      assert.match(lineOf({ to, type: 'SignIn', payload: link }), /payload\.link/);
    }
    const spare = defineProperty({ ...good }, 'link', descriptor);
    assert.deepEqual(valuesOf({ to, type: 'SignIn', payload: spare }), ['123456']);
    const message = { to, type: 'SignIn', payload: good };
    assert.match(lineOf(defineProperty({ ...message }, 'to', descriptor)), /message's to must be/);
    assert.match(
      lineOf(defineProperty({ ...message }, 'type', descriptor)),
      /message's type must be/,
    );
  });
}

for (const [name, x] of Object.entries(odd)) {
  test(`${name} stops no code`, () => {
    const data = { to, type: 'SignIn', payload: { ...good, x } };
    assert.deepEqual(valuesOf(data), ['123456']);
    assert.deepEqual(valuesOf({ ...data, payload: { ...data.payload, y: 1n } }), ['123456']);
  });
}

test('a lone surrogate that is asked for is sent in the form that every encoder of UTF-8 gives it', () => {
  for (const code of ['\ud800', 'a\udc00b', '\ud83d\ud83d\ude00', '\ude00\ud83d']) {
    const encoded = new TextDecoder().decode(new TextEncoder().encode(code));
    assert.deepEqual(valuesOf({ to, type: 'SignIn', payload: { code } }), [encoded]);
    assert.deepEqual(valuesOf({ to, type: 'SignIn', payload: { code, y: 1n } }), [encoded]);
  }
});

test('values are the same, whether the rest of the message can be read or not', () => {
  const payload = {
    ...good,
    user: { name: 'Ä', roles: ['a', { b: 1 }], age: 1.5, none: null, id: undefined },
    list: [1, 'two', [3]],
    flag: false,
  };
  const templateParams = [
    '{{code}}{{flag}}',
    '{{user.name}} {{user.roles.1.b}} {{user.age}} {{user.none}} {{user.id}}',
    '{{user}} {{user.roles}} {{list}} {{list.2.0}} {{list.9}} {{.x}} {{missing}} {{missing.x}} {{x.}}',
  ];
  const data = { to, type: 'SignIn', payload };
  const expected = valuesOf(data, { templateParams });
  const bad = { ...payload, other: 1n, user: { ...payload.user, other: cycle } };
  assert.deepEqual(valuesOf({ ...data, payload: bad }, { templateParams }), expected);
});

test('a getter that nobody asks for is read once at most, and one that is asked for gives the value', () => {
  let reads = 0;
  const payload = {
    ...good,
    get other() {
      reads += 1;
      return 1n;
    },
    get name() {
      return 'Ä';
    },
  };
  const data = { to, type: 'SignIn', payload };
  assert.deepEqual(valuesOf(data, { templateParams: ['{{name}}'] }), ['Ä']);
  assert.ok(reads <= 1);
});
