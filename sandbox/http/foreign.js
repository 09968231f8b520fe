/**
 * Requests that a browser sends for another site. The sandbox listens on loopback, but a browser on
 * this machine works for every site that it shows. No answer allows other origins to read it (CORS);
 * the refusal keeps them from writing, too, and from filling the memory.
 */

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Answers a request of another site without reading its body, and closes the connection, so that the
 * rest of a large body is not received at all. A client that still sends may see the connection fail
 * and not the answer.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Parameters<typeof isForeign>[1]} options
 * @returns {boolean} whether the request was refused
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
 * The Host header gives away a site that has its own name resolve to loopback, the Origin header a page
 * of another site. Some requests have no Origin header, such as those for images; browsers mark these
 * in Sec-Fetch-Site. A link from another site may lead to the sandbox's pages.
 * @param {import('node:http').IncomingMessage} request
 * @param {object} options
 * @param {boolean} options.anyHost true to take any Host header from programs, which send no Origin:
 *   a client of Tencent's API that was led here names Tencent's host
 */
function isForeign({ method, headers }, { anyHost }) {
  const { host = '', origin, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers;
  const isOurs = LOOPBACK.test(host);
  if (origin !== undefined && (!isOurs || origin !== `http://${host}`)) return true;
  if (!isOurs && !anyHost) return true;
  const isLink = method === 'GET' && mode === 'navigate';
  return site !== 'none' && site !== 'same-origin' && !isLink;
}
