/** The sandbox's help page, as a person reads it. */

/** @param {string} html */
export const unescapeHtml = (html) =>
  html.replace(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));

/**
 * The connector's config, as it is copied from the page; empty if it is not there.
 *
 * @param {string} page
 */
export function configOn(page) {
  const [, shown = ''] = /<pre[^>]*aria-labelledby="config"[^>]*><code>([^<]*)</.exec(page) ?? [];
  return unescapeHtml(shown);
}
