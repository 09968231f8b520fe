/** The sandbox on the command line, in its own process. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { defaultAccount } from '../../sandbox/account.js';
import { portOf } from '../shared/port-of.js';
import { goodParameters, machineSeconds, post } from './support/sign-and-post.js';

const MAIN = fileURLToPath(new URL('../../sandbox/main.js', import.meta.url));

/** Runs the command to its end. @param {...string} args */
async function run(...args) {
  const { child, output } = start(args);
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...output };
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment] the variables that choose the language
 */
function start(args, environment) {
  const { LANG, LC_ALL, TENCENT_SMS_LANG, ...others } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...others, ...environment } });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text;
  });
  return { child, output };
}

/**
 * Waits until the output of the command matches.
 * @param {ReturnType<typeof start>} command
 * @param {RegExp} pattern
 */
async function printed({ child, output }, pattern) {
  for (;;) {
    const match = pattern.exec(output.stdout);
    if (match) return match;
    assert.equal(child.exitCode, null, output.stderr);
    await once(child.stdout, 'data');
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  test(`prints the config and messages but no received keys, and ends on ${signal}`, async () => {
    const sandbox = start(['--port', '0']);
    const { child, output } = sandbox;
    const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
    const [, json] = await printed(sandbox, /\n(\{\n.*\n\})\n/s);
    const config = JSON.parse(json);
    assert.equal(config.endpoint, url);
    const startOutput = output.stdout;

    const options = { timestamp: machineSeconds(), secretKey: config.accessKeySecret };
    await post({ url }, goodParameters, options);
    const unprintable = '\u001b[2J\n\u009b\u202e\u2066\u061c\u200f\u2028\ufeff\u00ad';
    await post({ url }, { ...goodParameters, TemplateId: `7${unprintable}` }, options);
    await post({ url }, goodParameters, { ...options, secretKey: 'wrong' });
    await printed(sandbox, /SignatureFailure/);

    const lines = output.stdout.slice(startOutput.length).trim().split('\n');
    assert.equal(lines.length, 3, output.stdout);
    assert.match(lines[0], /SendSms {2}\+8613800138000 {2}template 1100001 {2}【.*】.*246810/);
    assert.match(lines[1], /SendSms {2}\+8613800138000 .*TemplateIncorrectOrUnapproved: /);
    assert.doesNotMatch(lines[1], /[\p{Cc}\p{Cf}\u2028\u2029]/u);
    assert.match(lines[2], /SendSms {2}AuthFailure\.SignatureFailure: /);
    const afterStart = lines.join();
    assert.ok(!afterStart.includes(defaultAccount.secretKey));
    assert.doesNotMatch(afterStart, /TC3-HMAC|Credential=|Signature=/);

    child.kill(signal);
    const [exitCode] = await once(child, 'close');
    assert.equal(exitCode, 0);
    assert.equal(output.stderr, '');
  });
}

test('no received character moves the cursor or turns the direction of the text', async () => {
  const sandbox = start(['--port', '0']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
  await printed(sandbox, /\n\}\n\n/);
  const begin = sandbox.output.stdout.length;
  const options = { timestamp: machineSeconds() };
  const hostile =
    '\u001b[2J\u0007\u007f\u009b1A\u061c\u200b\u200e\u200f\u2028\u2029\u202e\u2066\u2069\ufeff\u{e0041}\r\n';
  await post({ url }, { ...goodParameters, TemplateId: hostile }, options);
  await post({ url }, { ...goodParameters, [hostile]: '' }, options);
  await post({ url }, { ...goodParameters, PhoneNumberSet: [hostile] }, options);
  // Of these characters, a header's value may contain only the C1 controls.
  await post({ url }, goodParameters, {
    ...options,
    overrides: { 'X-TC-Action': '\u009b1A\u0085' },
  });
  await post({ url }, { ...goodParameters, TemplateId: 'last' }, options);
  await printed(sandbox, /template last /);
  sandbox.child.kill();
  await once(sandbox.child, 'close');

  const lines = sandbox.output.stdout.slice(begin).split('\n').filter(Boolean);
  assert.equal(lines.length, 5);
  for (const line of lines) {
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, JSON.stringify(line));
  }
  assert.match(lines.join(), /\[2J/, 'harmless characters are missing');
});

test('no character of an account file moves the cursor either', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-main-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'account\u001b[2J\u202e.json');
  for (const text of ['{"\u202e\u2028\u009b2Jkey":1}', '{"\u202e', '\u001b[2J']) {
    writeFileSync(file, text);
    const { exitCode, stderr } = await run('--account', file);
    assert.equal(exitCode, 2);
    assert.doesNotMatch(stderr.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
});

test('--fault works, is shown, and prints no received key', async () => {
  const sandbox = start(['--port', '0', '--fault', 'echo-code']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
  const options = { timestamp: machineSeconds() };
  await post({ url }, goodParameters, options);
  await printed(sandbox, /SendSms {2}InternalError\..*…: internal error {2}\(fault: echo-code\)\n/);
  for (const fault of ['html-502', 'html-503']) {
    const body = JSON.stringify({ fault });
    const headers = { 'Content-Type': 'application/json' };
    await fetch(`${url}/control/fault`, { method: 'PUT', headers, body });
    await post({ url }, goodParameters, options);
  }
  await printed(sandbox, /SendSms {2}\+8613800138000 .*246810.* {2}\(fault: html-502\)\n/);
  await printed(sandbox, /SendSms {2}not processed {2}\(fault: html-503\)\n/);
  sandbox.child.kill();
  await once(sandbox.child, 'close');
  assert.doesNotMatch(sandbox.output.stdout, /TC3-HMAC|Credential=|Signature=/);
});

test('the sandbox uses the account of a file', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-main-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'account.json');

  const { stdout, exitCode } = await run('--print-account');
  assert.equal(exitCode, 0);
  assert.deepEqual(JSON.parse(stdout), defaultAccount);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(stdout), secretId: 'AKIDmine' }));
  const sandbox = start(['--port', '0', '--account', file]);
  const [, json] = await printed(sandbox, /\n(\{\n.*\n\})\n/s);
  const config = JSON.parse(json);
  assert.equal(config.accessKeyId, 'AKIDmine');
  const options = { timestamp: machineSeconds(), secretId: 'AKIDmine' };
  const { answer } = await post({ url: config.endpoint }, goodParameters, options);
  assert.equal(answer.SendStatusSet[0].Code, 'Ok');
  sandbox.child.kill();

  writeFileSync(file, '{"templates":[{}],"key":1}');
  const bad = await run('--account', file);
  assert.equal(bad.exitCode, 2);
  assert.equal(bad.stdout, '');
  assert.match(bad.stderr, /^sandbox: --account:\n.*account\.json: key is not a known name/);
  assert.match(bad.stderr, /account\.json: templates\[0\]\.templateId is missing\n/);
  assert.doesNotMatch(bad.stderr, / at .*\.js/, 'no stack trace');
});

test('the sandbox ends at once even if a client waits for messages or follows them', async () => {
  const sandbox = start(['--port', '0']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
  const followed = await fetch(`${url}/api/events`);
  assert.equal(followed.status, 200);
  const waiting = fetch(`${url}/api/messages/latest?wait=30`);
  const [outcome] = await Promise.all([
    Promise.allSettled([waiting, followed.text()]),
    delay(200).then(() => sandbox.child.kill()),
    once(sandbox.child, 'close').then(([exitCode]) => assert.equal(exitCode, 0)),
  ]);
  assert.deepEqual(
    outcome.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(sandbox.output.stderr, '');
});

test('a client that gave up waiting does not delay the end', async () => {
  const sandbox = start(['--port', '0']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
  const signal = AbortSignal.timeout(300);
  await assert.rejects(fetch(`${url}/api/messages/latest?wait=30`, { signal }), {
    name: 'TimeoutError',
  });
  const began = performance.now();
  sandbox.child.kill();
  await once(sandbox.child, 'close');
  assert.ok(performance.now() - began < 10_000);
});

test('the sandbox goes on when nobody reads its output any more', async () => {
  const sandbox = start(['--port', '0']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/\S+)[\s\S]*\n\}\n/);
  sandbox.child.stdout.destroy();
  for (let count = 0; count < 3; count += 1) {
    const { answer } = await post({ url }, goodParameters, { timestamp: machineSeconds() });
    assert.equal(answer.SendStatusSet[0].Code, 'Ok');
  }
  sandbox.child.kill();
  const [exitCode] = await once(sandbox.child, 'close');
  assert.deepEqual([exitCode, sandbox.output.stderr], [0, '']);
});

test('--help prints the help', async () => {
  const { exitCode, stdout, stderr } = await run('--help');
  assert.equal(exitCode, 0);
  assert.match(stdout, /--port <number>/);
  assert.equal(stderr, '');
});

test('bad flags are explained, with exit status 2', async () => {
  for (const args of [
    ['--prot', '1'],
    ['--port'],
    ['--port', 'x'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', '1.5'],
    ['--fault'],
    ['--fault', 'hangs'],
    ['--account'],
    ['--callback', 'http://example.com/'],
    ['--report-after', '1.5'],
    ['--print-account', 'x'],
    ['extra'],
  ]) {
    const { exitCode, stdout, stderr } = await run(...args);
    assert.equal(exitCode, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /^sandbox: .*(port|prot|fault|account|callback|extra|'x')[\s\S]*Usage: /);
    assert.doesNotMatch(stderr, / at .*\.js/, 'no stack trace');
  }
});

test('a port that fetch refuses is explained, with exit status 1', async () => {
  for (const port of ['6666', '10080', '1']) {
    const { exitCode, stdout, stderr } = await run('--port', port);
    assert.equal(exitCode, 1);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`^sandbox: Cannot listen on port ${port}: the Fetch standard`));
    assert.match(stderr, /Choose another, such as 4180\.\n$/);
  }
});

test('no character of a flag moves the cursor', async () => {
  const text = '\u001b[2J\u202e\u2028x';
  for (const flag of ['--port', '--fault', '--account']) {
    const { exitCode, stderr } = await run(flag, text);
    assert.equal(exitCode, 2, flag);
    assert.match(stderr, /^sandbox: .*\n?.* \[2J {2}x/);
    assert.doesNotMatch(stderr, /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u);
  }
});

test('a port in use is explained, with exit status 1', async () => {
  const occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const port = portOf(occupant);
  const { exitCode, stderr } = await run('--port', String(port));
  occupant.close();
  assert.equal(exitCode, 1);
  assert.match(stderr, new RegExp(`^sandbox: Port ${port} is in use`));
});

test('the command speaks the language of --lang, of its variable, or of the locale', async () => {
  for (const [lang, environment, expected] of /** @type {const} */ ([
    ['zh-CN', { TENCENT_SMS_LANG: 'en' }, 'zh-CN'],
    ['en', { TENCENT_SMS_LANG: 'zh-CN', LC_ALL: 'zh_CN.UTF-8' }, 'en'],
    [undefined, { TENCENT_SMS_LANG: 'zh-CN', LC_ALL: 'C', LANG: 'C' }, 'zh-CN'],
    [undefined, { TENCENT_SMS_LANG: 'en', LC_ALL: 'zh_CN.UTF-8' }, 'en'],
    [undefined, { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [undefined, { LC_ALL: 'C.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
    [undefined, { TENCENT_SMS_LANG: '', LC_ALL: '', LANG: 'zh_CN.GB18030' }, 'zh-CN'],
    [undefined, {}, 'en'],
  ])) {
    const command = start([...(lang ? ['--lang', lang] : []), '--help'], environment);
    const [exitCode] = await once(command.child, 'close');
    assert.equal(exitCode, 0);
    const chinese = /^用法：/.test(command.output.stdout);
    assert.equal(chinese, expected === 'zh-CN', JSON.stringify([lang, environment]));
  }
  const mistaken = start(['--lang', 'zh-CN', '--port', 'x']);
  await once(mistaken.child, 'close');
  assert.match(mistaken.output.stderr, /^sandbox: --port 应为 .*“x”\n\n用法：/);
});

test('the lines about requests are in the chosen language', async () => {
  const sandbox = start(['--port', '0'], { TENCENT_SMS_LANG: 'zh-CN' });
  const [, url] = await printed(sandbox, /腾讯云短信沙箱已启动：(http:\/\/127\.0\.0\.1:\d+)（/);
  const options = { timestamp: machineSeconds() };
  await post({ url }, goodParameters, options);
  await printed(sandbox, /SendSms {2}\+8613800138000 {2}模板 1100001 {2}【.*246810/);
  sandbox.child.kill();
  await once(sandbox.child, 'close');
  assert.equal(sandbox.output.stderr, '');
});

test('--host lets the network in, and says what that means', async () => {
  for (const [host, warned] of /** @type {const} */ ([
    ['0.0.0.0', true],
    ['127.0.0.2', false],
    [undefined, false],
  ])) {
    const sandbox = start(['--port', '0', ...(host ? ['--host', host] : [])]);
    const [, url] = await printed(sandbox, /sandbox at (http:\/\/[\d.]+:\d+)[\s\S]*\n\}\n/);
    assert.equal(/Everyone who can reach this machine/.test(sandbox.output.stdout), warned, host);
    assert.equal((await fetch(`${url}/api/config`)).status, 200, host);
    sandbox.child.kill();
    await once(sandbox.child, 'close');
  }
  const { exitCode, stderr } = await run('--host', '192.0.2.1');
  assert.equal(exitCode, 1);
  assert.match(stderr, /^sandbox: Cannot listen on port 4180: .*192\.0\.2\.1/);
});

test('--callback reports deliveries after --report-after, and each is a line', async () => {
  const receiver = createHttpServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const callback = `http://127.0.0.1:${portOf(receiver)}/`;
  const sandbox = start(['--port', '0', '--callback', callback, '--report-after', '0']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/\S+)/);
  await post({ url }, goodParameters, { timestamp: machineSeconds() });
  await printed(sandbox, /callback to http:\/\/127\.0\.0\.1:\d+\/: HTTP status 200\n/);
  sandbox.child.kill();
  await once(sandbox.child, 'close');
  receiver.close();
});
