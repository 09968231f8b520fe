/**
 * Answers in JSON for tools on this machine.
 */

/** @typedef {import('./pages.js').Page} Page */

/**
 * @param {number} status
 * @param {unknown} value
 * @returns {Page}
 */
export function json(status, value) {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}

/**
 * @param {string} methods
 * @returns {Page}
 */
export function notAllowed(methods) {
  const page = json(405, { error: `This takes ${methods}.` });
  return { ...page, headers: { ...page.headers, Allow: methods } };
}
