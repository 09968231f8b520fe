/**
 * The types of the tarball, as TypeScript users get them: `tests/types/` beside the unpacked package
 * and a connector kit, and nothing else.
 */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { schemaAsType } from '../types/schema-as-type.js';
import { installedPackage } from './logto-instance.js';
import { tarball } from './tarball.js';

const run = promisify(execFile);

const kits = { '5.1.1': '@logto/connector-kit', '4.0.0': 'connector-kit-4' };
const resolutions = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

for (const [version, kit] of Object.entries(kits)) {
  const project = await createProject(kit);
  for (const options of resolutions) {
    test(`tsc --strict, ${options.moduleResolution}: right uses compile and wrong ones do not, with kit ${version}`, async () => {
      assert.deepEqual(await compile(project, options), []);
    });
  }
}

test('the config type and the JSON Schema say the same of every key', async (t) => {
  const project = await createProject('@logto/connector-kit');
  await writeComparison(project, 'same.ts', {});
  // Each a schema that says something else, in a file of its own.
  const others = {
    'a key less': { region: undefined },
    'a key more': { brand: { type: 'string' } },
    'another type': { overseas: { type: 'string' } },
    'another type inside': {
      templates: { type: 'array', items: { type: 'object', properties: {} } },
    },
  };
  for (const [name, changes] of Object.entries(others)) {
    await writeComparison(project, `${name}.ts`, changes);
  }
  const errors = await compile(project, resolutions[0]);
  assert.deepEqual(
    errors.filter((line) => line.startsWith('same.ts')),
    [],
  );
  for (const name of Object.keys(others)) {
    await t.test(`and would not of a schema with ${name}`, () =>
      assert.ok(errors.some((line) => line.startsWith(`${name}.ts`))),
    );
  }
});

/**
 * @param {string} kit
 * @returns {Promise<string>} its folder
 */
async function createProject(kit) {
  const project = await mkdtemp(join(await realpath(tmpdir()), 'types-'));
  after(() => rm(project, { recursive: true, force: true }));
  const modules = join(project, 'node_modules');
  const ours = join(modules, 'connector-tencent-sms-wasm');
  await mkdir(ours, { recursive: true });
  await mkdir(join(modules, '@logto'));
  await run('tar', ['-xzf', tarball, '-C', ours, '--strip-components=1']);
  await symlink(installedPackage(kit), join(modules, '@logto/connector-kit'));
  await cp(fileURLToPath(new URL('../types', import.meta.url)), project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  return project;
}

/**
 * @param {string} project
 * @param {{ module: string, moduleResolution: string }} options
 * @returns {Promise<string[]>} errors
 */
async function compile(project, { module, moduleResolution }) {
  const parameters = ['-p', '.', '--module', module, '--moduleResolution', moduleResolution];
  const tsc = join(installedPackage('typescript'), 'bin/tsc');
  try {
    await run(process.execPath, [tsc, ...parameters], { cwd: project });
    return [];
  } catch (error) {
    const { stdout } = /** @type {{ stdout?: string }} */ (error);
    // What is indented belongs to the line before.
    const errors = stdout?.match(/^\S.*error TS.*/gm);
    if (!errors) {
      throw error;
    }
    // The declarations of kit 4.0.0 contradict those of the packages that npm installs for it today.
    return errors.filter((line) => !line.includes('/connector-kit-4/lib/types/'));
  }
}

/**
 * Writes a file that compiles if the schema, with some of its properties changed, describes the type.
 *
 * @param {string} project
 * @param {string} name of the file
 * @param {Record<string, import('../types/schema-as-type.js').Schema | undefined>} changes
 */
async function writeComparison(project, name, changes) {
  const path = join(project, 'node_modules/connector-tencent-sms-wasm/config.schema.json');
  const schema = JSON.parse(await readFile(path, 'utf8'));
  const properties = JSON.parse(JSON.stringify({ ...schema.properties, ...changes }));
  // Of a difference in the whole, the compiler would not say where it is.
  const claims = Object.keys(properties).map(
    (key) => `true satisfies Same<'${key}', Schema['${key}'], TencentSmsConfig['${key}']>;`,
  );
  await writeFile(
    join(project, name),
    `import type { TencentSmsConfig } from 'connector-tencent-sms-wasm';
     type Schema = ${schemaAsType({ ...schema, properties })};
     type Same<Name, A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2)
       ? true
       : { differs: Name };
     true satisfies Same<'the whole', Schema, TencentSmsConfig>;
     ${claims.join('\n')}`,
  );
}
