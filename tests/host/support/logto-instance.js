/**
 * A Logto instance, as a connector package sees it: Logto's folders, filled by Logto's own command line and
 * read by Logto's own loader.
 */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildRawConnector, loadConnectorFactories } from '@logto/cli/lib/connector/index.js';
import { getConnectorPackagesFromDirectory } from '@logto/cli/lib/utils.js';

const nodeModules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/**
 * Creates an empty instance outside of this project, and returns its path.
 *
 * @param {string} [kit] the package that is its connector kit, or the folder of a kit
 */
export async function createInstance(kit = '@logto/connector-kit') {
  const instance = await mkdtemp(join(await realpath(tmpdir()), 'logto-'));
  const core = join(instance, 'packages/core');
  // A connector finds nothing else there, because `logto connector add` installs no dependencies.
  const name = join(core, 'node_modules/@logto/connector-kit');
  await mkdir(dirname(name), { recursive: true });
  await symlink(resolve(nodeModules, kit), name);
  await writeFile(join(core, 'package.json'), JSON.stringify({ name: '@logto/core' }));
  return instance;
}

/** @param {string} instance */
export const removeInstance = (instance) => rm(instance, { recursive: true, force: true });

/**
 * Runs `logto connector add`.
 *
 * @param {string} instance
 * @param {string} name of a package, or the absolute path of a tarball
 * @param {object} [host]
 * @param {string} [host.node] the Node to run it with
 * @param {string} [host.modules] the node_modules to take the command from
 * @returns {Promise<string>} the output of the command
 */
export async function addConnector(
  instance,
  name,
  { node = process.execPath, modules = nodeModules } = {},
) {
  const logto = join(modules, '@logto/cli/bin/logto.js');
  let source = name;
  if (isAbsolute(name)) {
    // Logto passes the path to a shell without quotes, so a space would end it.
    source = join(instance, basename(name));
    await copyFile(name, source);
  }
  const parameters = [logto, 'connector', 'add', '-p', instance, source];
  // The command runs npm, which takes the first node of the PATH.
  const PATH = [dirname(node), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH };
  const { stdout, stderr } = await promisify(execFile)(node, parameters, { env });
  const output = stdout + stderr;
  // The command exits with 0 even if it could not add anything.
  if (!output.includes('Added ')) {
    throw new Error(output.trim());
  }
  return output;
}

/**
 * Loads the connectors of an instance, and packages from other places. This works only once per process,
 * because Logto's loader caches its first answer.
 *
 * @param {string} instance
 * @param {string[]} [packages] folders of packages with dependencies of their own
 */
export async function loadFactories(instance, packages = []) {
  const connectors = join(instance, 'packages/core/connectors');
  const found = await getConnectorPackagesFromDirectory(connectors);
  const others = packages.map((path) => ({ name: path, path }));
  return loadConnectorFactories([...found, ...others], false);
}

/**
 * A connector for SMS that takes values of any type, for tests with wrong ones.
 *
 * @typedef {Omit<import('@logto/connector-kit').SmsConnector, 'sendMessage'> & {
 *   sendMessage: (data: unknown, config?: unknown) => Promise<unknown>,
 * }} Connector
 */

/** @typedef {Awaited<ReturnType<typeof loadFactories>>[number]} Factory */

/**
 * Builds a connector with its metadata, as Logto does for each request that uses one.
 *
 * @param {Factory} factory
 * @param {() => Promise<unknown>} getConfig
 */
export async function buildConnector(factory, getConfig) {
  const { rawConnector, rawMetadata } = await buildRawConnector(factory, getConfig);
  const connector = /** @type {Connector} */ (rawConnector);
  return { ...connector, metadata: rawMetadata };
}

/**
 * Builds a connector without its metadata, which sends do not need.
 *
 * @param {Factory} factory
 * @param {() => Promise<unknown>} getConfig
 */
async function createConnector(factory, getConfig) {
  const connector = await factory.createConnector({ getConfig });
  return /** @type {Connector} */ (connector);
}

/**
 * Sends a message as Logto's core does: it builds the connector anew for each message, and the connector
 * asks for the stored config.
 *
 * @param {Factory} factory
 * @param {unknown} data
 * @param {unknown} config
 */
export async function sendWithStoredConfig(factory, data, config) {
  // The database contains JSON.
  const stored = JSON.stringify(config);
  const connector = await createConnector(factory, async () => JSON.parse(stored));
  return connector.sendMessage(data);
}

/**
 * Sends a message as the Console's test does: it passes the unsaved config of the form, and there is no
 * stored config.
 *
 * @param {Factory} factory
 * @param {unknown} data
 * @param {unknown} config
 */
export async function sendWithUnsavedConfig(factory, data, config) {
  const connector = await createConnector(factory, async () => {
    throw new Error('the stored config was asked for');
  });
  return connector.sendMessage(data, config);
}

/** @param {string} name */
export const installedPackage = (name) => join(nodeModules, name);
