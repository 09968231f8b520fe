/**
 * The files of the inbox page, which are served unchanged. The page gets everything else from the JSON API.
 */
import { readFileSync } from 'node:fs';

/** The policy allows only the page's own files, and Trusted Types make sure that the page shows data only as text. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const FILES = new Map([
  ['/', file('inbox.html', 'text/html; charset=utf-8')],
  ['/inbox.css', file('inbox.css', 'text/css; charset=utf-8')],
  ['/inbox.js', file('inbox.js', 'text/javascript; charset=utf-8')],
  ['/icon.svg', file('icon.svg', 'image/svg+xml')],
]);

/** @param {string} path */
export function inboxFile(path) {
  return FILES.get(path);
}

/**
 * @param {string} name
 * @param {string} type
 * @returns {import('../pages.js').Page}
 */
function file(name, type) {
  return {
    status: 200,
    headers: { 'Content-Type': type, 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
    body: readFileSync(new URL(name, import.meta.url), 'utf8'),
  };
}
