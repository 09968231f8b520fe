/** `--to`: the doctor sends one message, and follows it to the phone; or says why it did not get there. */

import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import {
  dotted,
  examine,
  keepSecret,
  numberWith,
  placeOf,
  reportOf,
  secret,
  troublesIn,
  withSandbox,
} from './support/doctor-command.js';

describe('--to', { concurrency: 2 }, () => {
  test('sends one message there, and follows it to the phone', () =>
    withSandbox({}, async (sandbox) => {
      const number = secret('+8613812345678');
      keepSecret(number.slice(1), number.slice(3));
      const run = await examine(sandbox.config, '--to', number, '--json');
      assert.equal(run.status, 0);
      const [message, ...others] = sandbox.messages;
      assert.deepEqual(others, []);
      assert.equal(message?.phoneNumber, number);
      assert.equal(message?.text, '【腾讯云示例】您的验证码为：000000，请勿泄露给他人。');
      const ends = reportOf(run).findings.slice(-2);
      assert.deepEqual(
        ends.map((each) => `${each.state} ${placeOf(each)}`),
        ['ok message mainland', 'ok delivery mainland'],
      );
      assert.ok(ends[0]?.what.includes(message?.serialNo ?? '?'), 'the SerialNo, for the support');
      assert.match(ends[1]?.what ?? '', /delivered to the phone/);
      const sends = sandbox.requests.filter(({ action }) => action === 'SendSms');
      assert.equal(sends.length, 1);
    }));

  test('waits for a report that takes its time, and takes a number as people write it', () =>
    withSandbox({ account: { ...defaultAccount, deliveryReportSeconds: 4 } }, async (sandbox) => {
      keepSecret('+14155552671', '4155552671', '(415) 555-2671');
      const run = await examine(sandbox.config, '--to', '+1 (415) 555-2671');
      assert.equal(run.status, 0, run.stdout);
      assert.equal(sandbox.messages.length, 1);
      assert.equal(sandbox.messages[0]?.phoneNumber, '+14155552671');
      const asked = sandbox.requests.filter(({ action }) =>
        action?.startsWith('PullSmsSendStatus'),
      );
      assert.equal(asked.length, 2);
      assert.match(run.stdout, /ok {7}delivery +overseas: delivered to the phone/);
    }));

  test('says where the reports are not to be had', () =>
    withSandbox(
      {
        account: {
          ...defaultAccount,
          restrictions: { PullSmsSendStatusByPhoneNumber: 'AuthFailure.UnauthorizedOperation' },
        },
      },
      async (sandbox) => {
        const run = await examine(sandbox.config, '--to', secret('+8613812345679'), '--json');
        assert.equal(run.status, 0);
        assert.equal(sandbox.messages.length, 1);
        const delivery = reportOf(run).findings.at(-1);
        assert.deepEqual([delivery?.check, delivery?.state], ['delivery', 'unknown']);
        assert.match(delivery?.what ?? '', /AuthFailure\.UnauthorizedOperation/);
      },
    ));

  /**
   * The place in the config and the words of the finding, by the sandbox's fault.
   *
   * @type {Record<string, [string | undefined, RegExp]>}
   */
  const refusals = {
    'status:FailedOperation.SignatureIncorrectOrUnapproved': ['signName', /signature/],
    'status:FailedOperation.TemplateIncorrectOrUnapproved': [
      'templates.3.templateCode.china',
      /template/,
    ],
    'status:FailedOperation.InsufficientBalanceInSmsPackage': [undefined, /buy another/],
    'status:LimitExceeded.PhoneNumberDailyLimit': [undefined, /daily limit is reached/],
    'status:FailedOperation.PhoneNumberInBlacklist': [undefined, /./],
    'error:UnauthorizedOperation.ServiceSuspendDueToArrears': [undefined, /top up the account/],
  };
  for (const [fault, [path, words]] of Object.entries(refusals)) {
    test(`reports a refusal: ${fault}`, () =>
      withSandbox({}, async (sandbox) => {
        // The rest of the sandbox has no mistakes.
        const number = numberWith(fault);
        const [, code = ''] = fault.split(':');
        const run = await examine(sandbox.config, '--to', number, '--json');
        assert.equal(run.status, 1);
        assert.equal(sandbox.messages.length, 0);
        const { findings } = reportOf(run);
        const [refusal, ...others] = troublesIn(findings);
        assert.deepEqual(others, []);
        assert.equal(refusal?.check, 'message');
        assert.equal(refusal?.state, 'wrong');
        assert.equal(dotted(refusal?.path), path);
        assert.ok(refusal?.what.includes(code));
        assert.match(`${refusal?.what} ${refusal?.advice}`, words);
        const sends = sandbox.requests.filter(({ action }) => action === 'SendSms');
        assert.equal(sends.length, 1);
      }));
  }

  test('explains the code of a carrier that did not deliver the message', () =>
    withSandbox({}, async (sandbox) => {
      const number = numberWith('receipt-blacklisted');
      const run = await examine(sandbox.config, '--to', number, '--json');
      assert.equal(run.status, 1);
      const delivery = reportOf(run).findings.at(-1);
      assert.deepEqual([delivery?.check, delivery?.state], ['delivery', 'wrong']);
      assert.equal(delivery?.finding.id, 'delivery.failed');
      assert.equal(delivery?.finding.values.code, 'MX:0012');
      assert.deepEqual(delivery?.finding.values.reason, { id: 'delivery.blocked', values: {} });
      assert.match(delivery?.advice ?? '', /SerialNo, the time, the SDKAppID and the number/);
    }));

  for (const number of ['+86', 'abc', '13812', '+8613812345678901234567', '']) {
    test(`a text that is not a number is reported, and nothing is sent: "${number}"`, () =>
      withSandbox({}, async (sandbox) => {
        const run = await examine(sandbox.config, '--to', number, '--json');
        assert.equal(run.status, 1);
        assert.ok(sandbox.requests.every(({ action }) => action !== 'SendSms'));
        const [refusal, ...others] = troublesIn(reportOf(run).findings);
        assert.deepEqual(others, []);
        assert.deepEqual([refusal?.check, refusal?.state], ['message', 'wrong']);
        assert.match(refusal?.what ?? '', /number/i);
      }));
  }

  test('a number that the config does not allow is reported, and nothing is sent', () =>
    withSandbox({}, async (sandbox) => {
      const config = { ...sandbox.config, allowedCallingCodes: ['86'] };
      const run = await examine(config, '--to', secret('+85291234568'), '--json');
      assert.equal(run.status, 1);
      assert.equal(sandbox.messages.length, 0);
      const refusal = reportOf(run).findings.at(-1);
      assert.deepEqual([refusal?.check, refusal?.state], ['message', 'wrong']);
      assert.match(refusal?.what ?? '', /allowedCallingCodes/);
    }));

  test('a mistake in the config is reported once', async () => {
    const run = await examine({ templates: [] }, '--to', secret('+8613812345670'), '--json');
    assert.equal(run.status, 1);
    const paths = reportOf(run).findings.map(({ path }) => dotted(path));
    assert.deepEqual(paths, [...new Set(paths)]);
  });
});
