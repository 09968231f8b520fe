/** The config guard, called as Logto calls it, next to the official connector's guard. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  ConnectorError,
  ConnectorErrorCodes,
  TemplateType,
  validateConfig,
} from '@logto/connector-kit';
import { ZodError } from 'zod';
import { startSandbox } from '../../sandbox/server.js';
import { officialConfig as good, officialFactory, ourFactory, ours } from './support/connectors.js';
import { buildConnector } from './support/logto-instance.js';

/** Configs that both the official guard and Tencent accept. */
const officialConfigs = {
  'of the guide': good,
  'with white space around keys': { ...good, accessKeyId: ` ${good.accessKeyId}\n` },
  'with every usage type': {
    ...good,
    templates: Object.values(TemplateType).map((usageType) => ({
      usageType,
      templateCode: '1100001',
    })),
  },
  'with a usage type that no kit has': {
    ...good,
    templates: [...good.templates, { usageType: 'Custom', templateCode: '1100001' }],
  },
  'with one usage type twice': {
    ...good,
    templates: [...good.templates, { usageType: 'SignIn', templateCode: '1100002' }],
  },
  'with a placeholder for a usage type that is not used': {
    ...good,
    templates: [...good.templates, { usageType: 'BindMfa', templateCode: '<template-code>' }],
  },
  'with unknown keys': { ...good, comment: 'ours', nested: { a: [1, null] } },
  'with unknown keys in templates': {
    ...good,
    templates: good.templates.map((template) => ({ ...template, comment: 'ours' })),
  },
  'for another region': { ...good, region: 'ap-singapore' },
};

for (const [name, config] of Object.entries(officialConfigs)) {
  test(`an official config ${name} is accepted, and sends`, async () => {
    assert.ok(officialFactory.configGuard.safeParse(config).success, 'not an official config');
    const result = ourFactory.configGuard.safeParse(config);
    assert.ok(result.success, String(result.error));

    const sandbox = await startSandbox();
    try {
      const { send } = await ours(sandbox.url);
      const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
      await send(data, config);
      assert.deepEqual(
        sandbox.messages.map(({ templateId, signName }) => [templateId, signName]),
        [['1100001', '腾讯云示例']],
      );
    } finally {
      await sandbox.close();
    }
  });
}

/** Changes of a config that is refused when it is saved, and the value that a message gets if it was stored anyway. */
const sendable = {
  'a text without the code': {
    change: {
      templates: [{ usageType: 'Generic', templateCode: '1100001', templateParams: ['10'] }],
    },
    path: 'templates.0.templateParams',
    value: '10',
  },
  'a misspelt key': { change: { singName: '腾讯云' }, path: 'singName', value: '123456' },
  'a misspelt usage type': {
    change: { templates: [...good.templates, { usageType: 'signin', templateCode: '1' }] },
    path: 'templates.4.usageType',
    value: '123456',
  },
  'a country as a language': {
    change: {
      templates: [...good.templates, { usageType: 'SignIn', templateCode: '1', locale: 'cn' }],
    },
    path: 'templates.4.locale',
    value: '123456',
  },
};

for (const [name, { change, path, value }] of Object.entries(sendable)) {
  test(`${name} is refused when it is saved, and sends if it is stored`, async () => {
    const config = { ...good, ...change };
    const { error } = ourFactory.configGuard.safeParse(config);
    assert.deepEqual(
      error?.issues.map((issue) => issue.path.join('.')),
      [path],
    );
    const sandbox = await startSandbox();
    try {
      const { send } = await ours(sandbox.url);
      await send({ to: '8613800138000', type: 'SignIn', payload: { code: '123456' } }, config);
      assert.deepEqual(
        sandbox.messages.map(({ templateParams }) => templateParams),
        [[value]],
      );
    } finally {
      await sandbox.close();
    }
  });
}

/** Configs that the official guard accepts, although no message can be sent with them. */
const unsendable = {
  accessKeyId: { ...good, accessKeyId: '' },
  accessKeySecret: { ...good, accessKeySecret: ' ' },
  signName: { ...good, signName: '' },
  region: { ...good, region: 'Guangzhou' },
  'templates.3.templateCode': {
    ...good,
    templates: good.templates.map((template) =>
      template.usageType === 'Generic'
        ? { ...template, templateCode: '<template-code>' }
        : template,
    ),
  },
};

for (const [path, config] of Object.entries(unsendable)) {
  test(`a config that cannot send is refused when it is saved, not at sign-in: ${path}`, () => {
    assert.ok(officialFactory.configGuard.safeParse(config).success);
    const { error } = ourFactory.configGuard.safeParse(config);
    assert.deepEqual(
      error?.issues.map((issue) => issue.path.join('.')),
      [path],
    );
  });
}

test('only one of the four templates that the official guard requires is needed', () => {
  const config = { ...good, templates: [{ usageType: 'Generic', templateCode: '1100001' }] };
  assert.ok(ourFactory.configGuard.safeParse(config).success);
  assert.ok(!officialFactory.configGuard.safeParse(config).success);
});

test("all issues are reported at once, as the host's own ZodError, with paths and without values", () => {
  const config = { ...good, accessKeySecret: 42, endpoint: 'https://canary.example', signName: '' };
  assert.throws(
    () => validateConfig(config, ourFactory.configGuard),
    (error) => {
      assert.ok(error instanceof ConnectorError);
      assert.equal(error.code, ConnectorErrorCodes.InvalidConfig);
      assert.ok(error.data instanceof ZodError);
      assert.deepEqual(
        error.data.issues.map(({ code, path }) => ({ code, path })),
        [
          { code: 'custom', path: ['accessKeySecret'] },
          { code: 'custom', path: ['signName'] },
          { code: 'custom', path: ['endpoint'] },
        ],
      );
      assert.doesNotMatch(error.message, /canary|42/);
      return true;
    },
  );
});

test('a config that is not an object is refused', () => {
  for (const config of [undefined, null, 'text', 7, []]) {
    assert.ok(!ourFactory.configGuard.safeParse(config).success, String(config));
  }
});

test("a bad config is refused when sending too, with its issues in the Console's test only", async () => {
  const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
  const { sendMessage } = await buildConnector(ourFactory, async () => ({}));
  // Anybody may see the error of a send.
  await assert.rejects(sendMessage(data), (error) => {
    assert.ok(error instanceof ConnectorError);
    assert.equal(error.code, ConnectorErrorCodes.InvalidConfig);
    assert.deepEqual(Object.keys(/** @type {object} */ (error.data)), ['errorDescription']);
    return true;
  });
  await assert.rejects(sendMessage(data, {}), (error) => {
    assert.ok(error instanceof ConnectorError);
    assert.equal(error.code, ConnectorErrorCodes.InvalidConfig);
    assert.ok(error.data instanceof ZodError);
    assert.deepEqual(error.data.issues[0]?.path, ['accessKeyId']);
    return true;
  });
});
