/** Several processes like Logto's, with the packed connector in Logto's folders, and a stand-in for Tencent's API. */

import { strict as assert } from 'node:assert';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { acceptedAnswer } from '../../host/support/accepted-answer.js';
import {
  addConnector,
  createInstance,
  installedPackage,
} from '../../host/support/logto-instance.js';
import { tarball } from '../../host/support/tarball.js';
import { portOf } from '../../shared/port-of.js';
import { endWithTests } from './started.js';

/**
 * @typedef {object} Order
 * @property {unknown} config
 * @property {unknown[]} messages
 * @property {number} [pauseMs] the time between two messages; without it, all leave at once
 *
 * @typedef {{ results: { result: string, ms: number }[], lines: string[] }} Outcome
 */

/**
 * Creates an instance of Logto with the packed connector, and with a version of the package `redis` as Logto's core
 * has it.
 *
 * @param {string | undefined} redis the name of the installed package, such as `redis-4`
 * @returns {Promise<{ root: string, connector: string }>}
 */
export async function createHost(redis) {
  const root = await createInstance();
  if (redis) {
    await symlink(installedPackage(redis), join(root, 'packages/core/node_modules/redis'));
  }
  await addConnector(root, tarball);
  return { root, connector: join(root, 'packages/core/connectors/connector-tencent-sms-wasm') };
}

/**
 * Starts a server that accepts each message and remembers its text.
 *
 * @param {(number: string) => object | undefined} [refusal] an answer of another kind, by the number
 */
export async function startApi(refusal) {
  /** @type {string[]} */
  const codes = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (request.headers['x-tc-action'] !== 'SendSms') {
      response.end('{"Response":{"Error":{"Code":"InternalError"},"RequestId":"1"}}');
      return;
    }
    const other = refusal?.(body.PhoneNumberSet[0]);
    if (!other) {
      codes.push(body.TemplateParamSet[0]);
    }
    response.setHeader('Content-Type', 'application/json');
    const accepted = acceptedAnswer.replace('+8613800138000', body.PhoneNumberSet[0]);
    response.end(other ? JSON.stringify(other) : accepted);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    codes,
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {string} endpoint
 * @param {object} limits
 */
export const configWith = (endpoint, limits) => ({
  accessKeyId: 'AKIDSANDBOX0000000000000000000000000',
  accessKeySecret: 'SANDBOX0not0a0real0key0000000000',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  templates: [{ usageType: 'Generic', templateCode: '1100001' }],
  endpoint,
  limits: { store: 'redis', ...limits },
});

let lastCode = 0;

/**
 * Returns messages with different codes.
 *
 * @param {number} count
 * @param {(index: number) => object} [fields] such as the number and the address of each
 */
export const messages = (count, fields = () => ({})) =>
  Array.from({ length: count }, (_, index) => {
    lastCode += 1;
    const payload = { code: String(lastCode) };
    return { to: '8613800138000', type: 'SignIn', payload, ...fields(index) };
  });

const program = new URL('./logto-process.js', import.meta.url).pathname;

/**
 * Starts processes.
 *
 * @param {number} count
 * @param {{ connector: string }} host
 * @param {Record<string, string | undefined>} env
 */
export async function startFleet(count, { connector }, env) {
  const children = Array.from({ length: count }, () =>
    endWithTests(fork(program, [connector], { env: { ...process.env, ...env }, execArgv: [] })),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  return {
    children,
    /**
     * Lets each process send its messages, and returns what each reports.
     *
     * @param {(index: number) => Order} order
     * @returns {Promise<Outcome[]>}
     */
    send: (order) =>
      Promise.all(
        children.map(async (child, index) => {
          child.send(order(index));
          const [outcome] = await once(child, 'message');
          return outcome;
        }),
      ),
    /**
     * Lets the first process check a config as Logto does before it saves it, and returns the issues.
     *
     * @param {unknown} config
     * @returns {Promise<{ path: (string | number)[], message: string }[]>}
     */
    async save(config) {
      const [child] = children;
      child?.send({ save: config });
      const [issues] = await once(child ?? assert.fail(), 'message');
      return issues;
    },
    /** Ends the processes as a server does that has nothing left to do. */
    async end() {
      const exits = children.map((child) => once(child, 'exit'));
      for (const child of children) {
        child.disconnect();
      }
      for (const [code] of await Promise.all(exits)) {
        assert.equal(code, 0);
      }
    },
  };
}

/** @param {Outcome[]} outcomes */
export const linesOf = (outcomes) => outcomes.flatMap(({ lines }) => lines);

/** @param {Outcome[]} outcomes */
export const timesOf = (outcomes) =>
  outcomes.flatMap(({ results }) => results.map(({ ms }) => Math.round(ms)));

/**
 * Counts the results of sends by their name.
 *
 * @param {Outcome[]} outcomes
 */
export function resultsOf(outcomes) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { result } of outcomes.flatMap(({ results }) => results)) {
    counts[result] = (counts[result] ?? 0) + 1;
  }
  return counts;
}
