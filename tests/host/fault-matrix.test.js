/**
 * Each fault of Tencent or the network, and its result for Logto, the recipient and the operator. Prints
 * the matrix.
 */

import { strict as assert } from 'node:assert';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { ConnectorError } from '@logto/connector-kit';
import { faults } from '../../sandbox/faults/faults.js';
import { startSandbox } from '../../sandbox/server.js';
import { ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';
import { startTencentHosts } from './support/tencent-hosts.js';

const number = '8613912345678';
const timeoutSeconds = 2;
/** A timeout that is long enough for a second attempt after one without a connection. */
const longTimeoutSeconds = 4;

/** The rows of the matrix. */
const rows = [['fault', 'Logto gets', 'requests', 'accepted', 'ms']];
after(() => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  }
  console.log(`${rows.length - 1} faults`);
});

/**
 * Sends one message during a fault, and checks the promises that hold for every fault.
 *
 * @param {string} name
 * @param {object} under
 * @param {(data: unknown, config: Record<string, unknown>) => Promise<unknown>} under.send
 * @param {Record<string, unknown>} under.config
 * @param {() => { requests: number, accepted: number }} under.seen the counts on Tencent's side
 * @param {string} expected the code that Logto gets, or `sent`
 */
async function assertRow(name, { send, config, seen }, expected) {
  const limit = Number(config.timeoutSeconds ?? timeoutSeconds);
  const code = String(Math.floor(Math.random() * 900_000) + 100_000);
  const data = { to: number, type: 'SignIn', payload: { code, uiLocales: 'en' } };
  const secrets = [number, code, config.accessKeyId, config.accessKeySecret, 'TC3-HMAC-SHA256'];
  const console = captureConsole();
  const began = performance.now();
  /** @type {unknown} */
  let outcome;
  try {
    outcome = await send(data, { ...config, timeoutSeconds: limit }).then(
      () => 'sent',
      (error) => error,
    );
  } finally {
    console.restore();
  }
  const took = performance.now() - began;
  const { requests, accepted } = seen();
  const got = outcome instanceof ConnectorError ? outcome.code : String(outcome);
  rows.push([name, got, String(requests), String(accepted), took.toFixed(0)]);

  assert.equal(got, expected);
  assert.ok(accepted <= 1, 'a message was accepted twice');
  assert.ok(
    got !== 'sent' || accepted === 1,
    'a message that was not accepted is reported as sent',
  );
  assert.ok(took < limit * 1000 + 300, `${took} ms`);
  const shown = `${inspect(outcome, { depth: 9, showHidden: true })} ${console.text()}`;
  for (const secret of secrets) {
    assert.ok(!shown.includes(String(secret)), 'a secret is visible');
  }
  if (got !== 'sent') {
    assert.equal(console.lines(), 1, console.text());
  }
}

/**
 * The codes that Logto gets, where they differ from the usual ones for that kind of fault.
 *
 * @type {Record<string, string>}
 */
const expectations = {
  busy: 'rate_limit_exceeded',
  'clock-no-date': 'general',
  'clock-date-1970': 'general',
  'clock-date-2999': 'general',
  'clock-date-garbage': 'general',
  'json-500': 'general',
  'broken-gzip': 'general',
  // fetch treats the status 407 as a failure of the network.
  'html-407': 'general',
  'echo-message': 'general',
  'echo-request-id': 'general',
};
const harmless = [
  'busy-once',
  'clock-fast',
  'clock-slow',
  'slow',
  'close-idle',
  'early-hints',
  'gzip',
  'wrong-content-type',
  'gzip-bomb',
  'endless-body',
  'invalid-utf8',
  'bom',
  'number-differs',
  'lower-case-ok',
];
const noAnswer = [
  'reset-before',
  'reset-after',
  'reset-mid-answer',
  'close-without-answer',
  'hang',
  'hang-after',
  'hang-mid-answer',
  'trickle',
  'truncated',
  'not-http',
];

/** @param {string} name */
function expectationOf(name) {
  // Only the carrier's later report is different.
  if (harmless.includes(name) || name.startsWith('receipt-')) {
    return 'sent';
  }
  return expectations[name] ?? (noAnswer.includes(name) ? 'general' : 'invalid_response');
}

for (const { name } of faults.filter(({ name }) => !/^(error|status):/.test(name))) {
  test(`fault ${name}`, () => underFault(name, expectationOf(name)));
}

/** One code of each kind. tests/core/send.rs tries all codes. */
for (const [code, logtoCode] of Object.entries({
  'AuthFailure.SecretIdNotFound': 'invalid_config',
  'FailedOperation.TemplateUnapprovedOrNotExist': 'template_not_found',
  'InternalError.Timeout': 'general',
  'InvalidParameterValue.IncorrectPhoneNumber': 'invalid_request_parameters',
  'LimitExceeded.AppDailyLimit': 'usage_limit_exceeded',
  'LimitExceeded.PhoneNumberDailyLimit': 'rate_limit_exceeded',
  MissingParameter: 'insufficient_request_parameters',
})) {
  for (const level of ['error', 'status']) {
    test(`fault ${level}:${code}`, () => underFault(`${level}:${code}`, logtoCode));
  }
}

/**
 * @param {string} name
 * @param {string} expected
 */
async function underFault(name, expected) {
  const sandbox = await startSandbox();
  try {
    sandbox.setFault(name);
    const { send } = await ours(sandbox.url);
    const seen = () => ({ requests: sandbox.totals.requests, accepted: sandbox.totals.messages });
    await assertRow(name, { send, config: sandbox.config, seen }, expected);
    assert.equal(sandbox.redirected.length, 0, 'a redirect was followed');

    // The next send after the fault succeeds, also with a corrected clock.
    sandbox.setFault(undefined);
    const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };
    await send(data, { ...sandbox.config, timeoutSeconds });
  } finally {
    await sandbox.close();
  }
}

const first = 'sms.tencentcloudapi.com';
const second = 'sms.ap-guangzhou.tencentcloudapi.com';
const third = 'sms.ap-shanghai.tencentcloudapi.com';

/**
 * The networks. Each has the behaviour of single hosts, the behaviour of all other hosts, and the code
 * that Logto gets. `ok` leads to the sandbox.
 */
const networks = /** @type {const} */ ({
  'refused everywhere': [{}, 'refused', 'general'],
  'no such name anywhere': [{}, 'unknown', 'general'],
  'no handshake anywhere': [{}, 'silent', 'general'],
  'certificate of an unknown issuer': [{}, 'untrusted', 'general'],
  'certificate for another name': [{}, 'misnamed', 'general'],
  'reset during the handshake': [{}, 'reset', 'general'],
  'refused at the first host': [{ [first]: 'refused' }, 'ok', 'sent'],
  'no name for the first host': [{ [first]: 'unknown' }, 'ok', 'sent'],
  'untrusted at the first host': [{ [first]: 'untrusted' }, 'ok', 'sent'],
  // Nothing proves that the message was not sent, so no other host is tried.
  'reset by the first host': [{ [first]: 'reset' }, 'ok', 'general'],
  'no handshake at the first host': [{ [first]: 'silent' }, 'ok', 'general'],
  'refused at the first two hosts': [{ [third]: 'ok' }, 'refused', 'sent'],
  'back at the second attempt': [{ [first]: 'refused', [second]: 'ok' }, 'refused', 'sent'],
});

for (const [name, [hosts, otherwise, expected]] of Object.entries(networks)) {
  test(`network: ${name}`, async () => {
    const sandbox = await startSandbox();
    const tencent = await startTencentHosts(sandbox.port, { hosts, otherwise });
    try {
      const { endpoint, ...rest } = sandbox.config;
      const config = { ...rest, timeoutSeconds: longTimeoutSeconds };
      const { send } = await ours(undefined);
      const seen = () => ({
        requests: sandbox.totals.requests,
        accepted: sandbox.totals.messages,
      });
      await assertRow(`network: ${name}`, { send, config, seen }, expected);
      const tried = tencent.tried;
      assert.ok(tried.length <= 3);
      assert.equal(new Set(tried).size, tried.length, 'an unreachable host was tried again');
    } finally {
      await tencent.close();
      await sandbox.close();
    }
  });
}

test('a host that the config names is the only one that is tried', async () => {
  const sandbox = await startSandbox();
  const tencent = await startTencentHosts(sandbox.port, { hosts: {}, otherwise: 'refused' });
  try {
    const { send } = await ours(undefined);
    const chosen = 'sms.ap-beijing.tencentcloudapi.com';
    const config = { ...sandbox.config, endpoint: chosen };
    const seen = () => ({ requests: 0, accepted: 0 });
    await assertRow('network: the chosen host refuses', { send, config, seen }, 'general');
    assert.deepEqual([...new Set(tencent.tried)], [chosen]);
  } finally {
    await tencent.close();
    await sandbox.close();
  }
});
