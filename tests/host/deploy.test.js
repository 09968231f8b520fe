/**
 * The files in `deploy/`, replayed without a container engine: the same folders, with Logto's real loader and
 * without a network.
 */

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { parse, parseAllDocuments } from 'yaml';
import { createInstance, installedPackage } from './support/logto-instance.js';
import { tarball } from './support/tarball.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const archive = tarball.replace(/\.tgz$/, '.tar.gz');
const name = 'connector-tencent-sms-wasm';

/** Logto's folder in its image. */
const etcLogto = '/etc/logto';
const connectors = `${etcLogto}/packages/core/connectors`;

const folder = await mkdtemp(join(await realpath(tmpdir()), 'deploy-'));
after(async () => {
  run('chmod', ['-R', 'u+w', folder]);
  await rm(folder, { recursive: true, force: true });
});

/** @param {string} file */
const text = (file) => readFile(join(root, 'deploy', file), 'utf8');

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
function run(command, args, options) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

/** Creates a Logto with the official connector, as in its image. Returns the place of a path of the image. */
async function createLogto() {
  const instance = await createInstance();
  const here = (/** @type {string} */ path) => path.replace(etcLogto, instance);
  after(async () => {
    run('chmod', ['-R', 'u+w', instance]);
    await rm(instance, { recursive: true, force: true });
  });
  const official = here(`${connectors}/connector-tencent-sms`);
  await mkdir(dirname(official), { recursive: true });
  // Through the link, the official connector finds its dependencies, which the image has in its folder.
  await symlink(installedPackage('@logto/connector-tencent-sms'), official);
  return here;
}

/**
 * Returns the IDs of the connectors that Logto's loader finds, in a process of its own.
 *
 * @param {(path: string) => string} here
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
function loaded(here, options) {
  const script = `
    import { loadConnectorFactories } from '@logto/cli/lib/connector/index.js';
    import { getConnectorPackagesFromDirectory } from '@logto/cli/lib/utils.js';
    const packages = await getConnectorPackagesFromDirectory(${JSON.stringify(here(connectors))});
    const factories = await loadConnectorFactories(packages, false);
    console.log(JSON.stringify(factories.map(({ metadata }) => metadata.id).sort()));`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout, stderr } = run(process.execPath, args, { cwd: root, ...options });
  const found = stdout.trim().split('\n').at(-1) ?? '';
  assert.match(found, /^\[/, stderr);
  return JSON.parse(found);
}

const ours = 'tencent-cloud-sms';

/** @param {string} into */
async function unpack(into) {
  await mkdir(into, { recursive: true });
  assert.equal(run('tar', ['-xzf', archive, '-C', into]).status, 0);
}

test('the archive has the files of the package in one folder, which is the mount', async () => {
  await unpack(join(folder, 'mount'));
  assert.deepEqual(await readdir(join(folder, 'mount')), [name]);
  const list = (/** @type {string} */ file) =>
    run('tar', ['-tzf', file])
      .stdout.trim()
      .split('\n')
      .filter((path) => !path.endsWith('/'));
  const files = list(archive).map((path) => posix.relative(name, path));
  assert.deepEqual(
    files.sort(),
    list(tarball)
      .map((path) => posix.relative('package', path))
      .sort(),
  );
  assert.equal(
    run('sh', ['-c', `tar -tvzf ${archive} | cut -c 1-10 | sort -u`]).stdout.trim(),
    '-rw-r--r--\n-rwxr-xr-x\ndrwxr-xr-x',
  );
});

test('Compose mounts the folder read-only where Logto finds it, and Logto may be another user', async () => {
  const { services } = parse(await text('compose.yaml'));
  const [mount] = services.logto.volumes;
  assert.deepEqual(
    [mount.type, mount.read_only, mount.bind],
    ['bind', true, { create_host_path: false }],
  );
  assert.equal(basename(mount.source), name);
  const here = await createLogto();
  await unpack(join(folder, 'compose'));
  await rename(join(folder, 'compose', mount.source), here(mount.target));
  assert.equal(run('chmod', ['-R', 'a-w,a+rX', here(etcLogto)]).status, 0);
  assert.deepEqual(loaded(here), [ours, 'tencent-short-message-service']);
  const isRoot = process.getuid?.() === 0;
  const asNode = { uid: 1000, gid: 1000 };
  // The Node of the tests may lie where another user cannot read it.
  if (isRoot && run(process.execPath, ['--version'], asNode).status === 0) {
    assert.deepEqual(loaded(here, asNode), [ours, 'tencent-short-message-service']);
  }
  await chmod(here(connectors), 0o755);
});

test('the Redis of Compose and of Kubernetes has the address that Logto gets, and drops no counts', async () => {
  const { services } = parse(await text('compose.redis.yaml'));
  const { logto, redis } = services;
  assert.equal(new URL(logto.environment.REDIS_URL).hostname, 'redis');
  assert.ok(redis.command.includes('--maxmemory-policy noeviction'));
  const [client, , server, service] = parseAllDocuments(await text('kubernetes.redis.yaml')).map(
    (each) => each.toJS(),
  );
  const address = new URL(client.stringData.REDIS_URL);
  assert.deepEqual(
    [address.hostname, Number(address.port)],
    [service.metadata.name, service.spec.ports[0].port],
  );
  const { metadata, spec } = server.spec.template;
  assert.deepEqual(service.spec.selector, metadata.labels);
  assert.ok(spec.containers[0].command.at(-1).includes('--maxmemory-policy noeviction'));
});

test('the sandbox of Compose is on the loopback of Logto, and reachable from this machine only', async () => {
  const { services } = parse(await text('compose.yaml'));
  const { sandbox, logto } = services;
  assert.deepEqual([sandbox.profiles, sandbox.network_mode], [['sandbox'], 'service:logto']);
  assert.ok(logto.ports.includes('127.0.0.1:4180:4180'));
});

test('the image is built offline, and its build fails without a connector that loads', async () => {
  const lines = (await text('Dockerfile')).split('\n').filter((line) => /^[A-Z]/.test(line));
  const [from, add = '', command = '', ...others] = lines;
  assert.deepEqual([from, others], ['FROM svhd/logto:latest', []]);
  const [, source, target = ''] = /^ADD (\S+) (\S+)$/.exec(add) ?? [];
  assert.equal(source, basename(archive));
  const here = await createLogto();
  const cwd = here(etcLogto);
  const build = () =>
    run('sh', ['-c', command.replace(/^RUN /, '')], {
      cwd,
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
    });
  assert.notEqual(build().status, 0);
  // ADD unpacks an archive.
  await unpack(join(cwd, target));
  assert.deepEqual(build(), { status: 0, stdout: '', stderr: '' });
  assert.deepEqual(loaded(here), [ours, 'tencent-short-message-service']);
  await rm(join(cwd, target, name, 'lib/core.js'));
  assert.notEqual(build().status, 0);
});

test('the init container of Kubernetes copies only an archive with the right checksum', async () => {
  assert.ok((await text('kubernetes.yaml')).includes(basename(archive)));
  const [, deployment] = parseAllDocuments(await text('kubernetes.yaml')).map((each) =>
    each.toJS(),
  );
  const { initContainers, containers, volumes } = deployment.spec.template.spec;
  const [init] = initContainers;
  const [, , script] = init.command;
  const [volume] = init.volumeMounts;
  const copied = join(folder, 'kubernetes');
  const bin = join(folder, 'bin');
  await mkdir(bin);
  // The address is a file here.
  await writeFile(join(bin, 'wget'), '#!/bin/sh\ncp "$4" "$3"\n', { mode: 0o755 });
  const sha256 = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  /** @param {string} checksum */
  const start = async (checksum) => {
    await rm(copied, { recursive: true, force: true });
    await mkdir(copied);
    return run('sh', ['-ec', script.replace(volume.mountPath, copied)], {
      env: { PATH: `${bin}:${process.env.PATH}`, ARCHIVE_URL: archive, ARCHIVE_SHA256: checksum },
    });
  };
  assert.notEqual((await start(sha256.replace(/^./, 'x'))).status, 0);
  assert.deepEqual(await readdir(copied), ['archive.tar.gz']);
  const started = await start(sha256);
  assert.equal(started.status, 0, started.stderr);

  const [mount, ...others] = containers[0].volumeMounts;
  // Nothing hides the official connectors.
  assert.deepEqual([mount.mountPath, mount.readOnly, others], [`${connectors}/${name}`, true, []]);
  assert.deepEqual(volumes, [{ name: mount.name, emptyDir: {} }]);
  assert.equal(mount.name, volume.name);
  const here = await createLogto();
  await rename(join(copied, mount.subPath), here(mount.mountPath));
  assert.deepEqual(loaded(here), [ours, 'tencent-short-message-service']);
});

for (const file of ['README.md', 'README.zh-CN.md']) {
  test(`deploy/${file} has each way with an upgrade and a way back, and the mount of 1Panel`, async () => {
    const tokens = marked.lexer(await text(file));
    const code = tokens
      .filter((token) => token.type === 'code')
      .map((token) => /** @type {import('marked').Tokens.Code} */ (token));
    const [yaml] = code.filter(({ lang }) => lang === 'yaml');
    const [volume] = parse(yaml?.text ?? '').volumes;
    assert.equal(volume, `./${name}:${connectors}/${name}:ro`);
    const sections = (await text(file)).split(/^## /m).slice(1, 7);
    assert.equal(sections.length, 6);
    for (const section of sections) {
      assert.match(section, /^- (Upgrade|升级)/m);
      assert.match(section, /^- (Go back|Upgrade and go back|回退|升级和回退)/m);
    }
  });
}
