/** The loop around the core: it performs each step of the core and adds an event with the result. */

import { now } from './clock.js';
import { logWait } from './debug-log.js';
import { exchange, maxAnswerLength, sharedExchange } from './exchange.js';
import { readPlaces } from './read-places.js';

/**
 * Performs one of the core's tasks from its start to its outcome.
 *
 * @template Outcome
 * @param {(events: import('./wasm/core.js').Event[]) => import('./wasm/core.js').Step<Outcome>} nextStep
 * @param {number} maxLength the longest answer that is read, in UTF-16 code units
 * @returns {Promise<Outcome>}
 */
export async function perform(nextStep, maxLength = maxAnswerLength) {
  /** @type {import('./wasm/core.js').Event[]} */
  const events = [{ startedAt: now() }];
  for (;;) {
    const step = nextStep(events);
    switch (step.kind) {
      case 'request':
        events.push(
          await (step.isShared ? sharedExchange : exchange)(step.request, step, maxLength),
        );
        break;
      case 'requests':
        events.push(
          ...(await Promise.all(
            step.requests.map((request) => exchange(request, step, maxLength)),
          )),
        );
        break;
      case 'store': {
        // Most configs need no Redis.
        const { askStore } = await import('./store/store.js');
        events.push(await askStore(step.command));
        break;
      }
      case 'examineStore': {
        // Only the doctor needs it.
        const { examineStore } = await import('./store/examine.js');
        events.push(await examineStore(step.command));
        break;
      }
      case 'read':
        events.push(readPlaces(step));
        break;
      case 'wait':
        await new Promise((resolve) => setTimeout(resolve, step.ms));
        logWait(step.ms);
        events.push({ waitedMs: step.ms });
        break;
      case 'done':
        return step.outcome;
    }
  }
}

/**
 * Performs one of the core's tasks that only read, without waiting.
 *
 * @template Outcome
 * @param {(events: import('./wasm/core.js').Event[]) => import('./wasm/core.js').ReadingStep<Outcome>} nextStep
 * @returns {Outcome}
 */
export function performAtOnce(nextStep) {
  /** @type {import('./wasm/core.js').Event[]} */
  const events = [];
  for (;;) {
    const step = nextStep(events);
    if (step.kind === 'done') {
      return step.outcome;
    }
    events.push(readPlaces(step));
  }
}
