/** Template parameters beside the kit's own `replaceSendMessageHandlebars`. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { replaceSendMessageHandlebars } from '@logto/connector-kit';
import { core } from './core.js';
import { pick, random, randomText, seed } from './random.js';

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

test('the payloads of Logto', () => {
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

test(`20000 random templates and payloads are filled as the kit fills them (SEED=${seed})`, (t) => {
  let replaced = 0;
  for (let count = 0; count < 20_000; count += 1) {
    const payload = { code: '1', user: randomValue(3), ...randomFields(3) };
    // Logto strips empty parameters, and this connector the white space around them.
    const template = `<${Array.from({ length: pick([1, 2, 5]) }, randomPiece).join('')}>`;
    const expected = replaceSendMessageHandlebars(template, payload);
    assert.deepEqual(
      parametersOf([template], payload),
      [expected],
      JSON.stringify({ template, payload }),
    );
    replaced += expected === template ? 0 : 1;
  }
  t.diagnostic(`${replaced} held something to replace`);
  assert.ok(replaced > 4000);
});

const keys = ['code', 'user', 'user', 'name', 'name', '_b1', '0', '1', '01'];
const spaces = ['', '', '', ' ', '\t\n', '\u00a0', '\u3000', '\ufeff', '\u0085', '\u200b'];

/** Handlebars, whole or broken, and what may stand between them. */
function randomPiece() {
  const path = Array.from({ length: pick([1, 1, 2, 3]) }, () => pick([...keys, '']));
  const whole = `{{${pick(spaces)}${path.join('.')}${pick(spaces)}}}`;
  return pick([
    () => whole,
    () => whole,
    () => whole.slice(pick([0, 1]), pick([-1, -2])),
    () => pick(['{', '}', '{{', '}}', '{{{', '{{}}', '$&', '$1', ' ']),
    () => [...randomText()].slice(0, 6).join(''),
  ])();
}

/**
 * Own properties alone: that the kit also finds `constructor`, as every object has it, is not meant.
 *
 * @param {number} depth
 * @returns {Record<string, unknown>}
 */
function randomFields(depth) {
  const count = pick([0, 1, 3]);
  return Object.fromEntries(Array.from({ length: count }, () => [pick(keys), randomValue(depth)]));
}

/**
 * @param {number} depth
 * @returns {unknown}
 */
function randomValue(depth) {
  if (depth > 0 && random() < 0.5) {
    const elements = () => Array.from({ length: pick([0, 1, 3]) }, () => randomValue(depth - 1));
    return pick([() => randomFields(depth - 1), elements])();
  }
  return pick([
    () => [...randomText()].slice(0, 10).join(''),
    () => null,
    () => true,
    () => 0,
    () => -0,
    () => Math.floor(random() * 2 ** 53),
    () => random() * 10 ** pick([-320, -9, -6, 0, 6, 20, 21, 22, 300]) * pick([1, -1]),
    () => pick([1e-7, 1e-6, 1e20, 1e21, 123456789012345680000, 5e-324, 2 ** 53, 2 ** 64]),
  ])();
}
