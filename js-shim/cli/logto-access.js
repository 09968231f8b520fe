/** The access to a running Logto: its URL, and a machine-to-machine application from the environment. */

/**
 * The longest answer of Logto's that is read, in UTF-16 code units. A connector in the list of connectors has
 * about 20 KB, because it contains its guide.
 */
export const maxLogtoAnswerLength = 16 * 1024 * 1024;

/**
 * Reads the access. The application's secret comes only from the environment, because other users of a machine
 * see the arguments of its processes. Warns if the network between here and Logto could read the secret.
 *
 * @param {string | undefined} address the value of `--logto`
 * @param {import('./texts/texts.js').Texts} texts
 * @returns {import('./wasm/core.js').LogtoAccess | string} the access, or a text about a mistake
 */
export function readLogtoAccess(address, { logto: texts }) {
  const { LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET } = process.env;
  const text = address ?? LOGTO_ENDPOINT;
  if (!text) {
    return texts.noUrl;
  }
  const url = parse(text);
  if (!url) {
    return texts.wrongUrl;
  }
  if (!LOGTO_APP_ID || !LOGTO_APP_SECRET) {
    return texts.noApplication;
  }
  if (url.protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    process.stderr.write(`${texts.plain}\n`);
  }
  const application = `${encodeURIComponent(LOGTO_APP_ID)}:${encodeURIComponent(LOGTO_APP_SECRET)}`;
  return {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    authorization: `Basic ${Buffer.from(application).toString('base64')}`,
  };
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
