/** Sending, as the host wants it. */

import { toConnectorError } from './connector-error.js';
import { sendMessage } from './core.js';
import { perform } from './perform.js';

/** What this machine's clock is off, as an earlier answer told; the core decides. */
let offset = 0;

/** For other requests of this process. */
export const clockOffset = () => offset;

/**
 * Sends one message. Rejects with nothing but the host's `ConnectorError`.
 *
 * @param {unknown} config
 * @param {unknown} data
 * @returns {Promise<import('./wasm/core.js').Receipt>}
 */
export async function send(config, data) {
  // As it is now, for all of its steps: one that another send corrects meanwhile is not what this one was
  // signed with, and would not look wrong.
  const known = offset;
  try {
    const sent = await perform((events) => sendMessage(config, data, events, Date.now(), known));
    if (sent.clockOffset !== known) {
      offset = sent.clockOffset;
    }
    return sent.receipt;
  } catch (error) {
    throw toConnectorError(error);
  }
}
