/** The lists of dependencies: each dependency is listed with its reason, and no other name is listed. */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import semver from 'semver';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} path */
const text = (path) => readFile(join(root, path), 'utf8');

/**
 * Returns the names in the first column of the table below a heading of DEPENDENCIES.md.
 *
 * @param {string} heading
 */
async function tableBelow(heading) {
  const sections = (await text('DEPENDENCIES.md')).split(/^## /m);
  const section = sections.find((section) => section.startsWith(`${heading}\n`));
  assert.ok(section, `DEPENDENCIES.md has no section ${heading}`);
  return [...section.matchAll(/^\| `(.+)` \| \S.* \|$/gm)].map(([, name]) => name);
}

test('DEPENDENCIES.md lists the dependencies of the published package', async () => {
  const { dependencies } = JSON.parse(await text('pkg-template/package.json'));
  assert.deepEqual(await tableBelow('Of the published package'), Object.keys(dependencies));
});

for (const [heading, field] of [
  ['npm packages that build it', 'dependencies'],
  ['npm packages for development', 'devDependencies'],
]) {
  test(`DEPENDENCIES.md lists the ${heading}, all with exact versions`, async () => {
    /** @type {Record<string, string>} */
    const dependencies = JSON.parse(await text('package.json'))[field];
    assert.deepEqual(await tableBelow(heading), Object.keys(dependencies).sort());
    for (const [name, version] of Object.entries(dependencies)) {
      const exact = version.replace(/^npm:.+@/, '');
      assert.equal(semver.valid(exact), exact, name);
    }
  });
}

test('only binaryen is installed for the build, and no package runs a script on installation', async () => {
  const { '': _manifest, ...installed } = JSON.parse(await text('package-lock.json')).packages;
  const packages = Object.entries(installed);
  const forBuild = packages.filter(([, { dev }]) => !dev).map(([path]) => path);
  assert.deepEqual(forBuild, ['node_modules/binaryen']);
  const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
  assert.deepEqual(withScript, []);
});

test('DEPENDENCIES.md lists the tools that make builds', async () => {
  const installed = (await text('Makefile')).matchAll(/install-cargo-tool\.sh (\S+)/g);
  const crates = [...new Set([...installed].map(([, crate]) => crate))];
  const listed = await tableBelow('Tools that `make` builds into `.tools`');
  assert.deepEqual(listed, crates.sort());
});

for (const manifest of ['Cargo.toml', 'fuzz/Cargo.toml']) {
  test(`each dependency of ${manifest} has its reason next to it`, async () => {
    const lines = (await text(manifest)).split('\n');
    const parameters = ['metadata', '--no-deps', '--format-version=1', '--manifest-path', manifest];
    const { stdout } = await promisify(execFile)('cargo', parameters, { cwd: root });
    const [{ dependencies }] = JSON.parse(stdout).packages;
    assert.notEqual(dependencies.length, 0);
    for (const { name } of dependencies) {
      const at = lines.findIndex((line) => line.startsWith(`${name} = `));
      assert.ok(/ # \S/.test(lines[at]) || /^# \S/.test(lines[at - 1]), name);
    }
  });
}
