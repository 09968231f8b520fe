/**
 * One host on the Node that runs this: sets up its dispatcher and fetch, loads the connector, sends
 * one message, and stays for a moment. The parent sends a task and gets reports; it judges.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { acceptedAnswer } from '../host/support/accepted-answer.js';
import { warmUpPath } from './server.js';

/** The pause of every host that repeats, long enough to be distinguished from what ends with the send. */
const repeatMs = 500;

/** Twice within the shortest deadline of a cell. */
const gcMs = 700;

/**
 * @typedef {object} Task
 * @property {import('./dimensions.js').Cell} cell
 * @property {'global dispatcher' | 'own fetch'} wayIn
 * @property {string} modules the folder of the host's packages
 * @property {string} connector the folder of the unpacked package
 * @property {string} url of the server
 * @property {string | undefined} proxy
 * @property {boolean} isWarm the host has an open connection already
 * @property {number} timeoutSeconds
 * @property {number} lingerMs
 */

/**
 * @typedef {object} Report
 * @property {string} outcome `sent`, the code of the host's ConnectorError, or what else was thrown
 * @property {number} ms
 * @property {string[]} lines of the console
 * @property {number} mocked the messages that a MockAgent took
 * @property {number} dispatched the calls of the npm undici's dispatcher
 * @property {number} fetched the calls of the fetch that the host put in place
 */

/**
 * @typedef {object} Aftermath
 * @property {string[]} resources that keep the process alive
 * @property {number} mocked
 */

/** @typedef {{ dispatched: number, fetched: number, mocked: number }} Calls */

/** @param {Task} task */
async function run(task) {
  const { cell, connector } = task;
  const calls = { dispatched: 0, fetched: 0, mocked: 0 };
  const load = () => import(pathToFileURL(join(connector, 'lib/index.js')).href);
  /** @type {{ default: Function }} */
  let loaded;
  if (cell.order === 'host first') {
    await setUp(task, calls);
    loaded = await load();
  } else {
    loaded = await load();
    await setUp(task, calls);
  }

  const config = {
    accessKeyId: 'AKIDHOSTS00000000000000000000000000',
    accessKeySecret: 'HOSTS0not0a0real0key000000000000',
    signName: '腾讯云示例',
    sdkAppId: '1400006666',
    templates: [{ usageType: 'Generic', templateCode: '1100001' }],
    endpoint: task.url,
    timeoutSeconds: task.timeoutSeconds,
  };
  const { sendMessage } = await loaded.default({ getConfig: async () => config });
  const message = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };

  /** @type {string[]} */
  const lines = [];
  for (const level of /** @type {const} */ (['error', 'warn', 'log'])) {
    console[level] = (...values) => lines.push(values.join(' '));
  }
  // The garbage of a busy host is collected while a send waits. A signal that is followed through a
  // weak reference alone is lost then.
  setInterval(() => globalThis.gc?.(), gcMs).unref();
  const began = performance.now();
  const outcome = await sendMessage(message).then(
    () => 'sent',
    (/** @type {any} */ error) => error?.code ?? String(error),
  );
  const ms = performance.now() - began;
  process.send?.({ outcome, ms, lines, ...calls });

  // A host lives on: only in a process that is alive does it show what else goes on.
  await new Promise((resolve) => setTimeout(resolve, task.lingerMs));
  const resources = process.getActiveResourcesInfo();
  process.send?.({ resources, mocked: calls.mocked }, () => process.disconnect());
}

/**
 * @param {Task} task
 * @param {Calls} calls
 */
async function setUp({ cell, wayIn, modules, url, proxy, isWarm }, calls) {
  const load = createRequire(join(modules, 'package.json'));
  const { dispatcher, undici } = cell;
  let makeRequest = Request;
  if (dispatcher === 'built-in, HTTP/2') {
    await fetch('data:,');
    const holder = /** @type {any} */ (globalThis);
    // From Node 26 on, the first symbol holds a wrapper for the undicis of others.
    const [symbol] = [1, 2]
      .map((number) => Symbol.for(`undici.globalDispatcher.${number}`))
      .filter((it) => holder[it]?.constructor.name === 'Agent');
    holder[symbol] = new holder[symbol].constructor({ allowH2: true });
  } else if (undici !== 'none') {
    const npm = load(undici.replace(' ', '-'));
    const agent = dispatcherOf(cell, npm, { url, proxy, calls });
    const { dispatch } = agent;
    const counting = (/** @type {unknown[]} */ ...parameters) => {
      calls.dispatched += 1;
      return dispatch.apply(agent, parameters);
    };
    npm.setGlobalDispatcher(
      new Proxy(agent, {
        get: (target, key) => (key === 'dispatch' ? counting : Reflect.get(target, key)),
      }),
    );
    if (wayIn === 'own fetch') {
      globalThis.fetch = npm.fetch;
      makeRequest = npm.Request;
    }
  }
  if (isWarm) {
    await (await fetch(url + warmUpPath)).text();
    calls.dispatched = 0;
  }

  const { fetch: inner } = globalThis;
  switch (cell.fetch) {
    case 'untouched':
      break;
    case 'fetch-retry':
      globalThis.fetch = load('fetch-retry')(inner, {
        retries: 2,
        retryDelay: repeatMs,
        retryOn: [503],
      });
      break;
    case 'repeating without the signal':
      globalThis.fetch = async (input, init) => {
        for (let repeats = 2; ; repeats -= 1) {
          const response = await inner(input, { ...init, signal: undefined }).catch((error) => {
            if (repeats === 0) {
              throw error;
            }
          });
          if (response && (response.status !== 503 || repeats === 0)) {
            return response;
          }
          await new Promise((resolve) => setTimeout(resolve, repeatMs));
        }
      };
      break;
    case 'building a Request':
      globalThis.fetch = (input, init) => inner(new makeRequest(input, init));
      break;
    case 'returning its own response':
      globalThis.fetch = async (input, init) => {
        const { status, headers, body } = await inner(input, init);
        return /** @type {any} */ ({ status, headers: Object.fromEntries(headers), body });
      };
      break;
    case 'OpenTelemetry': {
      const { registerInstrumentations } = load('@opentelemetry/instrumentation');
      const { UndiciInstrumentation } = load('@opentelemetry/instrumentation-undici');
      const { W3CTraceContextPropagator } = load('@opentelemetry/core');
      const sdk = load('@opentelemetry/sdk-trace-base');
      const { propagation } = load('@opentelemetry/api');
      propagation.setGlobalPropagator(new W3CTraceContextPropagator());
      const spanProcessors = [new sdk.SimpleSpanProcessor(new sdk.InMemorySpanExporter())];
      registerInstrumentations({
        instrumentations: [new UndiciInstrumentation()],
        tracerProvider: new sdk.BasicTracerProvider({ spanProcessors }),
      });
      break;
    }
    case 'node-fetch 2':
      globalThis.fetch = load('node-fetch-2');
      break;
    case 'node-fetch 3':
      ({ default: globalThis.fetch } = await import(
        pathToFileURL(load.resolve('node-fetch-3')).href
      ));
      break;
  }
  const outer = globalThis.fetch;
  if (outer !== inner) {
    globalThis.fetch = (...parameters) => {
      calls.fetched += 1;
      return outer(...parameters);
    };
  }
}

/**
 * @param {import('./dimensions.js').Cell} cell
 * @param {any} npm an undici
 * @param {{ url: string, proxy: string | undefined, calls: Calls }} around
 */
function dispatcherOf({ dispatcher, server }, npm, { url, proxy, calls }) {
  // A host that wants POST to be repeated has to say so.
  const retry = { methods: ['GET', 'POST'], maxRetries: 2, minTimeout: repeatMs };
  switch (dispatcher) {
    case 'Agent':
      return new npm.Agent({ allowH2: false });
    case 'Agent, HTTP/2':
      return new npm.Agent({ allowH2: true });
    case 'Agent, one connection':
      return new npm.Agent({ connections: 1 });
    case 'ProxyAgent':
      return new npm.ProxyAgent(proxy);
    case 'RetryAgent':
      return new npm.RetryAgent(new npm.Agent(), retry);
    case 'retry interceptor':
      return new npm.Agent().compose(npm.interceptors.retry(retry));
    case 'MockAgent, passing through':
      return new npm.MockAgent();
    case 'MockAgent, answering': {
      const agent = new npm.MockAgent();
      agent.disableNetConnect();
      if (server === 'mock answers') {
        const answer = () => {
          calls.mocked += 1;
          return acceptedAnswer;
        };
        agent.get(url).intercept({ path: '/', method: 'POST' }).reply(200, answer).persist();
      }
      return agent;
    }
    default:
      throw new Error(`${dispatcher} does not come from an npm undici`);
  }
}

process.once('message', run);
