/**
 * Answers in JSON, for tools on this machine.
 */

/** @typedef {import('./pages.js').Page} Page */

/**
 * @param {number} status
 * @param {unknown} value
 * @returns {Page}
 */
export function json(status, value) {
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    // A page of another site cannot even load it as something else.
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
  return { status, headers, body: `${JSON.stringify(value, null, 2)}\n` };
}

/**
 * @param {string} methods
 * @returns {Page}
 */
export function notAllowed(methods) {
  const page = json(405, { error: `This takes ${methods}.` });
  return { ...page, headers: { ...page.headers, Allow: methods } };
}
