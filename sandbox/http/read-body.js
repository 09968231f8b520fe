/**
 * A request's body, from the wire.
 */

/**
 * The largest body that the sandbox takes, in bytes: ten times what SendSms needs for 200 numbers.
 * Tencent takes 10 MB, which the sandbox would have to hold for each connection.
 */
export const BODY_LIMIT = 64 * 1024;

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Buffer | undefined>} undefined if the client broke off; of a body that is too
 *   large only the beginning, one byte longer than BODY_LIMIT
 */
export async function readBody(request) {
  const chunks = [];
  let room = BODY_LIMIT + 1;
  try {
    // Read to the end in any case: a client hears an answer only once it has finished sending. Node
    // ends what takes longer than its requestTimeout, five minutes.
    for await (const chunk of request) {
      if (room > 0) chunks.push(chunk.subarray(0, room));
      room -= chunk.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
