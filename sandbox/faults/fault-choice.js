/**
 * The choice of the fault for a request: the fault that was set, or the one of its phone number.
 */

import { EventEmitter } from 'node:events';
import { actionNames } from '../api/api.js';
import { asE164 } from '../api/phone-number.js';
import { phoneNumbersIn } from '../api/requested.js';
import { findFault } from './faults.js';
import { faultOf } from './magic-numbers.js';

/** @typedef {ReturnType<typeof createFaultChoice>} FaultChoice */

const MOST_TRIED_ONCE = 1000;

/**
 * The action of a fault with a number of times that names none. Logto also asks for statistics in the background, and
 * they must not use up the fault that was meant for a message.
 */
const COUNTED_ACTION = 'SendSms';

export function createFaultChoice() {
  /** @type {{ fault: import('./faults.js').Fault, times: number, action: string | undefined } | undefined} */
  let chosen;
  /** Phone numbers after a first try with a fault that does not apply to the second. */
  const triedOnce = new Set();
  const changes = new EventEmitter().setMaxListeners(0);

  return {
    /** Emits `change` when the fault changes, or the number of requests that it still applies to. */
    changes,

    /**
     * Sets the fault of the next requests. It replaces the one that was set before.
     * @param {string} [name] undefined for no fault
     * @param {object} [options]
     * @param {number} [options.times] the number of requests; without it, all until the next change
     * @param {string} [options.action] the action of the requests; without it, SendSms if `times` is given, and
     *   otherwise every request
     * @throws {RangeError} if there is no such fault or action, or `times` is no number of requests
     */
    set(
      name,
      {
        times = Number.POSITIVE_INFINITY,
        action = times === Number.POSITIVE_INFINITY ? undefined : COUNTED_ACTION,
      } = {},
    ) {
      const fault = name === undefined ? undefined : findFault(name);
      if (name !== undefined && !fault) throw new RangeError(`There is no fault "${name}".`);
      if (!(times > 0 && (Number.isInteger(times) || times === Number.POSITIVE_INFINITY))) {
        throw new RangeError('"times" is a whole number, 1 or more.');
      }
      if (action !== undefined && !actionNames.includes(action)) {
        throw new RangeError(`"action" is ${actionNames.join(', ')}, not "${action}".`);
      }
      chosen = fault && { fault, times, action };
      triedOnce.clear();
      changes.emit('change');
    },

    /** The fault that is set. */
    get current() {
      return chosen && { name: chosen.fault.name, times: chosen.times, action: chosen.action };
    },

    /**
     * Returns the fault that applies to this request, if any. Phone numbers choose a fault only when a message is sent
     * to them, not when a request asks about them.
     * @param {import('../api/api.js').ApiRequest} request
     */
    strike(request) {
      const action = request.headers['x-tc-action'];
      const given = action === 'SendSms' ? phoneNumbersIn(request) : [];
      const numbers = given.map(asE164);
      const striking = chosen && (chosen.action ?? action) === action ? chosen : undefined;
      const fault = striking?.fault ?? faultOf(numbers);
      if (fault?.firstTryOnly) {
        const key = numbers.join();
        if (triedOnce.delete(key)) return undefined;
        triedOnce.add(key);
        // Numbers that never try again are removed, the oldest first.
        if (triedOnce.size > MOST_TRIED_ONCE) triedOnce.delete(triedOnce.values().next().value);
      }
      if (striking && Number.isFinite(striking.times)) {
        striking.times -= 1;
        if (striking.times === 0) chosen = undefined;
        changes.emit('change');
      }
      return fault;
    },
  };
}
