/** Readers of the sandbox's help page. */

/** @param {string} html */
export const unescapeHtml = (html) =>
  html.replace(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));

/**
 * Returns the connector's config on the page, or an empty text if there is none.
 *
 * @param {string} page
 */
export function configOn(page) {
  const [, shown = ''] = /<pre[^>]*aria-labelledby="config"[^>]*><code>([^<]*)</.exec(page) ?? [];
  return unescapeHtml(shown);
}
