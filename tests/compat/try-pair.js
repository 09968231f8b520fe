/** A test of one host on one Node: its command adds the tarball, and its loader loads, checks and sends. */

import { strict as assert } from 'node:assert';
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import semver from 'semver';
import { startSandbox } from '../../sandbox/server.js';
import { addConnector, createInstance, removeInstance } from '../host/support/logto-instance.js';
import { hostFolder, nodeBinary } from './places.js';

const inHost = fileURLToPath(new URL('in-host.js', import.meta.url));
const hostModulesOnly = new URL('host-modules-only.js', import.meta.url).href;

const code = '246810';
/** Numbers: mainland, overseas, and two that the sandbox refuses. */
const recipients = ['8613800138000', '18624017194', '8619400000100', '8619400000105'];

/**
 * @param {object} pair
 * @param {import('./places.js').Host} pair.host
 * @param {string} pair.node
 * @param {string} pair.tarball
 * @returns {Promise<boolean>} false if the release is not made for that Node and does not start
 * @throws if any result differs from the expected one
 */
export async function tryPair({ host, node, tarball }) {
  const folder = hostFolder(host);
  if (!(await starts(folder, node))) {
    return false;
  }
  const instance = await createInstance(join(folder, 'node_modules/@logto/connector-kit'));
  const sandbox = await startSandbox();
  try {
    // The command may not start with an older kit, because it needs more of it than the loader.
    const command = hostFolder({ cli: host.cli, kit: host.ownKit });
    await addConnector(instance, tarball, {
      node: nodeBinary(node),
      modules: join(command, 'node_modules'),
    });
    const { accessKeyId, ...badConfig } = sandbox.config;
    const payload = { code, locale: 'zh-CN', uiLocales: 'zh-CN en' };
    const report = await runInHost(node, {
      host: folder,
      instance,
      goodConfig: sandbox.config,
      badConfig,
      messages: recipients.map((to) => ({ to, type: 'SignIn', payload })),
    });
    checkReport(report, node);
    // The sandbox accepts only messages whose signature it has verified.
    assert.deepEqual(
      sandbox.messages.map(({ phoneNumber, templateId, templateParams, signName }) => ({
        phoneNumber,
        templateId,
        templateParams,
        signName: signName ?? '',
      })),
      [
        {
          phoneNumber: '+8613800138000',
          templateId: '1100001',
          templateParams: [code],
          signName: '腾讯云示例',
        },
        {
          phoneNumber: '+18624017194',
          templateId: '1200001',
          templateParams: [code],
          signName: '',
        },
      ],
    );
    return true;
  } finally {
    await sandbox.close();
    await removeInstance(instance);
  }
}

/**
 * Tells whether a loader starts, because older loaders have syntax that newer Nodes refuse.
 *
 * @param {string} folder
 * @param {string} node
 */
async function starts(folder, node) {
  const cli = join(folder, 'node_modules/@logto/cli');
  const { engines } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'));
  if (semver.satisfies(node, engines.node)) {
    return true;
  }
  const loader = pathToFileURL(join(cli, 'lib/connector/index.js')).href;
  const importing = ['--input-type=module', '--eval', `import ${JSON.stringify(loader)}`];
  return promisify(execFile)(nodeBinary(node), importing).then(
    () => true,
    () => false,
  );
}

/**
 * @param {string} node
 * @param {import('./in-host.js').Task} task
 * @returns {Promise<import('./in-host.js').Report>}
 */
async function runInHost(node, task) {
  const child = fork(inHost, {
    execPath: nodeBinary(node),
    execArgv: ['--import', hostModulesOnly],
    env: { ...process.env, HOST_FOLDERS: [task.host, task.instance].join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  assert.ok(child.stdout && child.stderr);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  /** @type {import('./in-host.js').Report | undefined} */
  let report;
  child.once('message', (message) => {
    report = /** @type {typeof report} */ (message);
  });
  child.send(task);
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0 || !report) {
    throw new Error(`ended with ${exitCode}:\n${(await output).join('').trim()}`);
  }
  return report;
}

/**
 * @param {import('./in-host.js').Report} report
 * @param {string} node
 */
function checkReport({ codes, ...report }, node) {
  const quotaUsedUp = codes.includes('usage_limit_exceeded')
    ? 'usage_limit_exceeded'
    : 'rate_limit_exceeded';
  assert.deepEqual(report, {
    node,
    id: 'tencent-cloud-sms',
    logo: 'data:image/svg+xml',
    goodConfig: 'done',
    badConfig: { code: 'invalid_config', paths: ['accessKeyId'] },
    outcomes: [
      'done',
      'done',
      { code: 'rate_limit_exceeded', tencentCode: 'LimitExceeded.PhoneNumberDailyLimit' },
      { code: quotaUsedUp, tencentCode: 'FailedOperation.InsufficientBalanceInSmsPackage' },
    ],
  });
}
