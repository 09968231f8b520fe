/** The implementation of the host's `sendMessage`. */

import { now } from './clock.js';
import { toConnectorError } from './connector-error.js';
import { printOperatorLine, sendMessage } from './core.js';
import { perform } from './perform.js';

/**
 * Sends one message. Rejects only with the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export async function send(config, data) {
  try {
    const sent = await perform((events) => sendMessage(config, data, events, now()));
    sent.warnings?.forEach(printOperatorLine);
    return sent.receipt;
  } catch (error) {
    throw toConnectorError(error);
  }
}
