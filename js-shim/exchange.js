/** One HTTP exchange with a time limit, and the description of its failure. */

import { now } from './clock.js';
import { logExchange } from './debug-log.js';
import { follow } from './in-flight.js';
import { watchTunnels } from './proxy-tunnels.js';
import { endTurn, hasLeft, takeTurn } from './turns.js';

/** @typedef {import('./wasm/core.js').Event} Event */
/** @typedef {import('./wasm/core.js').FailedExchange} FailedExchange */
/** @typedef {import('./wasm/core.js').AnsweredExchange} AnsweredExchange */

/**
 * The longest answer of Tencent's that is read, in UTF-16 code units. Its answers to a message have about 400
 * bytes, and its longest lists (100 templates) about 50 KB.
 */
export const maxAnswerLength = 256 * 1024;

/**
 * Sends a request and reads the answer. Never rejects, and settles in time even if `fetch` does not,
 * because the host may have replaced `fetch` with a function that ignores its signal.
 *
 * @param {import('./wasm/core.js').HttpRequest} request
 * @param {import('./wasm/core.js').Limits} limits
 * @param {number} maxLength the longest answer that is read
 * @returns {Promise<Event>}
 */
export async function exchange({ action, url, ...request }, { timeoutMs }, maxLength) {
  const startedAt = now();
  const limit = new AbortController();
  let following = { departures: () => 0, end: () => {} };
  let hasTurn = false;
  /** @type {(failure: string) => void} */
  let giveUp = () => {};
  /** @type {Promise<FailedExchange>} */
  const givenUp = new Promise((resolve) => {
    giveUp = (failure) => {
      resolve({ failure });
      limit.abort();
    };
  });
  const timer = setTimeout(() => giveUp(hasTurn ? 'deadline' : 'too many sends'), timeoutMs);

  /** @returns {Promise<FailedExchange | AnsweredExchange>} */
  async function attempt() {
    const turn = await takeTurn(limit.signal);
    hasTurn = turn !== undefined;
    if (!turn) {
      return { failure: 'too many sends' };
    }
    try {
      if (typeof fetch !== 'function') {
        return { failure: 'no fetch' };
      }
      const endpoint = new URL(url);
      watchTunnels(endpoint);
      const traceId = request.headers['X-TC-TraceId'];
      // Requests to the metadata service and to Logto have no trace id.
      if (traceId !== undefined) {
        following = follow(
          traceId,
          endpoint.hostname,
          () => hasLeft(turn),
          () => giveUp('repeated'),
        );
      }
      const response = await fetch(url, {
        ...request,
        // The request contains a live code, and is signed for this host only.
        redirect: 'manual',
        signal: limit.signal,
      });
      const body = await readText(response, maxLength);
      return {
        receivedAt: now(),
        status: statusOf(response),
        date: dateOf(response.headers),
        body,
      };
    } catch (error) {
      return failureOf(error);
    } finally {
      endTurn(turn);
    }
  }

  const outcome = await Promise.race([attempt(), givenUp]);
  clearTimeout(timer);
  following.end();
  const exchanged = { action, departures: following.departures(), ...outcome };
  logExchange(url, exchanged, startedAt);
  return exchanged;
}

/**
 * The exchanges under way that several tasks wait for, by their requests.
 *
 * @type {Map<string, Promise<Event>>}
 */
const shared = new Map();

/**
 * Sends a request, or waits for the exchange of another task that sends the same request. Each task gets the event,
 * so that one renewal of a key serves many sends.
 *
 * @param {import('./wasm/core.js').HttpRequest} request
 * @param {import('./wasm/core.js').Limits} limits
 * @param {number} maxLength the longest answer that is read
 * @returns {Promise<Event>}
 */
export async function sharedExchange(request, limits, maxLength) {
  const key = `${request.method} ${request.url} ${request.body}`;
  const other = shared.get(key);
  if (!other) {
    const own = exchange(request, limits, maxLength);
    shared.set(key, own);
    own.then(() => shared.delete(key));
    return own;
  }
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<Event>} */
  const late = new Promise((resolve) => {
    const event = { action: request.action, departures: 0, failure: 'deadline' };
    timer = setTimeout(() => resolve(event), limits.timeoutMs);
  });
  const event = await Promise.race([other, late]);
  clearTimeout(timer);
  return event;
}

/**
 * @param {Response} response a response of `fetch` or of a wrapper around it
 * @param {number} maxLength
 * @returns {Promise<string>} the body, cut off if it is too long
 */
async function readText(response, maxLength) {
  /** @type {unknown} */
  const body = response.body;
  if (!isAsyncIterable(body)) {
    return typeof response.text === 'function' ? String(await response.text()) : String(body ?? '');
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > maxLength) {
      break;
    }
  }
  return text;
}

/**
 * @param {unknown} body
 * @returns {body is AsyncIterable<string | Uint8Array>}
 */
const isAsyncIterable = (body) =>
  body !== null && typeof body === 'object' && Symbol.asyncIterator in body;

/**
 * Returns the status, or 0 if it is not a valid one. The status only explains an answer without Tencent's
 * format, because the core decides by the body.
 *
 * @param {{ status: unknown }} response
 */
function statusOf({ status }) {
  const number = Number(status);
  return Number.isInteger(number) && number >= 0 && number <= 999 ? number : 0;
}

/**
 * Returns the time in the `Date` header. A missing header is not an error, because the time only matters
 * if this machine's clock is wrong.
 *
 * @param {Headers} headers
 * @returns {number | undefined}
 */
function dateOf(headers) {
  try {
    const date = Date.parse(headers.get('date') ?? '');
    return date > 0 ? date : undefined;
  } catch {
    return undefined;
  }
}

/** The depth to which causes are searched. An error of `fetch` has one cause, a wrapper's may have more. */
const maxCauses = 5;

/** @param {string} message undici's message, the only place with the proxy's status */
const proxyStatusOf = (message) => /^Proxy response \((\d{3})\)/.exec(message)?.[1];

/**
 * Describes an error by its code. The error's text is never used, because undici's texts quote headers,
 * including `Authorization`. With Node's `fetch` the code is on the error's cause, with other clients on
 * the error itself.
 *
 * @param {unknown} error
 * @returns {FailedExchange}
 */
function failureOf(error) {
  try {
    let cause = /** @type {any} */ (error);
    for (let depth = 0; depth < maxCauses && cause instanceof Object; depth += 1) {
      if (typeof cause.code === 'string') {
        const { code, syscall, erroredSysCall, hostname, port, errors } = cause;
        const status = proxyStatusOf(String(cause.message));
        const failedPort = Number(port ?? errors?.[0]?.port);
        return {
          failure: code,
          syscall: textOf(syscall ?? erroredSysCall ?? errors?.[0]?.syscall),
          hostname: textOf(hostname),
          port: failedPort > 0 ? failedPort : undefined,
          proxyStatus: status ? Number(status) : undefined,
        };
      }
      cause = cause.cause;
    }
    return { failure: textOf(/** @type {any} */ (error)?.name) ?? typeof error };
  } catch {
    return { failure: 'unreadable' };
  }
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value : undefined);
