/** The access to a running Logto: its URL, and a machine-to-machine application from the environment. */

/**
 * Reads the access. The application's secret comes only from the environment, because the arguments of a process
 * can be seen by others.
 *
 * @param {string | undefined} address the value of `--logto`
 * @returns {{ access: import('../wasm/core.js').LogtoAccess, isPlain: boolean }
 *   | { problem: 'noUrl' | 'wrongUrl' | 'noApplication' }} `isPlain` if the network between here and Logto can read
 *   the secret
 */
export function readLogtoAccess(address) {
  const { LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET } = process.env;
  const text = address ?? LOGTO_ENDPOINT;
  if (!text) {
    return { problem: 'noUrl' };
  }
  const url = parse(text);
  if (!url) {
    return { problem: 'wrongUrl' };
  }
  if (!LOGTO_APP_ID || !LOGTO_APP_SECRET) {
    return { problem: 'noApplication' };
  }
  const application = `${encodeURIComponent(LOGTO_APP_ID)}:${encodeURIComponent(LOGTO_APP_SECRET)}`;
  const access = {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    authorization: `Basic ${Buffer.from(application).toString('base64')}`,
  };
  const isLoopback = /^(localhost|127\..*|\[::1\])$/.test(url.hostname);
  return { access, isPlain: url.protocol === 'http:' && !isLoopback };
}

/** @param {string} text */
function parse(text) {
  try {
    const url = new URL(text);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    const hasMore = url.username || url.password || url.search || url.hash;
    return isWeb && !hasMore ? url : undefined;
  } catch {
    return undefined;
  }
}
