/**
 * The tracing channel `tracing:connector-tencent-sms-wasm:send`, for observability tools in the host's process. A
 * send costs nothing for it while nobody subscribes.
 */

import { tracingChannel } from 'node:diagnostics_channel';
import { now } from './clock.js';
import { describeSend } from './core.js';

const channel = tracingChannel('connector-tencent-sms-wasm:send');
const channels = [channel.start, channel.end, channel.asyncStart, channel.asyncEnd, channel.error];

/** @typedef {import('./index.js').SendTrace} SendTrace */

/**
 * The facts about a send that only the send itself knows.
 *
 * @typedef {object} Observed
 * @property {import('./wasm/core.js').Event[]} events
 * @property {import('./wasm/core.js').Receipt} [receipt]
 * @property {import('./wasm/core.js').CoreError} [error]
 */

/** Returns true if anybody listens to the channel. */
export const isTraced = () => channels.some((each) => each.hasSubscribers);

/**
 * Sends a message and publishes its trace. The trace contains nothing personal.
 *
 * @template Result
 * @param {unknown} config
 * @param {unknown} data
 * @param {(observed: Observed) => Promise<Result>} send
 * @returns {Promise<Result>}
 */
export function trace(config, data, send) {
  /** @type {Partial<SendTrace>} */
  const context = {};
  return channel.tracePromise(async () => {
    const startedAt = now();
    /** @type {Observed} */
    const observed = { events: [] };
    try {
      return await send(observed);
    } finally {
      const { receipt, error } = observed;
      Object.assign(context, describeSend(config, data, observed.events), {
        outcome: receipt ? 'accepted' : (error?.outcome ?? 'unknown'),
        tencentCode: error?.data.tencentCode,
        serialNo: receipt?.serialNo,
        requestId: receipt?.requestId ?? error?.data.requestId,
        durationMs: now() - startedAt,
      });
    }
  }, context);
}
