import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultAccount } from '../../sandbox/account.js';
import { goodParameters, post } from './sign-and-post.js';

const MAIN = fileURLToPath(new URL('../../sandbox/main.js', import.meta.url));

/** Runs the command to its end. */
async function run(...args) {
  const { child, output } = start(args);
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...output };
}

function start(args) {
  const child = spawn(process.execPath, [MAIN, ...args]);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text;
  });
  return { child, output };
}

/** Waits until the command has printed something that matches. */
async function printed({ child, output }, pattern) {
  while (!pattern.test(output.stdout)) {
    assert.equal(child.exitCode, null, output.stderr);
    await once(child.stdout, 'data');
  }
  return pattern.exec(output.stdout);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`prints config and messages, never keys that came, and ends on ${signal}`, async () => {
    const sandbox = start(['--port', '0']);
    const { child, output } = sandbox;
    const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
    const [, json] = await printed(sandbox, /\n(\{\n.*\n\})\n/s);
    const config = JSON.parse(json);
    assert.equal(config.endpoint, url);
    const startOutput = output.stdout;

    const options = {
      timestamp: Math.floor(Date.now() / 1000),
      secretKey: config.accessKeySecret,
    };
    await post({ url }, goodParameters, options);
    await post({ url }, { ...goodParameters, TemplateId: '7\u001b[2J' }, options);
    await post({ url }, goodParameters, { ...options, secretKey: 'wrong' });
    await printed(sandbox, /SignatureFailure/);

    const lines = output.stdout.slice(startOutput.length).trim().split('\n');
    assert.equal(lines.length, 3, output.stdout);
    assert.match(lines[0], /SendSms {2}\+8613800138000 {2}template 1100001 {2}【.*】.*246810/);
    assert.match(lines[1], /SendSms {2}\+8613800138000 .*TemplateIncorrectOrUnapproved: /);
    assert.doesNotMatch(lines[1], /\p{Cc}/u);
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

test('--fault strikes, is told, and prints no key that came', async () => {
  const sandbox = start(['--port', '0', '--fault', 'echo-code']);
  const [, url] = await printed(sandbox, /sandbox at (http:\/\/127\.0\.0\.1:\d+)/);
  const options = { timestamp: Math.floor(Date.now() / 1000) };
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

test('--help explains itself', async () => {
  const { exitCode, stdout, stderr } = await run('--help');
  assert.equal(exitCode, 0);
  assert.match(stdout, /--port <number>/);
  assert.equal(stderr, '');
});

test('bad flags are explained, exit 2', async () => {
  for (const args of [
    ['--prot', '1'],
    ['--port'],
    ['--port', 'x'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', '1.5'],
    ['--fault'],
    ['--fault', 'hangs'],
    ['extra'],
  ]) {
    const { exitCode, stdout, stderr } = await run(...args);
    assert.equal(exitCode, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /^sandbox: .*(port|prot|fault|extra)[\s\S]*Usage: /);
    assert.doesNotMatch(stderr, / at .*\.js/, 'no stack trace');
  }
});

test('a port in use is explained, exit 1', async () => {
  const occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address();
  const { exitCode, stderr } = await run('--port', String(port));
  occupant.close();
  assert.equal(exitCode, 1);
  assert.match(stderr, new RegExp(`^sandbox: Port ${port} is in use`));
});
