/** The tarball, as a user gets it and as Logto's own loader loads it. */

import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { connectorMetadataGuard, TemplateType } from '@logto/connector-kit';
import semver from 'semver';
import { list } from 'tar';
import { releases } from '../compat/matrix.js';
import { addOutput, instance, ourFactory } from './support/connectors.js';
import { buildConnector } from './support/logto-instance.js';
import { tarball } from './support/tarball.js';

const folder = join(instance, 'packages/core/connectors/connector-tencent-sms-wasm');
const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

/** @type {import('tar').ReadEntry[]} */
const entries = [];
await list({ file: tarball, onReadEntry: (entry) => entries.push(entry) });

test('the tarball contains these files and nothing else', () => {
  assert.deepEqual(entries.map(({ path }) => path).sort(), [
    'package/LICENSE',
    'package/README.md',
    'package/README_de.md',
    'package/README_zh-CN.md',
    'package/THIRD-PARTY-NOTICES',
    'package/config.schema.json',
    'package/lib/cli/command.js',
    'package/lib/cli/core.js',
    'package/lib/cli/doctor.js',
    'package/lib/cli/limits.js',
    'package/lib/cli/logto-access.js',
    'package/lib/cli/main.js',
    'package/lib/cli/progress.js',
    'package/lib/cli/read-content.js',
    'package/lib/cli/setup.js',
    'package/lib/cli/texts/en.js',
    'package/lib/cli/texts/texts.js',
    'package/lib/cli/texts/zh-CN.js',
    'package/lib/cli/wasm/core.js',
    'package/lib/cli/wasm/core_bg.wasm',
    'package/lib/clock.js',
    'package/lib/config-guard.js',
    'package/lib/connector-error.js',
    'package/lib/core.js',
    'package/lib/count-messages.js',
    'package/lib/debug-log.js',
    'package/lib/exchange.js',
    'package/lib/form-items.js',
    'package/lib/in-flight.js',
    'package/lib/index.d.ts',
    'package/lib/index.js',
    'package/lib/metadata.js',
    'package/lib/operator-language.js',
    'package/lib/perform.js',
    'package/lib/phrases.js',
    'package/lib/proxy-tunnels.js',
    'package/lib/read-places.js',
    'package/lib/send-message.js',
    'package/lib/store/connection.js',
    'package/lib/store/count.lua',
    'package/lib/store/examine.js',
    'package/lib/store/greeting.js',
    'package/lib/store/problem.js',
    'package/lib/store/redis-url.js',
    'package/lib/store/store.js',
    'package/lib/texts/zh-CN.txt',
    'package/lib/trace.js',
    'package/lib/turns.js',
    'package/lib/wasm/core.js',
    'package/lib/wasm/core_bg.wasm',
    'package/logo.svg',
    'package/package.json',
  ]);
});

test('every file is readable by everyone, and nothing shows who packed it or when', async () => {
  const programs = [manifest.bin].map((path) => posix.join('package', path));
  for (const { path, type, mode, uid, gid, uname, gname, mtime } of entries) {
    assert.equal(type, 'File', path);
    assert.equal(mode, programs.includes(path) ? 0o755 : 0o644, path);
    // The owner is empty, and npm gives every file of every package the same date.
    const [owner, date] = [[uid, gid, uname, gname].filter(Boolean), mtime?.toISOString()];
    assert.deepEqual([owner, date], [[], '1985-10-26T08:15:00.000Z'], path);
  }
  const dateOfGzip = (await readFile(tarball)).readUInt32LE(4);
  assert.equal(dateOfGzip, 0);
});

test('logto connector add accepts the tarball', () => {
  assert.match(addOutput, /Added .*connector-tencent-sms-wasm/);
  assert.equal(ourFactory.path, folder);
});

test('the manifest requires only the kit, from 4.0 on', () => {
  assert.deepEqual(Object.keys(manifest.dependencies), ['@logto/connector-kit']);
  const range = manifest.dependencies['@logto/connector-kit'];
  for (const { kit } of releases) {
    assert.ok(semver.satisfies(kit, range), kit);
  }
  assert.ok(!semver.satisfies('3.0.0', range));
  for (const kind of ['peerDependencies', 'optionalDependencies', 'scripts']) {
    assert.equal(manifest[kind], undefined, kind);
  }
  assert.ok(semver.satisfies(process.version, manifest.engines.node));
});

test('the loader finds the logo and the README', () => {
  const { logo, readme } = ourFactory.metadata;
  assert.match(logo, /^data:image\/svg\+xml;base64,/);
  assert.match(readme, /^# /);
});

test('the kit accepts the metadata', () => {
  const metadata = connectorMetadataGuard.parse(ourFactory.metadata);
  const items = new Map(metadata.formItems?.map((item) => [item.key, item]));
  for (const secret of ['accessKeySecret', 'securityToken']) {
    assert.equal(items.get(secret)?.isConfidential, true, secret);
  }
  const proposed = /** @type {{ usageType: string }[]} */ (items.get('templates')?.defaultValue);
  const usageTypes = proposed.map(({ usageType }) => usageType).sort();
  assert.deepEqual(usageTypes, Object.values(TemplateType).sort());
});

test('the config that the form proposes is refused until it is filled in', () => {
  const proposed = Object.fromEntries(
    ourFactory.metadata.formItems?.map(({ key, defaultValue }) => [key, defaultValue ?? '']) ?? [],
  );
  const { error } = ourFactory.configGuard.safeParse(proposed);
  assert.deepEqual(
    error?.issues.map(({ path }) => path.join('.')),
    ['accessKeyId', 'accessKeySecret', 'signName', 'sdkAppId', 'templates.0.templateCode'],
  );
});

test('the factory returns the same parts every time, so it is cheap', async () => {
  const [first, second] = await Promise.all([
    buildConnector(ourFactory, async () => ({})),
    buildConnector(ourFactory, async () => ({})),
  ]);
  assert.equal(first.configGuard, second.configGuard);
});
