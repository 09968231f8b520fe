/** The examination of the Redis for the doctor, which may take some seconds. */

import { Connection } from './connection.js';
import { codeOf, StoreError } from './problem.js';

/** The time for everything. */
const timeoutMs = 5000;
const roundTrips = 5;

/**
 * Examines the Redis. Never rejects.
 *
 * @param {import('../wasm/core.js').StoreCommand} command a command that tries the script, and leaves nothing behind
 * @returns {Promise<import('../wasm/core.js').StoreExamined>}
 */
export async function examineStore(command) {
  const connection = new Connection(() => {});
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('late')), timeoutMs);
  });
  try {
    return await Promise.race([examine(connection, command), late]);
  } catch (error) {
    return { storeExamined: { failure: codeOf(error) } };
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/**
 * @param {Connection} connection
 * @param {import('../wasm/core.js').StoreCommand} command
 */
async function examine(connection, command) {
  await connection.run(command);
  let roundTripUs = Number.POSITIVE_INFINITY;
  for (let count = 0; count < roundTrips; count += 1) {
    const startedAt = performance.now();
    await connection.run({ ...command, action: 'look' });
    roundTripUs = Math.min(roundTripUs, Math.ceil((performance.now() - startedAt) * 1000));
  }
  return { storeExamined: { info: await connection.info(), roundTripUs } };
}
