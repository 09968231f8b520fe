/** The requests to Tencent, and how they differ from the official connector's. */

import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { ZodError } from 'zod';
import { defaultAccount } from '../../sandbox/account.js';
import { close, listen } from '../../sandbox/http/listen.js';
import { startSandbox } from '../../sandbox/server.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { acceptedAnswer } from './support/accepted-answer.js';
import { beats, official, ourFactory, ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';
import { sendWithUnsavedConfig } from './support/logto-instance.js';

/** A config in the official connector's format. */
const config = await withSandbox({}, async ({ config }) => ({
  ...config,
  templates: [
    { usageType: 'SignIn', templateCode: '1100001' },
    { usageType: 'Register', templateCode: '1100002' },
    { usageType: 'ForgotPassword', templateCode: '1100003' },
    { usageType: 'Generic', templateCode: '1100004' },
  ],
}));

/**
 * Sends a message, and returns the body that arrived, whether or not the sandbox accepted it; or the
 * error, where nothing arrived.
 *
 * @param {(url: string) => Promise<import('./support/connectors.js').Sender>} sender
 * @param {object} data
 * @param {object} [changes] to the config
 * @returns {Promise<Record<string, unknown>>}
 */
const bodyOf = (sender, data, changes) =>
  withSandbox({}, async ({ url, requests }) => {
    const { send } = await sender(url);
    const message = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' }, ...data };
    const console = captureConsole();
    const error = await send(message, { ...config, ...changes })
      .then(
        () => undefined,
        (error) => error,
      )
      .finally(console.restore);
    assert.ok(requests.length <= 1);
    return requests[0] ? JSON.parse(requests[0].body.toString()) : { error: error?.code };
  });

test('a code arrives with its template and signature, and Tencent verifies the request', () =>
  withSandbox({}, async ({ url, messages, requests }) => {
    const { send } = await ours(url);
    const payload = { code: '116410', locale: 'zh-CN', uiLocales: 'zh-CN en' };
    const data = { to: '8613800138000', type: 'SignIn', payload, ip: '127.0.0.1' };
    const receipt = await send(data, config);
    const [message] = messages;
    assert.equal(message?.text, '【腾讯云示例】您的登录验证码为：116410，请勿泄露给他人。');
    assert.equal(message?.phoneNumber, '+8613800138000');
    assert.deepEqual(receipt, { requestId: message?.requestId, serialNo: message?.serialNo });
    assert.equal(requests[0]?.signature?.verified, true);
  }));

test("the Console's test sends with the config of the form, which is not stored", () =>
  withSandbox({}, async (sandbox) => {
    const data = { to: '8613800138000', type: 'Generic', payload: { code: '000000' } };
    await sendWithUnsavedConfig(ourFactory, data, { ...config, endpoint: sandbox.url });
    assert.equal(sandbox.messages[0]?.templateId, '1100004');
    assert.match(sandbox.messages[0]?.text ?? '', /000000/);
  }));

test('temporary keys are sent with their token', async () => {
  const sandbox = await startSandbox({
    account: { ...defaultAccount, securityToken: 'sts-token' },
  });
  try {
    const { send } = await ours(sandbox.url);
    const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
    await send(data, sandbox.config);
    assert.equal(sandbox.messages.length, 1);
    await assert.rejects(send(data, { ...sandbox.config, securityToken: 'another' }));
    assert.equal(sandbox.requests[1]?.outcome, 'AuthFailure.TokenFailure');
  } finally {
    await sandbox.close();
  }
});

test('the official connector reaches the same server, so its failures below have other reasons', async () => {
  const body = await bodyOf(official, {});
  assert.deepEqual(body, {
    SmsSdkAppId: '1400006666',
    SignName: '腾讯云示例',
    TemplateId: '1100001',
    TemplateParamSet: ['123456'],
    PhoneNumberSet: ['8613800138000'],
  });
});

for (const to of ['18624017194', '85291234567', '61412345678', '8613800138000']) {
  beats(
    `the number ${to} is sent with a plus`,
    async (sender) => (await bodyOf(sender, { to })).PhoneNumberSet,
    { ours: [`+${to}`], official: [to] },
  );
}

/** Payloads, and the values that the official connector sends for each of them. */
const payloads = {
  uiLocales: [{ code: '123456', uiLocales: 'en-US en' }, ['123456', 'en-US en']],
  'an application': [
    { code: '123456', application: { id: 'a', name: 'Shop' } },
    ['123456', '[object Object]'],
  ],
  'what Logto may add next': [{ something: 'new', code: '123456' }, ['new', '123456']],
};

for (const [what, [payload, official]] of Object.entries(payloads)) {
  beats(
    `${what} in the payload is not sent`,
    async (sender) => (await bodyOf(sender, { payload })).TemplateParamSet,
    { ours: ['123456'], official },
  );
}

for (const type of ['MfaVerification', 'OrganizationInvitation', 'NewInLogto']) {
  beats(
    `${type}, without a template of its own, falls back to Generic`,
    async (sender) => {
      const { TemplateId, error } = await bodyOf(sender, { type });
      return TemplateId ?? error;
    },
    { ours: '1100004', official: ConnectorErrorCodes.TemplateNotFound },
  );
}

const templates = ['Generic', 'SignIn', 'Register', 'ForgotPassword'].map((usageType) => ({
  usageType,
  templateCode: '1100005',
  templateParams: ['{{code}}', '10'],
}));

beats(
  'a template with more than one variable can be used',
  async (sender) => (await bodyOf(sender, {}, { templates })).TemplateParamSet,
  { ours: ['123456', '10'], official: ['123456'] },
);

test('mainland and overseas numbers take different routes, and both arrive', () =>
  withSandbox({}, async ({ url, messages, config }) => {
    const { send } = await ours(url);
    for (const to of ['8618624017194', '18624017194', '85291234567']) {
      await send({ to, type: 'SignIn', payload: { code: '123456' } }, config);
    }
    assert.deepEqual(
      messages.map(({ phoneNumber, signName, text }) => [phoneNumber, signName ?? '', text]),
      [
        [
          '+8618624017194',
          '腾讯云示例',
          '【腾讯云示例】您的登录验证码为：123456，请勿泄露给他人。',
        ],
        ['+18624017194', '', 'Your verification code is 123456.'],
        ['+85291234567', '', 'Your verification code is 123456.'],
      ],
    );
  }));

test("the Console's test names the template that Tencent refuses for its side, and the code", () =>
  withSandbox({}, async ({ url, requests }) => {
    for (const [to, templateCode, expected] of [
      ['18624017194', '1100001', 'UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone'],
      ['8618624017194', '1200001', 'UnsupportedOperation.GlobalTemplateToChineseMainlandPhone'],
    ]) {
      const templates = [{ usageType: 'Generic', templateCode }];
      const data = { to, type: 'Generic', payload: { code: '000000' } };
      const sending = sendWithUnsavedConfig(ourFactory, data, {
        ...config,
        endpoint: url,
        templates,
      });
      await assert.rejects(sending, (error) => {
        assert.ok(error instanceof ConnectorError);
        assert.equal(error.code, ConnectorErrorCodes.InvalidConfig);
        // The Console's test prints this as: Error in key path "templates.0.templateCode".
        assert.ok(error.data instanceof ZodError);
        const [issue] = error.data.issues;
        assert.deepEqual(issue?.path, ['templates', 0, 'templateCode']);
        assert.ok(issue.message.includes(expected));
        return true;
      });
      assert.equal(requests.at(-1)?.outcome, expected);
    }
  }));

test('a clock correction by one send does not break another send under way', async () => {
  const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
  const { fetch } = globalThis;
  try {
    await withSandbox({ now: () => Date.now() + 10 * 60_000 }, async ({ url, requests }) => {
      const { send } = await ours(url);
      let calls = 0;
      globalThis.fetch = async (...request) => {
        calls += 1;
        const isOfSecond = calls === 2;
        const response = await fetch(...request);
        // The second refusal arrives after the first send has corrected the clock.
        await (isOfSecond && first);
        return response;
      };
      const first = send(data, config);
      await send(data, config);
      await first;
      const expired = 'AuthFailure.SignatureExpire';
      assert.deepEqual(
        requests.map(({ outcome }) => outcome),
        [expired, expired, 'Ok', 'Ok'],
      );
      // Later sends use the corrected clock.
      await send(data, config);
      assert.equal(requests.length, 5);
    });
  } finally {
    globalThis.fetch = fetch;
    // Restores the right time for other tests.
    await withSandbox({}, async ({ url }) => (await ours(url)).send(data, config));
  }
});

test('status 421, after which fetch itself would send again, sends nothing twice', async () => {
  let messages = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      messages += 1;
      response.writeHead(421).end(acceptedAnswer);
    });
  });
  const { url } = await listen(server);
  const console = captureConsole();
  try {
    const { send } = await ours(url);
    const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
    await assert.rejects(send(data, config), (error) => {
      assert.ok(error instanceof ConnectorError);
      assert.equal(error.code, ConnectorErrorCodes.General);
      return true;
    });
    assert.equal(messages, 1);
  } finally {
    console.restore();
    await close(server);
  }
  assert.match(console.text(), /may or may not have been sent/);
});

test('a message to another number is reported to the operator and in the receipt', () =>
  withSandbox({}, async ({ url, setFault }) => {
    const { send } = await ours(url);
    setFault('number-differs');
    const console = captureConsole();
    try {
      const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
      const receipt = await send(data, config);
      assert.ok(receipt && typeof receipt === 'object' && 'phoneNumberDiffers' in receipt);
      assert.equal(receipt.phoneNumberDiffers, true);
    } finally {
      console.restore();
    }
    assert.equal(console.lines(), 1);
    assert.match(console.text(), /a number other than the requested one/);
    assert.doesNotMatch(console.text(), /\d{6}/);
  }));

test('a message that the connector refuses does not reach Tencent', () =>
  withSandbox({}, async ({ url, requests }) => {
    const { send } = await ours(url);
    const mainlandOnly = [{ usageType: 'Generic', templateCode: { china: '1100001' } }];
    for (const [to, changes, code, configPath] of /** @type {const} */ ([
      ['18624017194', { allowedCallingCodes: ['86'] }, 'general', undefined],
      ['861064648898', {}, 'invalid_request_parameters', undefined],
      ['1', {}, 'invalid_request_parameters', undefined],
      [
        '18624017194',
        { templates: mainlandOnly },
        'template_not_found',
        'templates[0].templateCode.overseas',
      ],
    ])) {
      const data = { to, type: 'SignIn', payload: { code: '123456' } };
      await assert.rejects(send(data, { ...config, ...changes }), (error) => {
        assert.ok(error instanceof ConnectorError);
        assert.equal(error.code, code);
        const shown = /** @type {{ configPath?: string }} */ (error.data);
        assert.equal(shown.configPath, configPath);
        return true;
      });
    }
    assert.equal(requests.length, 0);
  }));
