/** One HTTP exchange, within its time, and what is known of it where it fails. */

import { now } from './clock.js';
import { follow } from './in-flight.js';
import { watchTunnels } from './proxy-tunnels.js';
import { endTurn, hasLeft, takeTurn } from './turns.js';

/** @typedef {import('./wasm/core.js').Event} Event */
/** @typedef {import('./wasm/core.js').FailedExchange} FailedExchange */
/** @typedef {import('./wasm/core.js').AnsweredExchange} AnsweredExchange */

/**
 * The longest answer that is read. Tencent's answers to a message have some 400 bytes, its longest lists
 * (100 templates) some 50 KB.
 */
const longestAnswer = 256 * 1024;

/**
 * Sends a request and reads the answer. Never rejects, and settles in time whatever `fetch` does: a host
 * may have replaced it by one that ignores its signal.
 *
 * @param {import('./wasm/core.js').HttpRequest} request
 * @param {import('./wasm/core.js').Limits} limits
 * @returns {Promise<Event>}
 */
export async function exchange({ action, url, ...request }, { timeoutMs }) {
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
      following = follow(
        request.headers['X-TC-TraceId'] ?? '',
        endpoint.hostname,
        () => hasLeft(turn),
        () => giveUp('repeated'),
      );
      const response = await fetch(url, {
        ...request,
        // The request holds a live code, signed for this host and no other.
        redirect: 'manual',
        signal: limit.signal,
      });
      const body = await readText(response);
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
  return { action, departures: following.departures(), ...outcome };
}

/**
 * @param {Response} response `fetch`'s, or one that a wrapper made
 * @returns {Promise<string>} the body, cut off where it is too long
 */
async function readText(response) {
  /** @type {unknown} */
  const body = response.body;
  if (!isAsyncIterable(body)) {
    return typeof response.text === 'function' ? String(await response.text()) : String(body ?? '');
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) {
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
 * The status only explains an answer that is not Tencent's: the body decides.
 *
 * @param {{ status: unknown }} response
 */
function statusOf({ status }) {
  const number = Number(status);
  return Number.isInteger(number) && number >= 0 && number <= 999 ? number : 0;
}

/**
 * The `Date` header only helps where the clock is wrong: an answer without one is as good.
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

/** The depth to which causes are looked through: fetch's error has one, a wrapper's may have more. */
const mostCauses = 5;

/** @param {string} message of undici's, which has a proxy's status nowhere else */
const proxyStatusOf = (message) => /^Proxy response \((\d{3})\)/.exec(message)?.[1];

/**
 * Describes an error by its code, never by its text: undici's texts quote headers, `Authorization` among
 * them. The code of Node's `fetch` stands on the error's cause, that of other clients on the error.
 *
 * @param {unknown} error
 * @returns {FailedExchange}
 */
function failureOf(error) {
  try {
    let cause = /** @type {any} */ (error);
    for (let depth = 0; depth < mostCauses && cause instanceof Object; depth += 1) {
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
