/** A sandbox that lives as long as one test. */

import { startSandbox } from '../../sandbox/server.js';

/**
 * @template Result
 * @param {Parameters<typeof startSandbox>[0]} options
 * @param {(sandbox: import('../../sandbox/server.js').Sandbox) => Promise<Result>} use
 */
export async function withSandbox(options, use) {
  const sandbox = await startSandbox(options);
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}
