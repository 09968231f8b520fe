/** One measurement in a process of its own: both ends. */

import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What would give one contender another path than on a server that has none of it. */
const { NODE_OPTIONS, NODE_EXTRA_CA_CERTS, http_proxy, ...env } = process.env;

/**
 * Runs a script of this folder, and gives what it reports.
 *
 * @param {string} script
 * @param {object} parameters
 * @returns {Promise<any>}
 */
export async function inFreshProcess(script, parameters) {
  const file = new URL(script, import.meta.url);
  const child = fork(file, [JSON.stringify(parameters)], { env, execArgv: ['--expose-gc'] });
  const [report] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  child.kill();
  if (report === null || typeof report !== 'object') {
    throw new Error(`${script} ended without a report, see above`);
  }
  return report;
}

/**
 * The other end: measures and reports.
 *
 * @template Parameters
 * @param {(parameters: Parameters) => Promise<object>} measure
 */
export async function report(measure) {
  process.send?.(await measure(JSON.parse(process.argv[2] ?? '{}')));
}

/** Frees what can be freed. Some is only in the turn after what refers to it. */
export async function settle() {
  for (let turn = 0; turn < 5; turn += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** CPU time of this process, all threads, in microseconds. */
export function cpuMicroseconds() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
