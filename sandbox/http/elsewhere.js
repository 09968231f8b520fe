/**
 * The target of the sandbox's redirects: another origin, which should receive no requests. Requests that arrive there
 * are recorded.
 */
import { createServer } from 'node:http';
import { createRecord } from '../records.js';
import { refuseForeign } from './foreign.js';
import { listen } from './listen.js';
import { readBody } from './read-body.js';

/** @typedef {import('../api/api.js').ApiRequest & { url: string }} StrayRequest */

/** @param {number} keep the number of the newest requests to keep */
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
