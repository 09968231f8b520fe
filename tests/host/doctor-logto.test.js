/** The doctor with a running Logto in place of a file. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { officialConfig } from './support/connectors.js';
import { keepSecret, reportOf, run, withSandbox } from './support/doctor-command.js';
import { secrets, withLogto } from './support/management-api.js';

keepSecret(...secrets);

/** @typedef {import('./support/management-api.js').Logto} Logto */

/** @param {Logto} logto @param {string[]} options */
const doctor = (logto, ...options) =>
  run(['doctor', '--logto', logto.url, ...options], { env: logto.env });

/** @param {object} config */
const row = (config, connectorId = 'tencent-cloud-sms') => ({
  id: 'us8019liqzch',
  connectorId,
  config: /** @type {Record<string, unknown>} */ (config),
});

const phoneSignIn = {
  methods: [
    { identifier: 'phone', password: false, verificationCode: true, isPasswordPrimary: false },
  ],
};

/** @param {Awaited<ReturnType<typeof run>>} result */
const ofLogto = (result) => reportOf(result).findings.filter(({ check }) => check === 'logto');

test('a config in Logto is examined together with the settings of Logto', () =>
  withSandbox({}, async ({ config }) =>
    withLogto([row(config)], async (logto) => {
      logto.signInExperience = { signIn: phoneSignIn };
      const result = await doctor(logto, '--json');
      assert.equal(result.status, 0, result.stderr);
      assert.deepEqual(
        ofLogto(result).map(({ state, finding }) => [state, finding.id]),
        [
          ['ok', 'host.connector'],
          ['ok', 'host.sign-in'],
        ],
      );
      assert.ok(reportOf(result).findings.some(({ check }) => check === 'packages'));
    }),
  ));

test('a code that expires before the time in its text is reported', () =>
  withSandbox({}, async ({ config }) => {
    // The sandbox's text is "您的验证码为：{1}，{2}分钟内有效。".
    const templates = [
      { usageType: 'Generic', templateCode: '1100005', templateParams: ['{{code}}', '10'] },
    ];
    for (const [seconds, expected] of /** @type {const} */ ([
      [undefined, []],
      [600, []],
      [300, ['300']],
    ])) {
      await withLogto(
        [row({ ...config, allowedCallingCodes: ['86'], templates })],
        async (logto) => {
          logto.signInExperience = {
            signIn: phoneSignIn,
            verificationCodePolicy: { expirationDuration: seconds },
          };
          const told = ofLogto(await doctor(logto, '--json')).filter(
            ({ finding }) => finding.id === 'host.lifetime',
          );
          assert.deepEqual(
            told.map(({ finding }) => finding.values.seconds),
            expected,
          );
        },
      );
    }
  }));

test('a Logto with the official connector is reported, and its config examined', () =>
  withLogto([row(officialConfig, 'tencent-short-message-service')], async (logto) => {
    const result = await doctor(logto, '--json', '--offline');
    assert.equal(result.status, 1);
    assert.deepEqual(
      ofLogto(result).map(({ state, finding }) => [state, finding.id]),
      [
        ['wrong', 'host.other-connector'],
        ['warning', 'host.no-codes'],
      ],
    );
    assert.ok(reportOf(result).findings.some(({ check }) => check === 'config'));
  }));

test('a Logto without a connector for Tencent is reported', () =>
  withLogto([], async (logto) => {
    const { status, stdout } = await doctor(logto);
    assert.equal(status, 1);
    assert.match(stdout, /^ERROR {4}Logto {9}no SMS connector is set up$/m);
  }));

test('a Logto that cannot be asked gives status 2', () =>
  withLogto([], async (logto) => {
    logto.isAllowed = false;
    const { status, stderr } = await doctor(logto);
    assert.deepEqual([status, /the role "Logto Management API access"/.test(stderr)], [2, true]);
    for (const args of [
      ['--logto', 'auth.example.com'],
      ['a.json', '--logto', logto.url],
    ]) {
      assert.equal((await run(['doctor', ...args], { env: logto.env })).status, 2);
    }
  }));
