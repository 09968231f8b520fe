/**
 * Where the sandbox's redirects lead: another origin, which is to hear of nothing. What comes there
 * all the same is recorded.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** @typedef {import('../api/api.js').ApiRequest & { url: string }} StrayRequest */

export async function startElsewhere() {
  /** @type {StrayRequest[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray().catch(() => []);
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks) });
    response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { server, url: `http://127.0.0.1:${port}/`, requests };
}
