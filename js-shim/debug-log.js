/**
 * The log of each step, for `NODE_DEBUG=connector-tencent-sms-wasm`. It contains Tencent's IDs, which
 * Tencent's support asks for, and nothing personal.
 */

import { debuglog } from 'node:util';
import { now } from './clock.js';

const log = debuglog('connector-tencent-sms-wasm');

/**
 * Logs the end of an HTTP exchange.
 *
 * @param {string} url
 * @param {import('./wasm/core.js').Exchanged
 *   & ({ status: number } | import('./wasm/core.js').FailedExchange)} exchanged
 * @param {number} startedAt
 */
export function logExchange(url, exchanged, startedAt) {
  if (log.enabled) {
    // A wrapper around `fetch` may name an error in any way. Without digits, the name contains no number and no code.
    const result =
      'failure' in exchanged
        ? `failed (${exchanged.failure.replace(/\d/g, '#')})`
        : `answered with HTTP status ${exchanged.status}`;
    const duration = now() - startedAt;
    log('%s to %s %s after %d ms', exchanged.action, new URL(url).host, result, duration);
  }
}

/**
 * Logs the end of a command for the shared counts.
 *
 * @param {string} action
 * @param {string} result
 * @param {number} startedAt
 */
export function logStore(action, result, startedAt) {
  log('%s in the shared counts %s after %d ms', action, result, now() - startedAt);
}

/** @param {number} ms */
export function logWait(ms) {
  log('waited %d ms before the next attempt', ms);
}

/** @param {import('./wasm/core.js').Receipt} receipt */
export function logAcceptance({ serialNo, requestId }) {
  log('Tencent accepted the message: SerialNo %s, RequestId %s', serialNo, requestId ?? 'unknown');
}
