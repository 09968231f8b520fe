/**
 * `make sbom`: the software bill of materials of the packed tarball, in CycloneDX.
 *
 * cargo-cyclonedx describes the crates. To that come the rest of the package and the tools that made
 * it, and from it goes what is not built: cargo-cyclonedx reads `cargo metadata`, which enables the
 * features of dev-dependencies and other targets too; `cargo tree` follows the build. The same commit,
 * tarball and tools give the same bytes.
 *
 * Usage: node scripts/sbom.js TARBALL SBOM
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

/** @typedef {{ name: string, version: string, 'bom-ref': string }} Component */
/** @typedef {{ ref: string, dependsOn?: string[] }} Dependency */

const target = 'wasm32-unknown-unknown';

const [tarball, sbom] = process.argv.slice(2);
const manifest = readJson('pkg-template/package.json');
const build = readJson(tarball.replace(/\.tgz$/, '.build-info.json'));
const crates = describeCrates();

const linked = namesOfCrates('normal,no-proc-macro');
const built = namesOfCrates('normal');
const root = crates.metadata.component['bom-ref'];
const components = crates.components
  .filter((/** @type {Component} */ crate) => built.has(nameOf(crate)))
  // Macros and what they are made of work for the compiler only.
  .map((/** @type {Component} */ crate) => ({
    ...crate,
    scope: linked.has(nameOf(crate)) ? 'required' : 'excluded',
  }));
const missing = [...built].filter((name) => !components.map(nameOf).includes(name));
if (missing.length > 0) {
  fail(`cargo-cyclonedx does not describe ${missing.join(', ')}`);
}

const purl = `pkg:npm/${manifest.name}@${manifest.version}`;
const kit = describeKit();
const standardLibrary = describeStandardLibrary();
const kept = new Set(components.map((/** @type {Component} */ crate) => crate['bom-ref']));
const dependencies = crates.dependencies
  .filter(({ ref }) => ref === root || kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({
    ref: ref === root ? purl : ref,
    dependsOn: [
      ...dependsOn.filter((name) => kept.has(name)),
      ...(ref === root ? [kit['bom-ref'], standardLibrary['bom-ref']] : []),
    ],
  }));

const text = `${JSON.stringify(
  {
    ...crates,
    metadata: { ...crates.metadata, component: describePackage() },
    components: [...components, standardLibrary, kit],
    dependencies,
    formulation: [{ components: describeTools() }],
  },
  null,
  2,
)}\n`;
const errors = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text);
if (errors !== null) {
  fail(`this is no valid CycloneDX 1.5: ${JSON.stringify(errors, null, 2)}`);
}
if (text.includes(process.cwd())) {
  fail('it names folders of this machine');
}
writeFileSync(sbom, text);
console.log(`sbom: ${sbom}, ${linked.size} crates in the module, ${built.size} in all; valid`);

/**
 * @returns {{
 *   metadata: { component: Component },
 *   components: Component[],
 *   dependencies: Dependency[],
 * }}
 */
function describeCrates() {
  // cargo-cyclonedx writes beside Cargo.toml, and nowhere else.
  const name = `${basename(sbom, '.json')}.crates`;
  process.env.SOURCE_DATE_EPOCH ??= run('git', 'log', '-1', '--format=%ct').trim();
  try {
    const output = ['--format=json', '--spec-version=1.5', `--override-filename=${name}`];
    const selection = [`--target=${target}`, '--no-build-deps'];
    run('.tools/bin/cargo-cyclonedx', 'cyclonedx', '--quiet', ...output, ...selection);
    return readJson(`${name}.json`);
  } finally {
    rmSync(`${name}.json`, { force: true });
  }
}

/**
 * Of the crates that the module is built from, without the connector's own.
 *
 * @param {string} edges
 */
function namesOfCrates(edges) {
  const tree = run('cargo', 'tree', '--locked', '--prefix=none', `--target=${target}`, '-e', edges);
  const names = tree
    .split('\n')
    .slice(1)
    .flatMap(
      (line) =>
        line
          .match(/^(\S+) v(\S+)/)
          ?.slice(1)
          .join('@') ?? [],
    );
  return new Set(names);
}

/** @param {Component} component */
function nameOf({ name, version }) {
  return `${name}@${version}`;
}

function describePackage() {
  const bytes = readFileSync(tarball);
  const hash = (/** @type {string} */ algorithm) =>
    createHash(algorithm).update(bytes).digest('hex');
  return {
    type: 'library',
    'bom-ref': purl,
    name: manifest.name,
    version: manifest.version,
    description: manifest.description,
    hashes: [
      { alg: 'SHA-256', content: hash('sha256') },
      { alg: 'SHA-512', content: hash('sha512') },
    ],
    licenses: [{ expression: manifest.license }],
    purl,
  };
}

function describeKit() {
  const name = '@logto/connector-kit';
  return {
    type: 'library',
    'bom-ref': 'pkg:npm/%40logto/connector-kit',
    group: '@logto',
    name: 'connector-kit',
    description: `Not packed: the Logto instance supplies a version in ${manifest.dependencies[name]}.`,
    scope: 'required',
    purl: 'pkg:npm/%40logto/connector-kit',
  };
}

function describeStandardLibrary() {
  const version = build.rustc.split(' ')[1];
  return {
    type: 'library',
    'bom-ref': `rust-std@${version}`,
    name: 'std',
    version,
    description: "Rust's standard library, with the crates that are part of it",
    scope: 'required',
    licenses: [{ expression: 'MIT OR Apache-2.0' }],
    cpe: `cpe:2.3:a:rust-lang:rust:${version}:*:*:*:*:*:*:*`,
  };
}

function describeTools() {
  return ['rustc', 'wasm-bindgen', 'wasm-opt', 'node', 'npm'].map((name) => ({
    type: 'application',
    name,
    version: build[name].replace(/^rustc |^v/, ''),
  }));
}

/**
 * @param {string} command
 * @param {...string} parameters
 */
function run(command, ...parameters) {
  return execFileSync(command, parameters, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  console.error(`sbom: ${why}`);
  process.exit(1);
}
