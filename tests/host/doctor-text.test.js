/**
 * The doctor's command line, and what it prints for people: options, help, exit statuses; lines, colours,
 * progress.
 */

import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { defaultAccount } from '../../sandbox/account.js';
import { ourFactory } from './support/connectors.js';
import { commandLineCore } from './support/core.js';
import {
  command,
  environment,
  examine,
  fileOf,
  finished,
  packagesUsed,
  reportOf,
  run,
  secret,
  troublesIn,
  withSandbox,
} from './support/doctor-command.js';

/** @typedef {import('./support/doctor-command.js').Sandbox} Sandbox */

describe('the command line', { concurrency: 2 }, () => {
  /** @type {Record<string, [string[], RegExp]>} */
  const refused = {
    'no file': [['doctor'], /takes one file: the config(?:.|\n)*Usage: /],
    'two files': [['doctor', 'a.json', 'b.json'], /takes one file/],
    'an unknown option': [['doctor', 'a.json', '--fast'], /--fast(?:.|\n)*Usage: /],
    'a number next to an unknown option': [
      ['doctor', 'a.json', `--too=${secret('+8613900001111')}`],
      /--too/,
    ],
    'an option without its number': [['doctor', 'a.json', '--to'], /--to/],
    'sending offline': [['doctor', 'a.json', '--offline', '--to', '+8613900001111'], /choose one/],
    'looking at messages offline': [
      ['doctor', 'a.json', '--offline', '--number', secret('+8613900001112')],
      /--number asks Tencent, but --offline forbids it: choose one/,
    ],
    'looking at messages and sending one': [
      ['doctor', 'a.json', '--to', '+8613900001113', '--number', secret('+8613900001113')],
      /--number shows earlier messages, but --to sends a new one: choose one/,
    ],
    'a language that it does not speak': [
      ['doctor', 'a.json', '--lang', 'fr'],
      /--lang must be en or zh-CN, not "fr"/,
    ],
    'an unknown command': [['check'], /no command "check"(?:.|\n)*Usage: /],
  };
  for (const [name, [args, expected]] of Object.entries(refused)) {
    test(`${name}: status 2, and the help`, async () => {
      const { status, stdout, stderr } = await run(args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
    });
  }

  test('help, report and mistakes are in the language of the option, or else of the environment', async () => {
    const file = await fileOf('{}');
    const chinese = { TENCENT_SMS_LANG: 'zh-CN' };
    /** @type {[string[], Record<string, string>, 'en' | 'zh'][]} */
    const runs = [
      [['--lang', 'zh-CN'], {}, 'zh'],
      [[], chinese, 'zh'],
      [[], { LANG: 'zh_CN.UTF-8' }, 'zh'],
      [['--lang=en'], chinese, 'en'],
    ];
    for (const [options, env, language] of runs) {
      const isChinese = language === 'zh';
      const help = await run([...options, '--help'], { env });
      assert.match(help.stdout, isChinese ? /^用法：/ : /^Usage: /);
      const report = await run(['doctor', file, '--offline', ...options], { env });
      assert.match(
        report.stdout,
        isChinese ? /^错误 {5}配置 {10}accessKeyId（SecretId）必填/ : /^ERROR/,
      );
      assert.equal(report.status, 1);
      const before = await run([...options, 'doctor', file, '--offline'], { env });
      assert.deepEqual(before, report);
      const mistake = await run(['doctor', '/dev/null/none', ...options], { env });
      assert.match(mistake.stderr, isChinese ? /无法读取/ : /cannot be read/);
      // Programs read the same in every language.
      const json = await run(['doctor', file, '--offline', '--json', ...options], { env });
      assert.deepEqual(json, await run(['doctor', file, '--offline', '--json']));
    }
  });

  test('help names the commands', async () => {
    const helps = await Promise.all([['--help'], ['help'], []].map((args) => run(args)));
    for (const help of helps) {
      assert.deepEqual(help, helps[0]);
      assert.equal(help.status, 0);
      assert.match(help.stdout, / doctor <file>(?:.|\n)* setup <file>/);
    }
  });

  test('help of the doctor names options, environment and exit statuses', async () => {
    for (const lang of ['en', 'zh-CN']) {
      const { status, stdout } = await run(['doctor', '--help', '--lang', lang]);
      assert.equal(status, 0);
      const options = [...stdout.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, option]) => option);
      assert.deepEqual(options, [
        '--logto',
        '--to',
        '--number',
        '--offline',
        '--json',
        '--lang',
        '--help',
      ]);
      assert.match(stdout, /TENCENTCLOUD_SECRET_ID(?:.|\n)*(Exit status|退出状态)/);
    }
  });

  test('the package names the command, and it may be run', async () => {
    const { default: manifest } = await import(join(ourFactory.path, 'package.json'), {
      with: { type: 'json' },
    });
    assert.equal(join(ourFactory.path, manifest.bin), command);
    assert.equal(spawnSync(command, ['--help']).status, 0);
  });

  for (const [name, config, expected] of /** @type {[string, object, number][]} */ ([
    ['an error', { templates: [] }, 1],
    ['no error', {}, 0],
  ])) {
    test(`a reader that leaves keeps the exit status: ${name}`, () =>
      withSandbox({}, async (sandbox) => {
        const file = await fileOf(JSON.stringify({ ...sandbox.config, ...config }));
        const child = spawn(process.execPath, [command, 'doctor', file], { env: environment });
        // The pipe is closed before the first report.
        child.stdout.destroy();
        const [stderr, status] = await Promise.all([
          text(child.stderr),
          new Promise((resolve) => child.on('close', resolve)),
        ]);
        assert.equal(stderr, '');
        assert.equal(status, expected);
      }));
  }

  test('offline nothing is asked', () =>
    withSandbox({}, async (sandbox) => {
      const { status, stdout } = await examine(sandbox.config, '--offline', '--json');
      assert.equal(status, 0);
      assert.deepEqual(
        reportOf({ stdout }).findings.map(({ check, state }) => `${check} ${state}`),
        ['config ok'],
      );
      const wrong = await examine({ ...sandbox.config, region: 'ap-guangzhou-3' }, '--offline');
      assert.equal(wrong.status, 1);
      assert.equal(sandbox.totals.requests, 0);
    }));
});

describe('text for people', { concurrency: 2 }, () => {
  /** Findings of each state, of which the signature's is wrong. */
  const account = {
    ...defaultAccount,
    packages: packagesUsed(1),
    restrictions: { SendStatusStatistics: 'AuthFailure.UnauthorizedOperation' },
  };
  const mixed = (/** @type {Sandbox} */ { config }) => ({ ...config, signName: '未通过示例' });
  const stateWord = /^(ok {5}|warning|ERROR {2}|skipped) {2}\S/;
  const escapeCode = '\u001b';

  test('is aligned, plain, and holds what the JSON holds', () =>
    withSandbox({ account }, async (sandbox) => {
      const { status, stdout, stderr } = await examine(mixed(sandbox));
      const { findings } = reportOf(await examine(mixed(sandbox), '--json'));
      assert.equal(status, 1);
      assert.equal(stderr, '', 'no progress where nobody looks on');
      assert.ok(!stdout.includes(escapeCode));
      assert.ok(stdout.endsWith('\n\n1 error, 1 warning, 1 skipped\n'));
      const lines = stdout.split('\n').slice(0, -3);
      const heads = lines.filter((line) => stateWord.test(line));
      assert.equal(heads.length, findings.length);
      for (const [index, { what }] of findings.entries()) {
        assert.ok(heads[index]?.endsWith(` ${what}`));
      }
      for (const line of lines.filter((line) => !stateWord.test(line))) {
        assert.match(line, /^ {23}(at |→ )\S/);
      }
      for (const { advice } of troublesIn(findings)) {
        assert.ok(advice && stdout.includes(`→ ${advice}\n`));
      }
      assert.ok(stdout.includes('at signName\n'));
    }));

  test('what is found begins in the same column, with a side or without', () =>
    withSandbox({}, async ({ config }) => {
      const { stdout } = await examine(config);
      const heads = stdout.split('\n').filter((line) => stateWord.test(line));
      assert.ok(heads.length > 10);
      for (const line of heads) {
        assert.match(line, /^.{7} {2}\S.{11} {2}\S/, line);
      }
    }));

  test('colours are around the state only', () => {
    const { text } = commandLineCore.examine(
      Buffer.from('{ "region": "x", "templates": [] }'),
      {},
      false,
      [],
      Date.now(),
      true,
    ).outcome;
    assertColored(text);
  });

  /** @param {string} text */
  function assertColored(text) {
    const colored = text.replaceAll('\r', '').split('\n');
    const heads = colored.filter((line) => line.includes(escapeCode));
    assert.ok(heads.length > 0);
    for (const line of heads) {
      const [before, start = '', end = '', ...others] = line.split(escapeCode);
      assert.deepEqual([before, others], ['', []], 'one pair of codes, at the beginning');
      assert.match(start, /^\[3[1236]m.{7}$/);
      assert.match(end, /^\[0m {2}/);
      assert.match(stripVTControlCharacters(line), stateWord);
    }
    for (const line of colored.filter((line) => stateWord.test(line))) {
      assert.fail(`without a colour: ${line}`);
    }
  }

  /** Runs it in a terminal of its own: that of util-linux, which other systems' script is not. */
  const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
    'util-linux',
  );

  /** @param {string} file @param {Record<string, string>} [env] @param {string} [redirected] */
  const inTerminal = (file, env, redirected = '2>/dev/null') =>
    finished(
      spawn(
        'script',
        ['-qec', `"$TEST_NODE" "$TEST_COMMAND" doctor "$TEST_FILE" ${redirected}`, '/dev/null'],
        {
          env: {
            ...environment,
            TERM: 'xterm',
            TEST_NODE: process.execPath,
            TEST_COMMAND: command,
            TEST_FILE: file,
            ...env,
          },
        },
      ),
      '',
    );

  test('a terminal gets colours, unless NO_COLOR', { skip: !hasTerminal && 'no script here' }, () =>
    withSandbox({ account }, async (sandbox) => {
      const file = await fileOf(JSON.stringify(mixed(sandbox)));
      const colored = await inTerminal(file);
      assert.equal(colored.status, 1);
      assertColored(colored.stdout);
      const plain = await inTerminal(file, { NO_COLOR: '1' });
      assert.ok(!plain.stdout.includes(escapeCode));
      assert.equal(
        plain.stdout.replaceAll('\r', ''),
        stripVTControlCharacters(colored.stdout.replaceAll('\r', '')),
      );
    }),
  );

  test(
    'a terminal sees the progress, until there is a report',
    { skip: !hasTerminal && 'no script here' },
    () =>
      withSandbox({}, async (sandbox) => {
        sandbox.setFault('slow', { times: 1, action: 'DescribeSmsSignList' });
        const file = await fileOf(JSON.stringify(sandbox.config));
        const { status, stdout } = await inTerminal(file, {}, '>/dev/null');
        assert.equal(status, 0);
        assert.match(stdout, /\rasking Tencent … 0 s.*\rasking Tencent … 1 s/);
        assert.ok(stdout.endsWith(`\r${escapeCode}[K`), 'the line is taken away');
      }),
  );
});
