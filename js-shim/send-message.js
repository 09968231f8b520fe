/** The implementation of the host's `sendMessage`. */

import { now } from './clock.js';
import { toConnectorError } from './connector-error.js';
import { isCoreError, printOperatorLine, sendMessage, trapError } from './core.js';
import { logAcceptance } from './debug-log.js';
import { perform } from './perform.js';

/**
 * Sends one message. Rejects only with the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @param {{ isTest: boolean }} options `isTest` if the operator tests a config in the Console
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export async function send(config, data, { isTest }) {
  try {
    const sent = await perform((events) => sendMessage(config, data, events, now(), isTest));
    logAcceptance(sent.receipt);
    sent.warnings?.forEach(printOperatorLine);
    return sent.receipt;
  } catch (error) {
    throw toConnectorError(isCoreError(error) ? error : trapError(data, isTest));
  }
}
