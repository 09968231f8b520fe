/**
 * The languages of the connector: end users read their own, and the operator reads the one of the
 * environment.
 */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mock, test } from 'node:test';
import { promisify } from 'node:util';
import { ConnectorError } from '@logto/connector-kit';
import { withSandbox } from '../shared/with-sandbox.js';
import { instance, ourFactory } from './support/connectors.js';
import { buildConnector } from './support/logto-instance.js';

const to = '8613800138000';

/**
 * Returns the host's error of a send that fails, and the lines on the operator's console.
 *
 * @param {{ config: object, fault: string, locale?: string, isTest?: boolean, setFault: (fault: string) => void }} options
 */
async function failedSend({ config, fault, locale, isTest, setFault }) {
  setFault(fault);
  const errors = mock.method(console, 'error', () => {});
  try {
    const { sendMessage } = await buildConnector(ourFactory, async () => config);
    const data = { to, type: 'SignIn', payload: { code: '123456', locale } };
    /** @type {unknown} */
    const error = await (isTest ? sendMessage(data, config) : sendMessage(data)).then(
      () => assert.fail('the send succeeded'),
      (/** @type {unknown} */ error) => error,
    );
    assert.ok(error instanceof ConnectorError);
    return { error, lines: errors.mock.calls.map(({ arguments: [line] }) => String(line)) };
  } finally {
    errors.mock.restore();
  }
}

test('an end user reads the error in their language', () =>
  withSandbox({}, async ({ config, setFault }) => {
    for (const [locale, expected] of /** @type {const} */ ([
      ['en', /^We could not confirm that the message was sent\./],
      ['zh-CN', /^暂时无法确认短信是否已发出。/],
      ['zh-HK', /^目前無法確認簡訊是否已送出。/],
      ['ja', /^SMS が送信されたかどうかを確認できませんでした。/],
      ['de-CH', /^Wir konnten nicht feststellen/],
      ['pt-BR', /^Não foi possível confirmar/],
      ['tlh', /^We could not confirm/],
      [undefined, /^We could not confirm/],
    ])) {
      const { error } = await failedSend({ config, setFault, fault: 'reset-after', locale });
      assert.equal(error.code, 'general');
      const { errorDescription, reason } = /** @type {Record<string, string>} */ (error.data);
      assert.match(errorDescription, expected);
      assert.match(reason, /^(ECONNRESET|UND_ERR_SOCKET)$/);
    }
  }));

test("the Console's test tells the operator the cause, with the key where one is to blame", () =>
  withSandbox({}, async ({ config, setFault }) => {
    const refused = await failedSend({
      config,
      setFault,
      fault: 'error:FailedOperation.SignatureIncorrectOrUnapproved',
      isTest: true,
    });
    assert.equal(refused.error.code, 'invalid_config');
    const [issue] = /** @type {{ issues: { path: string[], message: string }[] }} */ (
      refused.error.data
    ).issues;
    assert.deepEqual(issue.path, ['signName']);
    assert.match(
      issue.message,
      /^Signature does not work: Tencent refused: \S+IncorrectOrUnapproved \(RequestId [0-9a-f-]+\): /,
    );

    for (const [fault, expected] of /** @type {const} */ ([
      [
        'status:LimitExceeded.PhoneNumberDailyLimit',
        /PhoneNumberDailyLimit.*daily limit is reached/,
      ],
      ['error:InternalError.OtherError', /may or may not have been sent/],
      ['reset-after', /broke; the message may or may not have been sent/],
      ['html-502', /HTTP status 502/],
    ])) {
      const { error, lines } = await failedSend({ config, setFault, fault, isTest: true });
      assert.equal(error.code, 'general', fault);
      const { errorDescription } = /** @type {Record<string, string>} */ (error.data);
      assert.match(errorDescription, expected);
      assert.equal(lines.length, 1);
      assert.ok(lines[0].includes(errorDescription), lines[0]);
      assert.doesNotMatch(errorDescription, /138|123456|AKID|Secret/);
    }
  }));

test("Logto's audit log has the status of an answer that is not Tencent's", () =>
  withSandbox({}, async ({ config, setFault }) => {
    for (const fault of ['html-502', 'html-200']) {
      const { error } = await failedSend({ config, setFault, fault });
      const { reason } = /** @type {Record<string, string>} */ (error.data);
      assert.equal(reason, `HTTP status ${fault.slice(-3)}`);
    }
  }));

/** Loads the connector in a process of its own and prints the issues of an empty config. */
const printIssues = `
  import createConnector from ${JSON.stringify(
    new URL(`file://${ourFactory.path}/lib/index.js`).href,
  )};
  const { configGuard } = await createConnector({ getConfig: async () => ({}) });
  for (const { message } of configGuard.safeParse({}).error.issues) {
    console.log(message);
  }
`;

test('the operator reads Chinese where the environment asks for it', async () => {
  for (const [environment, language] of /** @type {const} */ ([
    [{}, 'en'],
    [{ TENCENT_SMS_LANG: 'zh-CN' }, 'zh'],
    [{ TENCENT_SMS_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: 'zh_SG.GB2312', LANG: 'C' }, 'zh'],
    [{ LANG: 'zh_TW.UTF-8' }, 'en'],
    [{ TENCENT_SMS_LANG: '../../etc/passwd' }, 'en'],
  ])) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', printIssues],
      { cwd: instance, env: { PATH: process.env.PATH, ...environment } },
    );
    assert.match(stdout, language === 'zh' ? /必填：/ : /is required: /);
  }
});
