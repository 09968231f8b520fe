/** The implementation of the host's `sendMessage`. */

import { now } from './clock.js';
import { toConnectorError } from './connector-error.js';
import { isCoreError, printOperatorLine, sendMessage, trapError } from './core.js';
import { logAcceptance } from './debug-log.js';
import { perform } from './perform.js';
import { isTraced, trace } from './trace.js';

/**
 * Sends one message. Rejects only with the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @param {{ isTest: boolean }} options `isTest` if the operator tests a config in the Console
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export function send(config, data, options) {
  return isTraced()
    ? trace(config, data, (observed) => sendObserved(config, data, options, observed))
    : sendObserved(config, data, options);
}

/**
 * @param {unknown} config
 * @param {unknown} data
 * @param {{ isTest: boolean }} options
 * @param {import('./trace.js').Observed} [observed] takes the facts for the trace
 */
async function sendObserved(config, data, { isTest }, observed) {
  try {
    const sent = await perform((events) => {
      if (observed) {
        observed.events = events;
      }
      return sendMessage(config, data, events, now(), isTest);
    });
    logAcceptance(sent.receipt);
    sent.warnings?.forEach(printOperatorLine);
    if (observed) {
      observed.receipt = sent.receipt;
    }
    return sent.receipt;
  } catch (error) {
    const coreError = isCoreError(error) ? error : trapError(data, isTest);
    if (observed) {
      observed.error = coreError;
    }
    throw toConnectorError(coreError);
  }
}
