/** One HTTP exchange, within limits, and what is known of it where it fails. */

import { follow } from './in-flight.js';
import { endTurn, turn } from './turns.js';

/**
 * Tencent's answers to a message have some 400 bytes, its longest lists (100 templates) some 50 KB.
 * What is longer is not Tencent's.
 */
const longestAnswer = 256 * 1024;

/**
 * Sends a request and reads the answer; never rejects.
 *
 * @param {import('./wasm/core.js').HttpRequest} request
 * @param {import('./wasm/core.js').Limits} limits
 * @returns {Promise<import('./wasm/core.js').Event>}
 */
export async function exchange({ url, ...request }, { connectTimeoutMs, timeoutMs }) {
  const sentAt = Date.now();
  const limit = new AbortController();
  const giveUp = () => limit.abort(new DOMException('', 'TimeoutError'));
  const timer = setTimeout(giveUp, timeoutMs);
  if (!(await turn(limit.signal))) {
    return { sentAt, failure: 'TimeoutError', requestSent: false };
  }
  const progress = follow(request.headers['X-TC-TraceId'], () => limit.abort());
  const connectTimer = setTimeout(() => progress.isUnsent() && giveUp(), connectTimeoutMs);
  try {
    const response = await fetch(url, {
      ...request,
      // The request holds a live code, signed for this host and no other.
      redirect: 'manual',
      signal: limit.signal,
    });
    const body = await readText(response);
    progress.answered();
    const { status, headers } = response;
    return { sentAt, receivedAt: Date.now(), status, date: dateOf(headers), body };
  } catch (error) {
    return { sentAt, failure: failureOf(error), requestSent: !progress.isUnsent() };
  } finally {
    endTurn();
    clearTimeout(connectTimer);
    clearTimeout(timer);
    progress.forget();
  }
}

/**
 * @param {Response} response
 * @returns {Promise<string>} the body, cut off where it is too long
 */
async function readText({ body }) {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) {
      break;
    }
  }
  return text;
}

/** @param {Headers} headers */
function dateOf(headers) {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}

/**
 * The code of a failure, never its text: undici's texts quote headers, `Authorization` among them.
 *
 * @param {unknown} error
 * @returns {string}
 */
function failureOf(error) {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
