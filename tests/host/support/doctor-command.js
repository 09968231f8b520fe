/**
 * The doctor's command, run as a user runs it: the package's own, in a process of its own, with the
 * sandbox in Tencent's place. Whatever a run is about, it fails where a secret is printed.
 */

import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';
import { defaultAccount } from '../../../sandbox/account.js';
import { findFault } from '../../../sandbox/faults/faults.js';
import { magicNumbers } from '../../../sandbox/faults/magic-numbers.js';
import { withSandbox as inSandbox } from '../../shared/with-sandbox.js';
import { ourFactory } from './connectors.js';
import { sendWithStoredConfig } from './logto-instance.js';

export const command = join(ourFactory.path, 'lib/cli/main.js');
export const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
after(() => rm(folder, { recursive: true, force: true }));

/** Neither the key of whoever runs the tests, nor a wish for colours. */
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^TENCENTCLOUD_|^NO_COLOR$|^FORCE_COLOR$|^NODE_TEST_CONTEXT$/.test(name),
  ),
);

/** The texts that no run may print. A test adds its own. */
const secrets = new Set([
  defaultAccount.secretId,
  defaultAccount.secretKey,
  'TC3-HMAC-SHA256',
  'Signature=',
]);

/** @param {...string} texts */
export function keepSecret(...texts) {
  for (const text of texts) {
    secrets.add(text);
  }
}

/**
 * The text, which no run may print.
 *
 * @param {string} text
 */
export function secret(text) {
  keepSecret(text);
  return text;
}

/**
 * Runs the command. Whatever a run is about, it must not print a secret.
 *
 * @param {string[]} args
 * @param {{ input?: string | Uint8Array, env?: Record<string, string> }} [how]
 */
export async function run(args, { input = '', env = {} } = {}) {
  const child = spawn(process.execPath, [command, ...args], { env: { ...environment, ...env } });
  return finished(child, input);
}

/**
 * The end of a run, whoever started it.
 *
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @param {string | Uint8Array} input
 */
export async function finished(child, input) {
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  // It need not read what it does not want.
  child.stdin.on('error', () => {}).end(input);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const [stdout, stderr] = await output;
  for (const each of secrets) {
    assert.ok(!`${stdout}${stderr}`.includes(each), 'a secret was printed');
  }
  return { status, stdout, stderr };
}

let files = 0;

/**
 * A file of that content.
 *
 * @param {string | Uint8Array} content
 */
export async function fileOf(content) {
  files += 1;
  const name = join(folder, `${files}.json`);
  await writeFile(name, content);
  return name;
}

/**
 * Runs the doctor with a config.
 *
 * @param {unknown} config
 * @param {...string} options
 */
export const examine = async (config, ...options) =>
  run(['doctor', await fileOf(JSON.stringify(config)), ...options]);

/**
 * @typedef {import('../../../js-shim/wasm/core.js').Finding} Finding
 * @typedef {import('../../../sandbox/server.js').Sandbox} Sandbox
 */

/**
 * The report that `--json` printed.
 *
 * @param {{ stdout: string }} run
 * @returns {{ isWrong: boolean, findings: Finding[] }}
 */
export const reportOf = ({ stdout }) => JSON.parse(stdout);

/** @param {(string | number)[]} [path] */
export const dotted = (path) => path?.join('.');

/** Keeps in mind what must not be printed: the signatures, too. @type {typeof inSandbox} */
export const withSandbox = (options, use) =>
  inSandbox(options, async (sandbox) => {
    try {
      return await use(sandbox);
    } finally {
      for (const { headers } of sandbox.requests) {
        keepSecret(String(headers.authorization));
      }
    }
  });

/**
 * The number of the sandbox that a fault strikes.
 *
 * @param {string} fault
 */
export function numberWith(fault) {
  const [number = ''] = magicNumbers(/** @type {any} */ (findFault(fault)));
  assert.ok(number, `${fault} has a number`);
  keepSecret(number, number.slice(3));
  return number;
}

/**
 * Sends messages as Logto does, one after the other.
 *
 * @param {object} config
 * @param {string[]} numbers E.164
 */
export async function sendTo(config, numbers) {
  for (const number of numbers) {
    const message = { to: number.slice(1), type: 'SignIn', payload: { code: '123456' } };
    await sendWithStoredConfig(ourFactory, message, config);
  }
}

/** A URL where nothing listens any more. */
export const closedUrl = await withSandbox({}, async ({ url }) => url);

/** @param {Finding} finding */
export const placeOf = ({ check, side }) => [check, side].filter(Boolean).join(' ');

/**
 * The findings that are not ok.
 *
 * @param {Finding[]} findings
 */
export const troublesIn = (findings) => findings.filter(({ state }) => state !== 'ok');

/** @param {number} share of each package */
export const packagesUsed = (share) =>
  defaultAccount.packages.map((each) => ({ ...each, currentUsage: each.amount * share }));
