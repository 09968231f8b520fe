/**
 * The command `setup`, run as a user runs it, with a stand-in for Logto's Management API and the sandbox in
 * Tencent's place.
 */

import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { officialConfig } from './support/connectors.js';
import {
  command,
  environment,
  fileOf,
  finished,
  folder,
  keepSecret,
  withSandbox,
} from './support/doctor-command.js';
import { secrets, withLogto } from './support/management-api.js';

keepSecret(...secrets);

/** @typedef {import('./support/management-api.js').Row} Row */

const official = 'tencent-short-message-service';

/**
 * Runs the command in an empty folder.
 *
 * @param {import('./support/management-api.js').Logto} logto
 * @param {string[]} args
 * @param {{ input?: string, env?: NodeJS.ProcessEnv }} [how]
 */
async function setup(logto, args, { input = '', env = {} } = {}) {
  const cwd = await mkdtemp(join(folder, 'cwd-'));
  const child = spawn(process.execPath, [command, 'setup', ...args], {
    cwd,
    env: { ...environment, ...logto.env, ...env },
  });
  const { status, stdout, stderr } = await finished(child, input);
  const files = await readdir(cwd);
  return { status, stdout, stderr, files: files.map((file) => join(cwd, file)) };
}

/** @param {{ stdout: string }} run */
const lastLine = ({ stdout }) => stdout.trimEnd().split('\n').at(-1);

/** @param {object} config */
const row = (config, connectorId = 'tencent-cloud-sms') => ({
  id: 'us8019liqzch',
  connectorId,
  config: /** @type {Record<string, unknown>} */ ({ ...config }),
});

describe('setup', { concurrency: 2 }, () => {
  test('a config is previewed, created, read back, and the same the second time', () =>
    withSandbox({}, ({ config }) =>
      withLogto([], async (logto) => {
        const file = await fileOf(JSON.stringify(config));
        const preview = await setup(logto, [file]);
        assert.equal(preview.status, 1, preview.stderr);
        assert.match(preview.stdout, /^http:\S+: no SMS connector is set up\.\n/);
        assert.match(preview.stdout, /^ {2}\+ accessKeySecret: \(secret\)$/m);
        assert.deepEqual(logto.rows, []);

        const applied = await setup(logto, [file, '--apply']);
        assert.equal(applied.status, 0, applied.stderr);
        assert.match(lastLine(applied) ?? '', /created the connector\. Its config was read back/);
        assert.deepEqual(
          logto.rows.map((/** @type {Row} */ row) => row.config),
          [config],
        );

        logto.requests.length = 0;
        const again = await setup(logto, [file, '--apply']);
        assert.equal(again.status, 0);
        assert.equal(lastLine(again), 'Logto has this config already. There is nothing to change.');
        assert.deepEqual(logto.requests, ['POST /oidc/token', 'GET /api/connectors']);
        assert.deepEqual([...preview.files, ...applied.files, ...again.files], []);
      }),
    ));

  test('a change of one key is shown and stored', () =>
    withSandbox({}, ({ config }) =>
      withLogto([row(config)], async (logto) => {
        const changed = { ...config, region: 'ap-singapore', timeoutSeconds: 5.5 };
        const content = JSON.stringify(changed);
        const preview = await setup(logto, ['-', '--json'], { input: content });
        assert.equal(preview.status, 1, preview.stderr);
        assert.deepEqual(JSON.parse(preview.stdout), {
          outcome: 'differs',
          sentences: ['Differences: 2. Nothing was changed. Add --apply to store this config.'],
          differences: [
            { path: ['region'], before: '"ap-guangzhou"', after: '"ap-singapore"' },
            { path: ['timeoutSeconds'], after: '5.5' },
          ],
        });
        const applied = await setup(logto, ['-', '--apply', '--json'], { input: content });
        assert.equal(applied.status, 0);
        assert.deepEqual(JSON.parse(applied.stdout), {
          outcome: 'applied',
          sentences: ['Logto has stored the config. It was read back, and is the same.'],
          differences: [],
        });
        assert.deepEqual(logto.rows, [row(changed)]);
      }),
    ));

  test('another SMS connector is replaced only by name, and written to a file that restores it', () =>
    withSandbox({}, ({ config }) => {
      const before = row(officialConfig, official);
      return withLogto([before], async (logto) => {
        const file = await fileOf(JSON.stringify(config));
        const refused = await setup(logto, [file, '--apply']);
        assert.equal(refused.status, 1);
        assert.match(refused.stdout, /add --replace tencent-short-message-service\.\n$/);
        assert.deepEqual([logto.rows, refused.files], [[before], []]);

        const replaced = await setup(logto, [file, '--apply', '--replace', official]);
        assert.equal(replaced.status, 0, replaced.stderr);
        assert.equal(logto.rows[0]?.connectorId, 'tencent-cloud-sms');
        assert.match(replaced.stderr, /To put it back.* --restore, --apply and --replace <id>/);
        const [backup = ''] = replaced.files;
        const { connectorId, config: stored } = before;
        assert.deepEqual(JSON.parse(await readFile(backup, 'utf8')), {
          connectorId,
          config: stored,
        });
        assert.equal((await stat(backup)).mode & 0o777, 0o600);

        const restored = await setup(logto, [
          backup,
          '--restore',
          '--replace',
          'tencent-cloud-sms',
          '--apply',
        ]);
        assert.equal(restored.status, 0, restored.stdout + restored.stderr);
        assert.deepEqual(
          logto.rows.map((row) => [row.connectorId, row.config]),
          [[official, stored]],
        );
      });
    }));

  test('nothing is changed if the other connector cannot be written to a file', () =>
    withSandbox({}, ({ config }) => {
      const before = row(officialConfig, official);
      return withLogto([before], async (logto) => {
        const file = await fileOf(JSON.stringify(config));
        const child = spawn(
          process.execPath,
          [command, 'setup', file, '--apply', '--replace', official],
          {
            cwd: '/proc/self',
            env: { ...environment, ...logto.env },
          },
        );
        const { status, stderr } = await finished(child, '');
        assert.equal(status, 2);
        assert.match(stderr, /cannot be written: E\w+\. Nothing was changed\.\n$/);
        assert.deepEqual(logto.rows, [before]);
      });
    }));

  test('an export has no secret, and is refused until they are filled in', () =>
    withSandbox({}, ({ config }) =>
      withLogto([row(config)], async (logto) => {
        const exported = await setup(logto, ['--export']);
        assert.equal(exported.status, 0);
        assert.match(exported.stderr, /^The secrets are masked\./);
        const masked = { ...config, accessKeyId: '<masked>', accessKeySecret: '<masked>' };
        assert.deepEqual(JSON.parse(exported.stdout), masked);
        logto.requests.length = 0;
        const refused = await setup(logto, ['-', '--apply'], { input: exported.stdout });
        assert.equal(refused.status, 1);
        assert.match(refused.stdout, /^accessKeyId is masked\..*\naccessKeySecret is masked\./);
        assert.deepEqual(logto.requests, []);
      }),
    ));

  test('Logto sends the test message, with the config of the file', () =>
    withSandbox({}, ({ config, messages }) =>
      withLogto([], async (logto) => {
        const file = await fileOf(JSON.stringify(config));
        const sent = await setup(logto, [file, '--test', '+86 138 0013 8000', '--apply']);
        assert.equal(sent.status, 0, sent.stdout + sent.stderr);
        assert.match(sent.stdout, /Logto has sent the test message\./);
        assert.equal(logto.rows.length, 1);
        assert.deepEqual(
          messages.map(({ phoneNumber }) => phoneNumber),
          ['+8613800138000'],
        );
      }),
    ));

  test('a config whose test message fails is not stored', () =>
    withSandbox({}, ({ config, setFault }) =>
      withLogto([], async (logto) => {
        setFault('status:LimitExceeded.PhoneNumberDailyLimit');
        const file = await fileOf(JSON.stringify(config));
        const failed = await setup(logto, [file, '--test', '+8613800138000', '--apply']);
        assert.equal(failed.status, 1);
        assert.match(failed.stdout, /PhoneNumberDailyLimit/);
        assert.deepEqual(logto.rows, []);
      }),
    ));

  test("a config that only the server's guard refuses is reported and not stored", () =>
    withSandbox({}, ({ config }) =>
      withLogto([], async (logto) => {
        const file = await fileOf(JSON.stringify({ ...config, templates: [] }));
        // The official connector's guard wants other templates than the file has.
        const other = await fileOf(
          JSON.stringify({ connectorId: official, config: { ...officialConfig, templates: [] } }),
        );
        const local = await setup(logto, [file, '--apply']);
        assert.equal(local.status, 1);
        assert.match(local.stdout, /^templates /);
        const remote = await setup(logto, [other, '--restore', '--apply']);
        assert.equal(remote.status, 1);
        assert.match(remote.stdout, /^Logto refused the config: templates /m);
        assert.deepEqual(logto.rows, []);
      }),
    ));

  test('references stay in an export, and are refused where the server cannot resolve them', () =>
    withSandbox({}, ({ config }) =>
      withLogto([], async (logto) => {
        const { accessKeyId, accessKeySecret } = config;
        const references = {
          accessKeyId: 'env:TENCENT_SMS_SETUP_ID',
          accessKeySecret: 'env:TENCENT_SMS_SETUP_KEY',
        };
        const file = await fileOf(JSON.stringify({ ...config, ...references }));
        const refused = await setup(logto, [file, '--apply']);
        assert.equal(refused.status, 1, refused.stderr);
        assert.match(
          refused.stdout,
          /^Logto refused the config: accessKeyId .*TENCENT_SMS_SETUP_ID/m,
        );
        assert.deepEqual(logto.rows, []);
        // The guard runs in this process, in Logto's place.
        process.env.TENCENT_SMS_SETUP_ID = accessKeyId;
        process.env.TENCENT_SMS_SETUP_KEY = accessKeySecret;
        const applied = await setup(logto, [file, '--apply', '--test', '+8613800138000']);
        assert.equal(applied.status, 0, applied.stdout + applied.stderr);
        const exported = await setup(logto, ['--export']);
        assert.deepEqual([exported.status, exported.stderr], [0, '']);
        const again = await setup(logto, ['-', '--apply'], { input: exported.stdout });
        /** @type {Row[]} */
        const rows = logto.rows;
        assert.deepEqual([again.status, rows[0]?.config], [0, JSON.parse(exported.stdout)]);
        delete process.env.TENCENT_SMS_SETUP_ID;
        delete process.env.TENCENT_SMS_SETUP_KEY;
      }),
    ));

  test('nothing is changed if Logto has changed since the preview', () =>
    withSandbox({}, ({ config }) =>
      withLogto([row(config)], async (logto) => {
        const file = await fileOf(JSON.stringify({ ...config, region: 'ap-singapore' }));
        let lists = 0;
        const { push } = logto.requests;
        logto.requests.push = (request) => {
          lists += request === 'GET /api/connectors' ? 1 : 0;
          if (lists === 2) {
            logto.rows[0] = row({ ...config, signName: '别的' });
          }
          return push.call(logto.requests, request);
        };
        const { status, stdout } = await setup(logto, [file, '--apply']);
        assert.equal(status, 1);
        assert.match(stdout, /has changed since the preview\. Nothing was changed\./);
        assert.equal(logto.rows[0]?.config.region, 'ap-guangzhou');
      }),
    ));

  /** @type {Record<string, [(logto: import('./support/management-api.js').Logto) => NodeJS.ProcessEnv, number, RegExp]>} */
  const troubles = {
    'a wrong secret': [
      () => ({ LOGTO_APP_SECRET: 'x' }),
      2,
      /does not know the application, or its secret is wrong/,
    ],
    'an application without the role': [
      (logto) => {
        logto.isAllowed = false;
        return {};
      },
      2,
      /give it the role "Logto Management API access"/,
    ],
    'no application': [
      () => ({ LOGTO_APP_ID: '' }),
      2,
      /LOGTO_APP_ID and LOGTO_APP_SECRET must give/,
    ],
    'no URL': [() => ({ LOGTO_ENDPOINT: '' }), 2, /--logto or LOGTO_ENDPOINT must give the URL/],
    'a URL without https://': [
      () => ({ LOGTO_ENDPOINT: 'auth.example.com' }),
      2,
      /begins with https/,
    ],
    'a URL with a password': [
      () => ({ LOGTO_ENDPOINT: 'https://a:b@auth.example.com' }),
      2,
      /without a password/,
    ],
    'a URL without encryption': [
      // This is the name of a host, and no loopback address.
      () => ({ LOGTO_ENDPOINT: 'http://127.logto.invalid' }),
      2,
      /begins with http:\/\/, so secrets are not encrypted/,
    ],
    'a Logto that does not run': [
      () => ({ LOGTO_ENDPOINT: 'http://127.0.0.1:4179' }),
      2,
      /\(ECONNREFUSED\)/,
    ],
    'a Logto without the connector': [
      (logto) => {
        logto.missing.add('tencent-cloud-sms');
        return {};
      },
      1,
      /has not loaded the connector tencent-cloud-sms/,
    ],
  };
  for (const [name, [arrange, expected, message]] of Object.entries(troubles)) {
    test(`${name} is reported`, () =>
      withLogto([], async (logto) => {
        const file = await fileOf(JSON.stringify(officialConfig));
        const { status, stdout, stderr } = await setup(logto, [file, '--apply'], {
          env: arrange(logto),
        });
        assert.match(stdout + stderr, message);
        assert.equal(status, expected);
        assert.deepEqual(logto.rows, []);
      }));
  }

  test('mistakes in the arguments are reported, with the help', () =>
    withLogto([], async (logto) => {
      for (const args of [
        [],
        ['a', 'b'],
        ['--export', 'a'],
        ['--export', '--apply'],
        ['a', '--nope'],
      ]) {
        const { status, stderr } = await setup(logto, args);
        assert.equal(status, 2);
        assert.match(stderr, /^setup: .*\n\nUsage: connector-tencent-sms-wasm setup /);
      }
      const { status, stderr } = await setup(logto, ['absent.json']);
      assert.deepEqual([status, stderr], [2, 'setup: absent.json cannot be read: ENOENT\n']);
    }));

  test('everything is also in Chinese', () =>
    withSandbox({}, ({ config }) =>
      withLogto([], async (logto) => {
        const file = await fileOf(JSON.stringify(config));
        const { stdout } = await setup(logto, [file, '--lang', 'zh-CN']);
        assert.match(stdout, /尚未设置短信连接器/);
        assert.match(stdout, /加上 --apply 即可用此配置创建连接器。\n$/);
        const help = await setup(logto, ['--help'], { env: { TENCENT_SMS_LANG: 'zh' } });
        assert.match(help.stdout, /^用法：/);
        const wrong = await setup(logto, [file, '--lang=zh-CN', '--nope']);
        assert.match(wrong.stderr, /用法：connector-tencent-sms-wasm setup/);
        const english = await setup(logto, [file, '--lang', 'en'], {
          env: { LANG: 'zh_CN.UTF-8' },
        });
        assert.match(english.stdout, /no SMS connector is set up/);
      }),
    ));

  test('the options of the help are those that the command takes', async () => {
    await withLogto([], async (logto) => {
      for (const lang of ['en', 'zh-CN']) {
        const { stdout } = await setup(logto, ['--help', '--lang', lang]);
        const options = [...stdout.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, option]) => option);
        assert.deepEqual(options, [
          '--logto',
          '--apply',
          '--test',
          '--replace',
          '--restore',
          '--export',
          '--json',
          '--lang',
          '--help',
        ]);
      }
    });
  });
});
