/**
 * Requests that a browser sends for another site. A browser that can reach the sandbox sends requests for every site
 * that it shows. No answer allows other origins to read it (CORS). The refusal also keeps other sites from writing, and
 * from filling the memory.
 */
import { isIP } from 'node:net';
import { isPrivateName } from './private-host.js';

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const TENCENT = /^(?:[\w-]+\.)+tencentcloudapi\.com(?::\d+)?$/i;

/**
 * Refuses a request of another site without reading its body, and closes the connection, so that the rest of a large
 * body is never received. A client that is still sending may see a broken connection instead of the answer.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Parameters<typeof isForeign>[1]} options
 * @returns {boolean} true if the request was refused
 */
export function refuseForeign(request, response, options) {
  if (!isForeign(request, options)) return false;
  response.writeHead(403, {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(
    'The sandbox answers its own pages and programs on this machine. By its Host, Origin or ' +
      'Sec-Fetch-Site header, this request is from the page of another site.\n',
  );
  return true;
}

/**
 * Tests if a request comes from another site. The Host header shows a site whose own name resolves to the sandbox's
 * address. The Origin header shows a page of another site. Some requests have no Origin header, such as those for
 * images, but browsers mark them in Sec-Fetch-Site. A link from another site to the sandbox's pages is allowed.
 * @param {import('node:http').IncomingMessage} request
 * @param {object} options
 * @param {boolean} options.anyHost true to accept any Host header from programs, which send no Origin, because a client
 *   of Tencent's API that is redirected to the sandbox names Tencent's host. Browsers send no Origin with a GET either,
 *   so that its Host must be one of Tencent's.
 * @param {boolean} [options.onNetwork] true if the user chose the address, so that other names than those of loopback
 *   lead to it
 */
function isForeign({ method, headers }, { anyHost, onNetwork = false }) {
  const { host = '', origin, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers;
  const isOurs = LOOPBACK.test(host) || (onNetwork && isPrivate(host));
  if (origin !== undefined && (!isOurs || origin !== `http://${host}`)) return true;
  if (!isOurs && !(anyHost && (method !== 'GET' || TENCENT.test(host)))) return true;
  const isLink = method === 'GET' && mode === 'navigate';
  return site !== 'none' && site !== 'same-origin' && !isLink;
}

/**
 * Tests if a Host header names an address, or has a name that no site on the internet can have.
 * @param {string} host
 */
function isPrivate(host) {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIP(name) !== 0 || isPrivateName(name);
}
