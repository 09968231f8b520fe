/**
 * The choice of the fault for a request: the fault that was set, or the one of its phone number.
 */

import { EventEmitter } from 'node:events';
import { asE164 } from '../api/phone-number.js';
import { phoneNumbersIn } from '../api/requested.js';
import { findFault } from './faults.js';
import { faultOf } from './magic-numbers.js';

/** @typedef {ReturnType<typeof createFaultChoice>} FaultChoice */

const MOST_TRIED_ONCE = 1000;

export function createFaultChoice() {
  /** @type {{ fault: import('./faults.js').Fault, times: number } | undefined} */
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
     * @throws {RangeError} if there is no such fault, or `times` is no number of requests
     */
    set(name, { times = Number.POSITIVE_INFINITY } = {}) {
      const fault = name === undefined ? undefined : findFault(name);
      if (name !== undefined && !fault) throw new RangeError(`There is no fault "${name}".`);
      if (!(times > 0 && (Number.isInteger(times) || times === Number.POSITIVE_INFINITY))) {
        throw new RangeError('"times" is a whole number, 1 or more.');
      }
      chosen = fault && { fault, times };
      triedOnce.clear();
      changes.emit('change');
    },

    /** The fault that is set. */
    get current() {
      return chosen && { name: chosen.fault.name, times: chosen.times };
    },

    /**
     * Returns the fault that applies to this request, if any. Phone numbers choose a fault only when a message is sent
     * to them, not when a request asks about them.
     * @param {import('../api/api.js').ApiRequest} request
     */
    strike({ headers, body }) {
      const given = headers['x-tc-action'] === 'SendSms' ? phoneNumbersIn(body) : [];
      const numbers = given.map(asE164);
      const fault = chosen?.fault ?? faultOf(numbers);
      if (fault?.firstTryOnly) {
        const key = numbers.join();
        if (triedOnce.delete(key)) return undefined;
        triedOnce.add(key);
        // Numbers that never try again are removed, the oldest first.
        if (triedOnce.size > MOST_TRIED_ONCE) triedOnce.delete(triedOnce.values().next().value);
      }
      if (chosen && Number.isFinite(chosen.times)) {
        chosen.times -= 1;
        if (chosen.times === 0) chosen = undefined;
        changes.emit('change');
      }
      return fault;
    },
  };
}
