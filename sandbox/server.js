/**
 * The sandbox as an HTTP server on loopback: bytes in, `api.js`, bytes out, and a record of both.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connectorConfig, defaultAccount } from './account.js';
import { answerRequest, BODY_LIMIT } from './api.js';

/**
 * A request as it came over the wire, and what became of it. It holds the Authorization header:
 * for tests to look at, not for printing.
 * @typedef {import('./api.js').ApiRequest & import('./api.js').ApiResult & {
 *   receivedAt: string, requestId: string, rawHeaders: string[] }} ReceivedRequest
 */

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 for any free one
 * @param {import('./account.js').Account} [options.account]
 * @param {() => number} [options.now] the sandbox's clock, UNIX milliseconds
 * @param {(request: ReceivedRequest) => void} [options.onRequest] called before the answer leaves
 */
export async function startSandbox({
  port = 0,
  account = defaultAccount,
  now = Date.now,
  onRequest = () => {},
} = {}) {
  /** @type {import('./send-sms.js').Message[]} */
  const messages = [];
  /** @type {ReceivedRequest[]} */
  const requests = [];

  const server = createServer(async (request, response) => {
    // The API is one path; others are free for pages of the sandbox's own.
    if (request.url !== '/') {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('The API is POST /\n');
      return;
    }
    const { method = '', headers, rawHeaders } = request;
    const body = await readBody(request);
    if (!body) return;

    const requestId = randomUUID();
    const time = now();
    const arrived = { method, headers, rawHeaders, body };
    const result = answerRequest(arrived, { account, now: time, requestId });
    const receivedAt = new Date(time).toISOString();
    const received = { receivedAt, requestId, ...arrived, ...result };
    requests.push(received);
    messages.push(...result.messages);
    onRequest(received);

    // Always 200: at Tencent the HTTP status says only that the request was processed.
    response.writeHead(200, {
      'Content-Type': 'application/json',
      // By the sandbox's clock, for clients that learn the time from it.
      Date: new Date(time).toUTCString(),
    });
    response.end(JSON.stringify(result.answer));
  });

  // Loopback only: a sandbox has no business on the network.
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    port: address.port,
    /** the connector's config for this sandbox */
    config: connectorConfig(account, url),
    /** accepted messages, oldest first */
    messages,
    /** everything that was sent to the API, oldest first */
    requests,
    async close() {
      const closed = once(server, 'close');
      server.close();
      // Clients keep idle connections open, which would hold `close` back.
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Buffer | undefined>} undefined if the client broke off; of a body that is too
 *   large only the beginning, but more than BODY_LIMIT
 */
async function readBody(request) {
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
