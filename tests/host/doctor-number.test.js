/** `--number`: the doctor shows what became of the last messages to a number, and sends nothing. */

import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { defaultAccount } from '../../sandbox/account.js';
import {
  examine,
  keepSecret,
  numberWith,
  placeOf,
  reportOf,
  secret,
  sendTo,
  withSandbox,
} from './support/doctor-command.js';

const account = { ...defaultAccount, deliveryReportSeconds: 0 };

/**
 * Sends messages, and waits for the next second. The times of a call for reports are whole seconds, so the
 * messages of the current second are not in the answer.
 *
 * @param {object} config
 * @param {string[]} numbers
 */
async function sendBefore(config, numbers) {
  await sendTo(config, numbers);
  await setTimeout(1000);
}

describe('--number', { concurrency: 2 }, () => {
  test('shows time, SerialNo and outcome of the last messages, newest first', () =>
    withSandbox({ account }, async (sandbox) => {
      const number = secret('+8613812345678');
      keepSecret(number.slice(1), number.slice(3));
      await sendBefore(sandbox.config, [number, '+8613812345679', number]);
      const sent = sandbox.messages.filter(({ phoneNumber }) => phoneNumber === number);
      const { status, stdout } = await examine(sandbox.config, '--number', number, '--json');
      assert.equal(status, 0, stdout);
      const { findings } = reportOf({ stdout });
      const [side, ...messages] = findings.slice(-1 - sent.length);
      assert.deepEqual([side?.check, side?.state, side?.side], ['number', 'ok', 'mainland']);
      assert.deepEqual(
        messages.map(({ finding }) => finding.values.serial).sort(),
        sent.map(({ serialNo }) => serialNo).sort(),
      );
      for (const each of messages) {
        assert.equal(`${each.state} ${placeOf(each)}`, 'ok delivery mainland');
        assert.equal(each.finding.id, 'delivery.message');
        assert.deepEqual(each.finding.values.outcome, { id: 'delivery.ok', values: {} });
        const time = Date.parse(`${String(each.finding.values.time).replace(' ', 'T')}+08:00`);
        assert.ok(Math.abs(time - Date.now()) < 60_000, 'Beijing time');
      }
      assert.equal(sandbox.messages.length, 3, 'nothing more is sent');
    }));

  test('explains the code of a carrier, with what to do and what the support asks for', () =>
    withSandbox({ account }, async (sandbox) => {
      const number = numberWith('receipt-shutdown');
      await sendBefore(sandbox.config, [number]);
      const { status, stdout } = await examine(sandbox.config, '--number', number);
      assert.equal(status, 1);
      assert.match(
        stdout,
        /ERROR {4}delivery {6}mainland: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(Beijing time\), SerialNo \S+: not delivered: MK:0004, usually because the phone is off/,
      );
      assert.match(stdout, /→ check that the phone is on.*support asks for the SerialNo/);
      assert.ok(stdout.endsWith('\n1 error, 0 warnings, 0 skipped\n'), stdout);
    }));

  test('says that there is no report, and where to look', () =>
    withSandbox({ account }, async (sandbox) => {
      const number = numberWith('receipt-never');
      await sendBefore(sandbox.config, [number]);
      const { status, stdout } = await examine(sandbox.config, '--number', number, '--json');
      assert.equal(status, 0);
      const delivery = reportOf({ stdout }).findings.at(-1);
      assert.deepEqual([delivery?.check, delivery?.state], ['delivery', 'unknown']);
      assert.match(delivery?.what ?? '', /no delivery report about this number/);
      assert.match(delivery?.advice ?? '', /短信记录/);
    }));

  test('explains a mainland number without its calling code', () =>
    withSandbox({ account }, async (sandbox) => {
      const { stdout } = await examine(sandbox.config, '--number', secret('13812345678'), '--json');
      const side = reportOf({ stdout }).findings.at(-2);
      assert.deepEqual([side?.state, side?.side], ['warning', 'overseas']);
      assert.match(side?.what ?? '', /read as North American/);
      assert.match(side?.advice ?? '', /with \+ and its calling code/);
    }));

  test('a text that is no number is an error', () =>
    withSandbox({ account }, async (sandbox) => {
      const { status, stdout } = await examine(sandbox.config, '--number', '12', '--json');
      assert.equal(status, 1);
      const number = reportOf({ stdout }).findings.at(-1);
      assert.deepEqual([number?.check, number?.state], ['number', 'wrong']);
      assert.match(number?.what ?? '', /the number must be 7 to 15 digits/);
    }));

  test('a config that is not valid is reported once, and no message is looked up', async () => {
    const { status, stdout } = await examine(
      { signName: 'a' },
      '--number',
      secret('+8613812345670'),
      '--json',
    );
    assert.equal(status, 1);
    assert.ok(reportOf({ stdout }).findings.every(({ check }) => check === 'config'));
  });
});
