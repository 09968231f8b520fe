/**
 * One host with the connector, on the Node that runs this file. The parent sends a task and gets a report,
 * which it judges. All modules except Node's own are the host's.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} Task
 * @property {string} host folder with the host's node_modules
 * @property {string} instance
 * @property {Record<string, unknown>} goodConfig
 * @property {Record<string, unknown>} badConfig
 * @property {{ to: string, type: string, payload: object }[]} messages
 */

/** @typedef {Awaited<ReturnType<typeof report>>} Report */

process.once('message', async (/** @type {Task} */ task) => {
  const answer = await report(task);
  process.send?.(answer, () => process.disconnect());
});

/** @param {Task} task */
async function report({ host, instance, goodConfig, badConfig, messages }) {
  /** @param {string} path */
  const load = (path) => import(pathToFileURL(join(host, 'node_modules/@logto', path)).href);
  const { loadConnectorFactories, buildRawConnector } = await load('cli/lib/connector/index.js');
  const { getConnectorPackagesFromDirectory } = await load('cli/lib/utils.js');
  const kit = await load('connector-kit/lib/index.js');

  const found = await getConnectorPackagesFromDirectory(join(instance, 'packages/core/connectors'));
  const factories = await loadConnectorFactories(found, false);
  if (factories.length !== 1) {
    throw new Error(`the loader has ${factories.length} connectors, and should have 1`);
  }
  const { rawConnector, rawMetadata } = await buildRawConnector(
    factories[0],
    async () => goodConfig,
  );

  const outcomes = [];
  for (const message of messages) {
    outcomes.push(await outcomeOf(() => rawConnector.sendMessage(message), kit));
  }
  /** @param {unknown} config */
  const validate = (config) => kit.validateConfig(config, rawConnector.configGuard);
  return {
    node: process.versions.node,
    id: rawMetadata.id,
    logo: rawMetadata.logo.slice(0, 'data:image/svg+xml'.length),
    codes: Object.values(kit.ConnectorErrorCodes),
    goodConfig: await outcomeOf(() => validate(goodConfig), kit),
    badConfig: await outcomeOf(() => validate(badConfig), kit),
    outcomes,
  };
}

/**
 * @param {() => unknown} step
 * @param {typeof import('@logto/connector-kit')} kit the host's
 */
async function outcomeOf(step, { ConnectorError, jsonObjectGuard }) {
  try {
    await step();
    return 'done';
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      return `not the host's ConnectorError: ${error}`;
    }
    const { code } = error;
    const data = /** @type {any} */ (error.data);
    // The Console names the keys only of issues from the host's own zod.
    const ZodError = /** @type {any} */ (jsonObjectGuard.safeParse(null).error).constructor;
    return data instanceof ZodError
      ? { code, paths: data.issues.map((/** @type {any} */ { path }) => path.join('.')) }
      : { code, tencentCode: data.tencentCode };
  }
}
