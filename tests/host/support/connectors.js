/**
 * Both connectors, loaded by Logto's loader: ours from the packed tarball, and the official one from npm.
 * `beats` is a test that compares them.
 */

import { strict as assert } from 'node:assert';
import https from 'node:https';
import net from 'node:net';
import { after, test } from 'node:test';
import {
  addConnector,
  createInstance,
  installedPackage,
  loadFactories,
  removeInstance,
  sendWithStoredConfig,
} from './logto-instance.js';
import { tarball } from './tarball.js';

export const instance = await createInstance();
after(() => removeInstance(instance));

/** The output of `logto connector add`. */
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

/** A config in the official connector's format that works with the sandbox. */
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
 * A way to send messages to a server on loopback, with a stored config.
 *
 * @typedef {object} Sender
 * @property {(data: unknown, config: Record<string, unknown>) => Promise<unknown>} send
 */

/**
 * @param {string | undefined} url the server; undefined for the endpoint of the config
 * @returns {Promise<Sender>}
 */
export async function ours(url) {
  const endpoint = url && { endpoint: url };
  return {
    send: (data, config) => sendWithStoredConfig(ourFactory, data, { ...config, ...endpoint }),
  };
}

/**
 * Returns the official connector's way to send. Its connections are redirected, because it knows only one
 * host.
 *
 * @param {string} url
 * @returns {Promise<Sender>}
 */
export async function official(url) {
  const { port, hostname } = new URL(url);
  return {
    send(data, config) {
      https.globalAgent.createConnection = () => net.connect(Number(port), hostname);
      return sendWithStoredConfig(officialFactory, data, config);
    },
  };
}

/**
 * Tests a scenario in which this connector does better than the official one. The result of each connector
 * must be exactly the expected one.
 *
 * @template Seen
 * @param {string} name
 * @param {(sender: (url: string) => Promise<Sender>) => Promise<Seen>} scenario
 * @param {{ ours: Seen, official: Seen }} expected
 */
export function beats(name, scenario, expected) {
  test(name, async () => {
    assert.deepEqual(await scenario(ours), expected.ours);
  });
  test(`${name}; the official connector does not`, async () => {
    assert.notDeepEqual(expected.official, expected.ours);
    assert.deepEqual(await scenario(official), expected.official);
  });
}
