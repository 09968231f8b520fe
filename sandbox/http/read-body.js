/**
 * A request's body, from the wire.
 */
import { BODY_LIMIT } from '../api/api.js';

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Buffer | undefined>} undefined if the client broke off; of a body that is too
 *   large only the beginning, but more than BODY_LIMIT
 */
export async function readBody(request) {
  const chunks = [];
  let length = 0;
  try {
    // Read to the end in any case: a client hears an answer only once it has finished sending.
    for await (const chunk of request) {
      if (length <= BODY_LIMIT) chunks.push(chunk);
      length += chunk.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
