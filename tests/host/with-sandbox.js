/** A sandbox for the time of one test. */

import { startSandbox } from '../../sandbox/server.js';

/** @typedef {Awaited<ReturnType<typeof startSandbox>>} Sandbox */

/**
 * @template Result
 * @param {Parameters<typeof startSandbox>[0]} options
 * @param {(sandbox: Sandbox) => Promise<Result>} use
 */
export async function withSandbox(options, use) {
  const sandbox = await startSandbox(options);
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}
