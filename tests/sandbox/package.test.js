/** The sandbox as a package of its own, installed from its tarball. */

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { list } from 'tar';
import { startSandbox } from '../../sandbox/server.js';
import { goodParameters, machineSeconds, post } from './support/sign-and-post.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(await readFile(join(root, 'sandbox/package.json'), 'utf8'));
const tarball = join(root, `target/sandbox-test/${manifest.name}-${manifest.version}.tgz`);
await run(join(root, 'scripts/package-sandbox.sh'), [tarball]);

const folder = await mkdtemp(join(tmpdir(), 'sandbox-package-'));
after(() => rm(folder, { recursive: true }));
await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}');
await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });

test('the tarball contains the files of the sandbox in the repository, and what the README shows', async () => {
  /** @type {string[]} */
  const packed = [];
  await list({ file: tarball, onReadEntry: ({ path }) => packed.push(path) });
  const { stdout } = await run(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'sandbox'],
    { cwd: root },
  );
  const own = stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^sandbox\//, 'package/'));
  const added = ['LICENSE', 'CHANGELOG.md', 'inbox.png'].map((name) => `package/${name}`);
  assert.deepEqual(packed.sort(), [...own, ...added].sort());
});

test('the manifest asks for Node alone', () => {
  const { dependencies, peerDependencies, optionalDependencies, scripts } = manifest;
  assert.deepEqual(
    [dependencies, peerDependencies, optionalDependencies, scripts],
    [undefined, undefined, undefined, undefined],
  );
  assert.equal(manifest.engines.node, '>=20');
});

test('the command starts within a few seconds, and answers', async () => {
  const began = performance.now();
  const child = spawn(join(folder, 'node_modules/.bin/tencent-sms-sandbox'), [
    '--port',
    '0',
    '--lang',
    'en',
  ]);
  child.stdout.setEncoding('utf8');
  let output = '';
  while (!/\n\}\n/.test(output)) {
    const [text] = await once(child.stdout, 'data');
    output += text;
  }
  assert.ok(performance.now() - began < 5000);
  const [, url = ''] = /sandbox at (\S+)/.exec(output) ?? [];
  const { answer } = await post({ url }, goodParameters, { timestamp: machineSeconds() });
  assert.equal(answer.SendStatusSet[0].Code, 'Ok');
  for (const path of [
    '/',
    '/help',
    '/inbox.js',
    '/text/fill.js',
    '/texts/zh-CN.json',
    '/api/logto',
  ]) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
  child.kill();
  const [exitCode] = await once(child, 'close');
  assert.equal(exitCode, 0);
});

/**
 * tsc checks here that the declared types are those of the code.
 * @type {typeof import('../../sandbox/types.d.ts').startSandbox}
 */
export const declared = startSandbox;

test('a test can import the sandbox', async () => {
  const code = `import { startSandbox } from 'tencent-sms-sandbox';
    const sandbox = await startSandbox();
    console.log(sandbox.url);
    await sandbox.close();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
  });
  assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\n$/);
});

test('the container file starts the command of the package on every address', async () => {
  const lines = (await readFile(join(root, 'sandbox/Dockerfile'), 'utf8')).trim().split('\n');
  const entry = JSON.parse(String(lines.at(-1)?.replace('ENTRYPOINT ', '')));
  const [, copied] = /^COPY \. (\S+)$/m.exec(lines.join('\n')) ?? [];
  assert.deepEqual(entry, ['node', `${copied}/${manifest.bin}`, '--host', '0.0.0.0']);
});
