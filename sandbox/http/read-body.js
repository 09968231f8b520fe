/**
 * The body of a request, read from the connection.
 */

/**
 * The largest body that the sandbox accepts, in bytes. It is ten times the size that SendSms needs for 200 numbers.
 * Tencent accepts 10 MB, which the sandbox would have to keep in memory for each connection.
 */
export const BODY_LIMIT = 64 * 1024;

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Buffer | undefined>} undefined if the client closed the connection; only the beginning of a body
 *   that is too large, one byte longer than BODY_LIMIT
 */
export async function readBody(request) {
  const chunks = [];
  let room = BODY_LIMIT + 1;
  try {
    // The body is always read to the end, because a client reads the answer only after it has finished sending. Node
    // ends a request that takes longer than its requestTimeout of five minutes.
    for await (const chunk of request) {
      if (room > 0) chunks.push(chunk.subarray(0, room));
      room -= chunk.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
