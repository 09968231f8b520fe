/**
 * The contenders: their names, and functions that run each through its own code, up to its HTTP client or to the
 * answer. A contender is imported only when it is used, because loading is measured too.
 */

import { createRequire } from 'node:module';
import { message, sendSmsParameters } from './example.js';

/** The folder into which run.js unpacks the tarball. Node finds the kit from there. */
export const ourPackage = new URL('../target/bench/package/', import.meta.url);

/** @param {string} file */
export const ourFile = (file) => new URL(`lib/${file}`, ourPackage);

/** The peers' packages. */
export const official = '@logto/connector-tencent-sms';
export const sdk = 'tencentcloud-sdk-nodejs-common';

const require = createRequire(import.meta.url);

/** The names of the contenders in the tables. */
export const names = {
  ours: 'this connector',
  official: 'official connector',
  sdk: "Tencent's SDK",
  bareFetch: 'bare `fetch` of our bytes',
  bareHttps: 'bare `https.request` of our bytes',
};

/** @typedef {keyof typeof names} Contender */
/** @typedef {typeof import('./example.js').config} Config */
/** @typedef {{ sendMessage: (data: unknown, config?: unknown) => Promise<unknown> }} Connector */

/** Loads a contender into the process, until it is ready to send. */
export const load = {
  /** @param {Config} config */
  ours: async (config) => connector(await import(ourFile('index.js').href), config),
  /** @param {Config} config */
  official: async (config) => connector(await import(official), config),
  /** @param {Config} config */
  sdk: async (config) => sdkClient(config),
};

/**
 * The work of a contender before it calls its HTTP client: validate, build, sign. The HTTP clients of the peers are
 * replaced by one that never answers. Our connector does not get as far as its client.
 *
 * @type {Record<keyof typeof load, (config: Config) => Promise<() => unknown>>}
 */
export const upToTheNetwork = {
  // send-message.js calls the core in the same way.
  async ours(config) {
    const { sendMessage } = await import(ourFile('core.js').href);
    return () => sendMessage(config, message, [{ startedAt: Date.now() }], Date.now());
  },
  async official(config) {
    const { sendMessage } = await load.official(config);
    const { got } = await import(createRequire(require.resolve(official)).resolve('got'));
    got.post = neverAnswers;
    return () => sendMessage(message, config);
  },
  async sdk(config) {
    const client = await load.sdk(config);
    require(`${sdk}/tencentcloud/common/http/fetch`).default = neverAnswers;
    return () => client.request('SendSms', sendSmsParameters(config));
  },
};

/**
 * Sends one message and waits for the answer.
 *
 * @type {Record<Contender, (config: Config) => Promise<() => Promise<unknown>>>}
 */
export const senders = {
  async ours(config) {
    const { sendMessage } = await load.ours(config);
    return () => sendMessage(message);
  },
  async official(config) {
    const { sendMessage } = await load.official(config);
    return () => sendMessage(message);
  },
  async sdk(config) {
    const client = await load.sdk(config);
    return () => client.request('SendSms', sendSmsParameters(config));
  },
  /** Sends our bytes, signed once. This is the best that a connector with `fetch` can reach. */
  async bareFetch(config) {
    const { url, ...init } = await ourRequest(config);
    return async () => (await fetch(url, init)).text();
  },
  /** Sends the same bytes with Node's older client. */
  async bareHttps(config) {
    const { request: open } = await import('node:https');
    const { text } = await import('node:stream/consumers');
    const { url, body, ...options } = await ourRequest(config);
    return () =>
      new Promise((resolve, reject) => {
        open(url, options, (response) => resolve(text(response)))
          .on('error', reject)
          .end(body);
      });
  },
};

/**
 * @param {Config} config
 * @returns {Promise<import('../target/pkg/wasm/core.js').HttpRequest>}
 */
async function ourRequest(config) {
  const nextStep = await upToTheNetwork.ours(config);
  const { request } = /** @type {any} */ (nextStep());
  return request;
}

/**
 * @param {{ default: (options: { getConfig: () => Promise<Config> }) => Promise<Connector> }} module
 * @param {Config} config
 */
const connector = ({ default: createConnector }, config) =>
  createConnector({ getConfig: async () => config });

/**
 * @param {Config} config
 * @returns {{ request: (action: string, parameters: object) => Promise<unknown> }}
 */
function sdkClient({ accessKeyId, accessKeySecret, region }) {
  const { CommonClient } = require(sdk);
  return new CommonClient('sms.tencentcloudapi.com', '2021-01-11', {
    credential: { secretId: accessKeyId, secretKey: accessKeySecret },
    region,
  });
}

const neverAnswers = () => new Promise(() => {});
