/** A measurement in a separate process: the functions for the parent and for the child. */

import { fork } from 'node:child_process';
import { once } from 'node:events';

// These variables would change the path of some contenders, and a usual server does not set them.
const { NODE_OPTIONS, NODE_EXTRA_CA_CERTS, http_proxy, ...env } = process.env;

/**
 * Runs a script of this folder in a new process, and returns its report.
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
 * Runs a measurement in the child process, and sends its report to the parent.
 *
 * @template Parameters
 * @param {(parameters: Parameters) => Promise<object>} measure
 */
export async function report(measure) {
  process.send?.(await measure(JSON.parse(process.argv[2] ?? '{}')));
}

/** Collects garbage in several turns, because some objects can be freed only in the turn after their owner. */
export async function settle() {
  for (let turn = 0; turn < 5; turn += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The CPU time of all threads of this process, in microseconds. */
export function cpuMicroseconds() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
