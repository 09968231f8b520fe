/** The loop around the core: does what it says, and tells it what came of that. */

import { toConnectorError } from './connector-error.js';
import { sendMessage } from './core.js';
import { exchange } from './exchange.js';

/** What this machine's clock is off, as an earlier answer told; the core decides. */
let clockOffset = 0;

/**
 * Sends one message. Rejects with nothing but the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export async function send(config, data) {
  /** @type {import('./wasm/core.js').Event[]} */
  const events = [];
  for (;;) {
    const step = nextStep(config, data, events);
    switch (step.kind) {
      case 'request':
        events.push(await exchange(step));
        break;
      case 'wait':
        await new Promise((resolve) => setTimeout(resolve, step.ms));
        events.push({ waitedMs: step.ms });
        break;
      case 'sent':
        clockOffset = step.clockOffset;
        return step.receipt;
    }
  }
}

/**
 * @param {unknown} config
 * @param {unknown} data
 * @param {import('./wasm/core.js').Event[]} events
 */
function nextStep(config, data, events) {
  try {
    return sendMessage(config, data, events, Date.now(), clockOffset);
  } catch (error) {
    throw toConnectorError(error);
  }
}
