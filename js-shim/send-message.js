/** Sending, as the host wants it. */

import { now } from './clock.js';
import { toConnectorError } from './connector-error.js';
import { sendMessage, tellOperator } from './core.js';
import { perform } from './perform.js';

/**
 * Sends one message. Rejects with nothing but the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export async function send(config, data) {
  try {
    const sent = await perform((events) => sendMessage(config, data, events, now()));
    sent.warnings?.forEach(tellOperator);
    return sent.receipt;
  } catch (error) {
    throw toConnectorError(error);
  }
}
