/** References to the API key: environment variables and files, in Logto's loader. */

import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { inspect } from 'node:util';
import { jsonObjectGuard } from '@logto/connector-kit';
import { officialConfig, ourFactory, ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';
import { buildConnector, sendWithUnsavedConfig } from './support/logto-instance.js';
import { createSecretsFolder } from './support/secrets-folder.js';
import { startVerifyingServer } from './support/verifying-server.js';

const server = await startVerifyingServer();
const secrets = await createSecretsFolder();
after(async () => {
  await secrets.remove();
  await server.close();
});
beforeEach(() => {
  server.keys.clear();
  server.answered.length = 0;
});

const data = { to: '8613800138000', type: 'SignIn', payload: { code: '246810' } };
const { accessKeyId: _id, accessKeySecret: _key, ...withoutKey } = officialConfig;
const inFiles = {
  ...withoutKey,
  endpoint: server.url,
  accessKeyId: 'file:/run/secrets/tencent-secret-id',
  accessKeySecret: 'file:/run/secrets/tencent-secret-key',
};
const inVariables = {
  ...withoutKey,
  endpoint: server.url,
  accessKeyId: 'env:TENCENTCLOUD_SECRET_ID',
  accessKeySecret: 'env:TENCENT_SMS_SECRET_KEY',
};

/** @param {number} number */
const keyOf = (number) => ({
  secretId: `AKID${String(number).padStart(32, 'i')}`,
  secretKey: String(number).padStart(32, 'k'),
});

/** @param {{ secretId: string, secretKey: string }} key */
const mount = ({ secretId, secretKey }) =>
  secrets.replace({ 'tencent-secret-id': `${secretId}\n`, 'tencent-secret-key': secretKey });

/** @param {object} config */
const issuesOf = (config) =>
  ourFactory.configGuard.safeParse(config).error?.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }));

/** @param {object} config */
const send = async (config) => (await ours(undefined)).send(data, { ...config });

test('a key in variables or files is used, and a config with it can be saved', async () => {
  const key = keyOf(1);
  server.keys.set(key.secretId, key);
  mount(key);
  process.env.TENCENTCLOUD_SECRET_ID = key.secretId;
  process.env.TENCENT_SMS_SECRET_KEY = ` ${key.secretKey}\n`;
  for (const config of [inVariables, inFiles]) {
    assert.equal(issuesOf(config), undefined);
    await send(config);
    await sendWithUnsavedConfig(ourFactory, data, config);
  }
  assert.deepEqual(new Set(server.answered.map(({ code }) => code)), new Set(['Ok']));
});

test('1,000 rotations under load fail no message', async () => {
  const senders = 4;
  const rotations = 1000;
  let number = 1000;
  let current = keyOf(number);
  server.keys.set(current.secretId, current);
  mount(current);
  let sent = 0;
  let isOver = false;
  let turned = 0;
  let isTurned = () => {};
  const sender = async () => {
    while (!isOver) {
      await send(inFiles);
      sent += 1;
      turned += 1;
      if (turned === senders) {
        isTurned();
      }
    }
  };
  const running = Promise.all(Array.from({ length: senders }, sender));
  for (let rotation = 0; rotation < rotations; rotation += 1) {
    turned = 0;
    const messages = new Promise((resolve) => {
      isTurned = () => resolve(undefined);
    });
    number += 1;
    const next = keyOf(number);
    // As in practice, Tencent knows the new key first. The old one ends as soon as the files are replaced.
    server.keys.set(next.secretId, next);
    mount(next);
    server.keys.delete(current.secretId);
    current = next;
    await messages;
  }
  isOver = true;
  await running;
  assert.ok(sent >= rotations, `${sent} messages`);
  const used = new Set(server.answered.map(({ secretId }) => secretId));
  assert.ok(used.size > rotations / 2, `only ${used.size} keys were used`);
  // Two parts of different keys are never signed with.
  const codes = server.answered.map(({ code }) => code);
  assert.ok(!codes.includes('AuthFailure.SignatureFailure'));
});

test('a reference that leads nowhere is reported at save and when sending, by its name', async () => {
  delete process.env.TENCENTCLOUD_SECRET_ID;
  const console = captureConsole();
  try {
    for (const [config, path, place] of /** @type {const} */ ([
      [inVariables, 'accessKeyId', 'env:TENCENTCLOUD_SECRET_ID'],
      [
        { ...inFiles, accessKeySecret: 'file:/run/secrets/tencent-absent' },
        'accessKeySecret',
        'file:/run/secrets/tencent-absent',
      ],
    ])) {
      const [issue, ...others] = issuesOf(config) ?? [];
      assert.equal(issue?.path, path);
      assert.ok(issue.message.includes(place), issue.message);
      assert.deepEqual(others, []);
      await assert.rejects(send(config), { code: 'invalid_config' });
      assert.ok(console.text().includes(place));
    }
  } finally {
    console.restore();
  }
  assert.deepEqual(server.answered, []);
});

test('links and files that are not secrets are not read', async () => {
  const outside = join(secrets.folder, '..', 'tencent-outside');
  const key = keyOf(2);
  mount(key);
  await writeFile(outside, key.secretId);
  const at = (/** @type {string} */ name) => join(secrets.folder, name);
  await symlink(outside, at('tencent-outside'));
  await writeFile(at('database'), key.secretId);
  await symlink('database', at('tencent-database'));
  await symlink('.', at('tencent-folder'));
  await symlink('tencent-loop', at('tencent-loop'));
  await writeFile(at('tencent-long'), 'A'.repeat(4097));
  await writeFile(
    at('tencent-longest'),
    `${key.secretId}${' '.repeat(4096 - key.secretId.length)}`,
  );
  // Nobody writes to the pipe, so whoever opens it as an ordinary file never stops waiting.
  execFileSync('mkfifo', [at('tencent-pipe')]);
  const config = (/** @type {string} */ name) => ({
    ...inFiles,
    accessKeyId: `file:/run/secrets/${name}`,
  });
  for (const name of ['outside', 'database', 'folder', 'loop', 'long', 'pipe']) {
    const issues = issuesOf(config(`tencent-${name}`));
    assert.deepEqual(
      issues?.map(({ path }) => path),
      ['accessKeyId'],
      name,
    );
    assert.ok(!JSON.stringify(issues).includes(key.secretId));
  }
  assert.equal(issuesOf(config('tencent-longest')), undefined);
});

test('what leads to a SecretKey is not sent as a SecretId', async () => {
  const key = keyOf(3);
  process.env.TENCENTCLOUD_SECRET_KEY = key.secretKey;
  const config = { ...inFiles, accessKeyId: 'env:TENCENTCLOUD_SECRET_KEY' };
  const console = captureConsole();
  try {
    await assert.rejects(send(config), { code: 'invalid_config' });
    assert.ok(!console.text().includes(key.secretKey));
  } finally {
    console.restore();
  }
  assert.deepEqual(server.answered, []);
});

test('nothing that Logto stores or shows holds a secret', async () => {
  const key = keyOf(4);
  mount(key);
  process.env.TENCENTCLOUD_SECRET_ID = key.secretId;
  process.env.TENCENT_SMS_SECRET_KEY = key.secretKey;
  const dump = [];
  const console = captureConsole();
  try {
    for (const config of [inFiles, inVariables]) {
      // Logto stores what it was given, and its API shows what is stored.
      const stored = jsonObjectGuard.parse(config);
      dump.push(stored, ourFactory.configGuard.safeParse(stored));
      const connector = await buildConnector(ourFactory, async () => structuredClone(stored));
      dump.push(connector.metadata);
      server.keys.set(key.secretId, key);
      dump.push(await connector.sendMessage(data));
      server.keys.clear();
      for (const code of ['SecretIdNotFound', 'SignatureFailure']) {
        await assert.rejects(connector.sendMessage(data), (error) => {
          dump.push(error);
          return true;
        });
        assert.equal(server.answered.at(-1)?.code, `AuthFailure.${code}`);
        server.keys.set(key.secretId, { ...key, secretKey: 'another' });
      }
      await assert.rejects(connector.getUsage?.() ?? Promise.reject(), (error) => {
        dump.push(error);
        return true;
      });
    }
    dump.push(console.text());
  } finally {
    console.restore();
  }
  const text = dump.map((part) => inspect(part, { depth: 20, showHidden: true })).join('\n');
  assert.ok(text.includes('file:/run/secrets/tencent-secret-key'));
  assert.ok(text.includes('AuthFailure.SignatureFailure'));
  for (const secret of [key.secretId, key.secretKey]) {
    assert.ok(!text.includes(secret));
  }
});
