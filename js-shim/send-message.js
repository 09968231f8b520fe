/** The loop around `fetch`: does what the core says, and tells it what became of that. */

import { toConnectorError } from './connector-error.js';
import { sendMessage } from './core.js';

/** Tencent's answers to a message have some 400 bytes. What is longer is not Tencent's. */
const longestAnswer = 64 * 1024;

/**
 * Sends one message. Rejects with nothing but the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export async function send(config, data) {
  /** @type {import('./wasm/core.js').Attempt[]} */
  const attempts = [];
  for (;;) {
    const step = nextStep(config, data, attempts);
    if (step.kind === 'sent') {
      return step.receipt;
    }
    attempts.push(await attempt(step));
  }
}

/**
 * @param {unknown} config
 * @param {unknown} data
 * @param {import('./wasm/core.js').Attempt[]} attempts
 */
function nextStep(config, data, attempts) {
  try {
    return sendMessage(config, data, attempts, Date.now());
  } catch (error) {
    throw toConnectorError(error);
  }
}

/**
 * @param {Extract<import('./wasm/core.js').Step, { kind: 'request' }>} step
 * @returns {Promise<import('./wasm/core.js').Attempt>}
 */
async function attempt({ request: { url, ...request }, timeoutMs }) {
  try {
    const response = await fetch(url, {
      ...request,
      // The request holds a live code, signed for this host and no other.
      redirect: 'manual',
      // For the body too, not only for the headers.
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await readText(response) };
  } catch (error) {
    return { failure: failureOf(error) };
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
