/**
 * The log of each step, for `NODE_DEBUG=connector-tencent-sms-wasm`. It contains Tencent's IDs, which
 * Tencent's support asks for, and nothing personal.
 */

import { debuglog } from 'node:util';
import { now } from './clock.js';

const log = debuglog('connector-tencent-sms-wasm');

/**
 * Prints a line. An error of the console is ignored, so that only the line is lost, not the outcome of a send.
 *
 * @param {...string} parts
 */
function print(...parts) {
  try {
    // Texts from outside must not move a terminal's cursor.
    log('%s', parts.join(' ').replace(/[^ -~]/g, '?'));
  } catch {
    // There is no other place to report this.
  }
}

/** @param {number} startedAt */
const since = (startedAt) => `after ${now() - startedAt} ms`;

/**
 * Logs the end of an HTTP exchange.
 *
 * @param {string} url
 * @param {import('./wasm/core.js').Exchanged
 *   & ({ status: number } | import('./wasm/core.js').FailedExchange)} exchanged
 * @param {number} startedAt
 */
export function logExchange(url, exchanged, startedAt) {
  if (!log.enabled) {
    return;
  }
  // A wrapper around `fetch` may name an error in any way. Without digits, the name contains no number and no code.
  const result =
    'failure' in exchanged
      ? `failed (${exchanged.failure.replace(/\d/g, '#')})`
      : `answered with HTTP status ${exchanged.status}`;
  print(exchanged.action, 'to', new URL(url).host, result, since(startedAt));
}

/**
 * Logs the end of a command for the shared counts.
 *
 * @param {string} action
 * @param {string} result
 * @param {number} startedAt
 */
export function logStore(action, result, startedAt) {
  print(action, 'in the shared counts', result, since(startedAt));
}

/** @param {number} ms */
export function logWait(ms) {
  print(`waited ${ms} ms before the next attempt`);
}

/** @param {import('./wasm/core.js').Receipt} receipt */
export function logAcceptance({ serialNo, requestId }) {
  print(`Tencent accepted the message: SerialNo ${serialNo}, RequestId ${requestId ?? 'unknown'}`);
}
