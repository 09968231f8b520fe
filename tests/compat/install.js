/**
 * Installs the matrix into .tools/compat: binaries of Node, and hosts, each in its own folder. It keeps the
 * folders that exist.
 *
 * If npm lacks a release but has its kit, the next release replaces it: its loader gets the kit of the
 * missing release. Only an override makes such a mix. The command line of the later release may not start
 * with the older kit, but its loader does.
 */

import { execFile } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import semver from 'semver';
import { nodes, releases } from './matrix.js';
import { hostFolder, inventory, nodeBinary, nodeFolder, nodePackage } from './places.js';

/** @typedef {import('./places.js').Host} Host */

await mkdir(dirname(inventory), { recursive: true });
const { hosts, missing } = await chooseHosts();

for (const version of nodes) {
  await install(nodeFolder(version), { [nodePackage()]: version });
  await access(nodeBinary(version)).catch(() =>
    fail(`npm's ${nodePackage()}@${version} holds no bin/node`),
  );
}
for (const host of hosts) {
  await installHost(host);
  await installHost({ cli: host.cli, kit: host.ownKit });
}
await writeFile(inventory, JSON.stringify({ hosts, missing }, null, 2));

/** Returns the part of the matrix that npm has, oldest first, and npm's newest release. */
async function chooseHosts() {
  const [clis, kits] = await Promise.all(
    ['@logto/cli', '@logto/connector-kit'].map(
      async (name) => /** @type {string[]} */ (await askNpm(name, 'versions')),
    ),
  );
  const wanted = [...releases];
  const newest = clis
    .filter((version) => !semver.prerelease(version))
    .sort(semver.compare)
    .at(-1);
  if (newest && !releases.some(({ cli }) => cli === newest)) {
    const { '@logto/connector-kit': range } = await askNpm(`@logto/cli@${newest}`, 'dependencies');
    wanted.push({ cli: newest, kit: semver.minVersion(range)?.version ?? range });
  }
  /** @type {Host[]} */
  const hosts = [];
  /** @type {typeof releases} */
  const missing = [];
  for (const { cli, kit } of wanted.sort((a, b) => semver.compare(a.cli, b.cli))) {
    const loader = wanted.find((other) => semver.gte(other.cli, cli) && clis.includes(other.cli));
    if (loader && kits.includes(kit)) {
      hosts.push({ cli: loader.cli, kit, ownKit: loader.kit });
    }
    if (loader?.cli !== cli) {
      missing.push({ cli, kit });
    }
  }
  return { hosts, missing };
}

/**
 * @param {string} name
 * @param {string} field
 */
async function askNpm(name, field) {
  const { stdout } = await npm(['view', name, field, '--json']);
  const answer = JSON.parse(stdout);
  return typeof answer === 'string' ? [answer] : answer;
}

/** @param {{ cli: string, kit: string }} host */
async function installHost(host) {
  const kit = '@logto/connector-kit';
  const folder = hostFolder(host);
  await install(folder, { '@logto/cli': host.cli, [kit]: host.kit }, { [kit]: `$${kit}` });
  // npm may install a second kit for a package's own range.
  const { stdout } = await npm(['ls', kit, '--all', '--parseable', '--long'], { cwd: folder });
  const installed = new Set(stdout.match(/(?<=connector-kit@)[^:\s]+/g));
  if (installed.size !== 1 || !installed.has(host.kit)) {
    fail(`${folder} should have kit ${host.kit} and no other, and has ${[...installed]}`);
  }
}

/**
 * @param {string} folder
 * @param {Record<string, string>} dependencies
 * @param {Record<string, string>} [overrides]
 */
async function install(folder, dependencies, overrides = {}) {
  const manifest = JSON.stringify({ private: true, dependencies, overrides }, null, 2);
  const [before] = await Promise.all([
    readFile(join(folder, 'package.json'), 'utf8').catch(() => ''),
    mkdir(folder, { recursive: true }),
  ]);
  // npm writes .package-lock.json last.
  const done = await access(join(folder, 'node_modules/.package-lock.json')).then(
    () => true,
    () => false,
  );
  if (done && before === manifest) {
    return;
  }
  const names = Object.entries(dependencies).map((entry) => entry.join(' '));
  console.log(`compat: npm install ${names.join(', ')}`);
  await writeFile(join(folder, 'package.json'), manifest);
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}

/**
 * @param {string[]} parameters
 * @param {{ cwd?: string }} [options]
 */
function npm(parameters, options = { cwd: dirname(inventory) }) {
  return promisify(execFile)('npm', [...parameters, '--loglevel=error'], options).catch((error) =>
    fail(`npm ${parameters.join(' ')}: ${error.stderr || error.message}`),
  );
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  console.error(`compat: ${why.trim()}`);
  process.exit(1);
}
