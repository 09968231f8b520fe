/** Template parameters, compared with the kit's own `replaceSendMessageHandlebars`. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { replaceSendMessageHandlebars } from '@logto/connector-kit';
import fc from 'fast-check';
import { core } from './support/core.js';

/**
 * @param {string[]} templateParams
 * @param {object} payload
 * @returns {string[]}
 */
function parametersOf(templateParams, payload) {
  const config = {
    accessKeyId: 'AKIDEXAMPLE',
    accessKeySecret: 'ExampleSecretKey',
    signName: '腾讯云示例',
    sdkAppId: '1400006666',
    templates: [{ usageType: 'Generic', templateCode: '1', templateParams }],
  };
  const data = { to: '8613800138000', type: 'Generic', payload };
  const step = core.sendMessage(config, data, [], 0);
  assert.equal(step.kind, 'request');
  return JSON.parse(step.request.body).TemplateParamSet;
}

test('payloads of Logto are filled as the kit fills them', () => {
  const payload = {
    code: '123456',
    link: 'https://example.com/?token=a',
    locale: 'zh-CN',
    application: { id: 'a', name: 'Shop' },
    user: { name: '李雷', customData: { points: [1, 2.5, null] } },
  };
  for (const [parameter, expected] of [
    ['{{code}}', '123456'],
    ['{{link}}', 'https://example.com/?token=a'],
    ['{{ application.name }}: {{code}}', 'Shop: 123456'],
    ['{{user.customData.points.1}}', '2.5'],
    ['{{organization.name}}', '{{organization.name}}'],
    ['{{user.missing}}', ''],
  ]) {
    assert.deepEqual(parametersOf([parameter], payload), [expected]);
    assert.equal(replaceSendMessageHandlebars(parameter, payload), expected);
  }
});

const key = fc.constantFrom('code', 'user', 'name', '_b1', '0', '1', '01');
const space = fc.constantFrom('', ' ', '\t\n', '\u00a0', '\u3000', '\ufeff', '\u0085', '\u200b');
const path = fc
  .array(fc.oneof({ weight: 9, arbitrary: key }, fc.constant('')), { minLength: 1, maxLength: 3 })
  .map((keys) => keys.join('.'));
const handlebars = fc.tuple(space, path, space).map((parts) => `{{${parts.join('')}}}`);
const brokenHandlebars = fc
  .tuple(handlebars, fc.constantFrom(0, 1), fc.constantFrom(-1, -2))
  .map(([whole, start, end]) => whole.slice(start, end));
const piece = fc.oneof(
  { weight: 2, arbitrary: handlebars },
  brokenHandlebars,
  fc.constantFrom('{', '}', '{{', '}}', '{{{', '{{{{{', '{{}}', '{{ {{', '} }', '$&', '$1', ' '),
  fc.constantFrom(
    '{{code',
    '{{ code }',
    '{{code }x}',
    '{{co{{code}}',
    'code}}',
    '{{code}}}',
    '{{{code}}',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
// Logto strips empty parameters, and this connector strips the white space around them.
const template = fc
  .array(piece, { minLength: 1, maxLength: 5 })
  .map((pieces) => `<${pieces.join('')}>`);

/** Values with own properties only: the kit also finds `constructor` on every object, by accident. */
const valueConstraints = {
  key,
  maxDepth: 3,
  maxKeys: 3,
  values: [
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(-0, 1e-7, 1e-6, 1e20, 1e21, 123456789012345680000, 5e-324, 2 ** 53, 2 ** 64),
  ],
};
const payload = fc
  .tuple(fc.anything(valueConstraints), fc.object(valueConstraints))
  .map(([user, fields]) => ({ code: '1', user, ...fields }));

test('random templates and payloads are filled as the kit fills them', (t) => {
  let replaced = 0;
  const property = fc.property(template, payload, (template, payload) => {
    const expected = replaceSendMessageHandlebars(template, payload);
    assert.deepEqual(parametersOf([template], payload), [expected]);
    replaced += expected === template ? 0 : 1;
  });
  fc.assert(property, { numRuns: 20_000 });
  t.diagnostic(`${replaced} of 20000 contained something to replace`);
  assert.ok(replaced > 4000);
});
