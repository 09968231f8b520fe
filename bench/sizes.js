/** The sizes of what is downloaded and installed, next to the peers. */

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { names, ourFile } from './contenders.js';

/** The kit, which every connector finds in its host. */
const kit = '@logto/connector-kit@5.1.1';

const peers = [
  '@logto/connector-tencent-sms@1.4.4',
  '@logto/connector-aliyun-sms@1.5.5',
  '@logto/connector-twilio-sms@1.4.4',
  '@logto/connector-vonage-sms@0.2.4',
  'tencentcloud-sdk-nodejs-sms@4.1.306',
];

const kB = 1000;

/**
 * @param {string} tarball
 * @returns {Promise<import('./report.js').Section>}
 */
export async function measure(tarball) {
  const alone = await installed();
  const sizes = [];
  for (const spec of [tarball, ...peers]) {
    const { packages, bytes } = await installed(spec);
    sizes.push({
      spec,
      ...(await packed(spec)),
      packages: packages - alone.packages,
      bytes: bytes - alone.bytes,
    });
    process.stderr.write('.');
  }
  const [ours] = sizes;
  const wasm = await readFile(ourFile('wasm/core_bg.wasm'));
  return {
    tables: [
      {
        columns: ['', 'tarball, kB', 'unpacked, kB', 'packages besides the kit', 'their files, kB'],
        rows: sizes.map(({ spec, tarball, unpacked, packages, bytes }) => [
          spec === ours.spec ? names.ours : spec,
          thousands(tarball),
          thousands(unpacked),
          String(packages),
          thousands(bytes),
        ]),
      },
      {
        columns: [`${names.ours}'s module`, 'kB'],
        rows: [
          ['WebAssembly', thousands(wasm.length)],
          ['WebAssembly, gzip', thousands(gzipSync(wasm, { level: 9 }).length)],
        ],
      },
    ],
    goals: [
      sizeGoal('tarball: at most 110 kB', ours.tarball, 110 * kB),
      sizeGoal('WebAssembly: at most 160 kB', wasm.length, 160 * kB),
    ],
  };
}

/**
 * @param {string} goal
 * @param {number} bytes
 * @param {number} most
 * @returns {import('./report.js').Goal}
 */
const sizeGoal = (goal, bytes, most) => ({
  goal,
  measured: `${thousands(bytes)} kB`,
  isMet: bytes <= most,
});

/** @param {number} bytes */
const thousands = (bytes) => (bytes / kB).toLocaleString('en', { maximumFractionDigits: 1 });

/** @param {string} spec */
async function packed(spec) {
  const [{ size, unpackedSize }] = JSON.parse(await npm('pack', '--dry-run', '--json', spec));
  return { tarball: Number(size), unpacked: Number(unpackedSize) };
}

/**
 * The number of packages and bytes in a folder after the kit and other packages are installed.
 *
 * @param {string[]} specs
 */
async function installed(...specs) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await npm('install', '--prefix', folder, ...flags, kit, ...specs);
    const modules = join(folder, 'node_modules');
    const lock = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8'));
    return { packages: Object.keys(lock.packages).length, bytes: await bytesIn(modules) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} folder */
async function bytesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) => stat(join(parentPath, name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** @param {string[]} parameters */
async function npm(...parameters) {
  const { stdout } = await promisify(execFile)('npm', [...parameters, '--loglevel=error']);
  return stdout;
}
