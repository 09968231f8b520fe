/**
 * A request's body, from the wire.
 */

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {number} limit in bytes
 * @returns {Promise<Buffer | undefined>} undefined if the client broke off; of a body that is too
 *   large only the beginning, but more than the limit
 */
export async function readBody(request, limit) {
  const chunks = [];
  let length = 0;
  try {
    // Read to the end in any case: a client hears an answer only once it has finished sending.
    for await (const chunk of request) {
      if (length <= limit) chunks.push(chunk);
      length += chunk.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
