/**
 * Where the sandbox's redirects lead: another origin, which is to hear of nothing. What comes there
 * all the same is recorded.
 */
import { createServer } from 'node:http';
import { createRecord } from '../records.js';
import { refuseForeign } from './foreign.js';
import { listen } from './loopback.js';
import { readBody } from './read-body.js';

/** @typedef {import('../api/api.js').ApiRequest & { url: string }} StrayRequest */

/** @param {number} keep how many of the newest requests */
export async function startElsewhere(keep) {
  /** @type {ReturnType<typeof createRecord<StrayRequest>>} */
  const requests = createRecord(keep);
  const server = createServer(async (request, response) => {
    if (refuseForeign(request, response, { anyHost: true })) return;
    const body = (await readBody(request)) ?? Buffer.alloc(0);
    const { method = '', url = '', headers } = request;
    requests.add({ method, url, headers, body });
    response.writeHead(404).end();
  });
  const { url } = await listen(server);
  return { server, url: `${url}/`, requests: requests.entries };
}
