/** The dimensions of the matrix, and the combinations that cannot exist. */

/** @typedef {typeof dimensions} Dimensions */
/** @typedef {{ [Name in keyof Dimensions]: Dimensions[Name][number] }} Cell */

export const dimensions = /** @type {const} */ ({
  /** The dispatcher below fetch: it owns the connections. */
  dispatcher: [
    'built-in',
    'built-in, HTTP/2',
    'Agent',
    'Agent, HTTP/2',
    'Agent, one connection',
    'ProxyAgent',
    'environment proxy',
    'RetryAgent',
    'retry interceptor',
    'MockAgent, passing through',
    'MockAgent, answering',
  ],
  /** The npm package that the dispatcher comes from. */
  undici: ['none', 'undici 6', 'undici 7', 'undici 8'],
  /** The global fetch that the connector calls. */
  fetch: [
    'untouched',
    'fetch-retry',
    'repeating without the signal',
    'building a Request',
    'returning its own response',
    'OpenTelemetry',
    'node-fetch 2',
    'node-fetch 3',
  ],
  /** The order in which the host sets up its dispatcher and fetch, and loads the connector. */
  order: ['host first', 'connector first'],
  /** The behaviour of the server that takes the message. */
  server: [
    'right answer',
    'late answer',
    'no answer',
    '421',
    '503 once',
    'reset before the answer',
    'reset within the answer',
    'reset after the answer',
    '100 Continue',
    '103 Early Hints',
    'closed as the request arrives',
    'refuses connections',
    'GOAWAY, not processed',
    'GOAWAY, processed',
    'stream refused',
    'stream reset',
    'mock answers',
    'mock has no answer',
  ],
});

/** The servers that need HTTP/2. */
const http2Servers = [
  'GOAWAY, not processed',
  'GOAWAY, processed',
  'stream refused',
  'stream reset',
];

/** The dispatchers that Node has by itself. */
const ofNode = ['built-in', 'built-in, HTTP/2', 'environment proxy'];

/** @param {Cell['server']} server */
export const needsHttp2 = (server) => http2Servers.includes(server);

/** @param {string} node a version, such as 22.23.3 */
export const majorOf = (node) => Number(node.split('.', 1)[0]);

/**
 * @param {Cell} cell
 * @param {string} node the version of Node
 * @returns {string | undefined} the reason why the combination cannot exist
 */
export function impossible({ dispatcher, undici, fetch, order, server }, node) {
  const isOfNode = ofNode.includes(dispatcher);
  const answersItself = dispatcher === 'MockAgent, answering';
  if (isOfNode !== (undici === 'none')) {
    return 'Node has its own dispatchers by itself; all others come from an npm undici.';
  }
  if (undici === 'undici 8' && majorOf(node) < 22) {
    return 'undici 8 needs Node 22.';
  }
  if (dispatcher === 'environment proxy' && majorOf(node) < 22) {
    return 'Node 20 does not read NODE_USE_ENV_PROXY.';
  }
  if (fetch.startsWith('node-fetch') && dispatcher !== 'built-in') {
    return 'node-fetch does not use dispatchers, because it is built on node:https.';
  }
  if (answersItself !== server.startsWith('mock')) {
    return 'A MockAgent that answers by itself reaches no server.';
  }
  if (needsHttp2(server) && !speaksHttp2({ dispatcher, undici, fetch }, node)) {
    return 'GOAWAY and stream resets exist in HTTP/2 only, and this client speaks HTTP/1.';
  }
  const isUntouched = fetch === 'untouched' && isOfNode && dispatcher !== 'built-in, HTTP/2';
  if (isUntouched && order === 'connector first') {
    return 'The host sets up nothing, so that there is no order.';
  }
  return undefined;
}

/**
 * @param {Pick<Cell, 'dispatcher' | 'undici' | 'fetch'>} cell
 * @param {string} node
 */
export function speaksHttp2({ dispatcher, undici, fetch }, node) {
  if (fetch.startsWith('node-fetch') || dispatcher === 'Agent') {
    return false;
  }
  if (dispatcher.endsWith('HTTP/2')) {
    return true;
  }
  // undici 8 offers HTTP/2 unless it is told not to, and Node 26 is built on it. An older Node's fetch
  // reaches undici 8 through a wrapper that keeps to HTTP/1.
  return majorOf(node) >= 26 && ['none', 'undici 8'].includes(undici);
}

/**
 * Tells how the connector's requests reach the npm undici.
 *
 * @param {Pick<Cell, 'dispatcher' | 'undici'>} cell
 * @param {string} node
 * @returns {'global dispatcher' | 'own fetch'}
 */
export function wayIn({ dispatcher, undici }, node) {
  // The fetch of Node 26 does not look where undici 6 puts its dispatcher.
  const isTooOld = undici === 'undici 6' && majorOf(node) >= 26;
  // The wrapper of undici 8 for older Nodes keeps to HTTP/1.
  const isWrapped = undici === 'undici 8' && majorOf(node) < 26;
  return isTooOld || (isWrapped && dispatcher === 'Agent, HTTP/2')
    ? 'own fetch'
    : 'global dispatcher';
}

/** @param {Cell} cell */
export const nameOf = ({ dispatcher, undici, fetch, order, server }) =>
  [
    undici === 'none' ? dispatcher : `${undici} ${dispatcher}`,
    `fetch ${fetch}`,
    order,
    server,
  ].join(' | ');
