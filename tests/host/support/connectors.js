/**
 * Both connectors as Logto's loader gives them: ours from the packed tarball, the official one from
 * npm; and `beats`, a test that ours must pass and the official one must fail.
 */

import { strict as assert } from 'node:assert';
import https from 'node:https';
import net from 'node:net';
import { after, test } from 'node:test';
import {
  addConnector,
  buildConnector,
  createInstance,
  installedPackage,
  loadFactories,
  removeInstance,
} from './logto-instance.js';
import { tarball } from './tarball.js';

export const instance = await createInstance();
after(() => removeInstance(instance));

/** What `logto connector add` printed. */
export const addOutput = await addConnector(instance, tarball);

const factories = await loadFactories(instance, [installedPackage('@logto/connector-tencent-sms')]);

/** @param {string} id */
function factoryOf(id) {
  const factory = factories.find(({ metadata }) => metadata.id === id);
  assert.ok(factory, `the loader has no connector ${id}`);
  return factory;
}

export const ourFactory = factoryOf('tencent-cloud-sms');
export const officialFactory = factoryOf('tencent-short-message-service');

/** A config in the official connector's format, good to send with at the sandbox. */
export const officialConfig = {
  accessKeyId: 'AKIDSANDBOX0000000000000000000000000',
  accessKeySecret: 'SANDBOX0not0a0real0key0000000000',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  region: 'ap-guangzhou',
  templates: ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    templateCode: '1100001',
  })),
};

/**
 * A connector that sends to a server on loopback, whichever way it has to be told.
 *
 * @typedef {object} Sender
 * @property {(data: unknown, config: Record<string, unknown>) => Promise<unknown>} send
 */

/**
 * @param {string | undefined} url undefined for the endpoint of the config, or the default
 * @returns {Promise<Sender>}
 */
export async function ours(url) {
  const connector = await buildConnector(ourFactory, async () => ({}));
  const endpoint = url && { endpoint: url };
  return { send: (data, config) => connector.sendMessage(data, { ...config, ...endpoint }) };
}

/**
 * The official connector knows one host and no other, so its connections are led elsewhere.
 *
 * @param {string} url
 * @returns {Promise<Sender>}
 */
export async function official(url) {
  const connector = await buildConnector(officialFactory, async () => ({}));
  const { port, hostname } = new URL(url);
  return {
    send(data, config) {
      https.globalAgent.createConnection = () => net.connect(Number(port), hostname);
      return connector.sendMessage(data, config);
    },
  };
}

/**
 * A scenario in which this connector does better than the official one: it holds for ours, and one
 * of its assertions fails for the official one.
 *
 * @param {string} name
 * @param {(sender: (url: string) => Promise<Sender>) => Promise<void>} scenario
 */
export function beats(name, scenario) {
  test(name, () => scenario(ours));
  test(`${name}: the official connector fails this`, () =>
    assert.rejects(scenario(official), assert.AssertionError));
}
