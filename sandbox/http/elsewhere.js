/**
 * Where the sandbox's redirects lead: another origin, which is to hear of nothing. What comes there
 * all the same is recorded.
 */
import { createServer } from 'node:http';
import { listen } from './loopback.js';
import { readBody } from './read-body.js';

/** @typedef {import('../api/api.js').ApiRequest & { url: string }} StrayRequest */

export async function startElsewhere() {
  /** @type {StrayRequest[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, Number.POSITIVE_INFINITY)) ?? Buffer.alloc(0);
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body });
    response.writeHead(404).end();
  });
  const { url } = await listen(server);
  return { server, url: `${url}/`, requests };
}
