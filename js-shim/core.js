/**
 * The wasm core, loaded once per process.
 *
 * Synchronously and at module scope: the host calls the connector's factory again for every request
 * that lists connectors, so the factory must find everything ready.
 */

import { readFileSync } from 'node:fs';
import * as core from './wasm/core.js';

core.initSync({
  module: new WebAssembly.Module(readFileSync(new URL('./wasm/core_bg.wasm', import.meta.url))),
});

export const sendMessage = replacingTrapped(core.sendMessage);
export const validateConfig = replacingTrapped(core.validateConfig);
export const countMessages = replacingTrapped(core.countMessages);
export const countedSubject = replacingTrapped(core.countedSubject);
export const examine = replacingTrapped(core.examine);
export const sendTestMessage = replacingTrapped(core.sendTestMessage);
export const quoted = replacingTrapped(core.quoted);

const print = replacingTrapped(core.tellOperator);

/**
 * Prints a line on the operator's console. A console that throws costs the line and nothing else.
 *
 * @param {string} line without a full stop
 */
export function tellOperator(line) {
  try {
    print(line);
  } catch {
    // There is nobody left to tell.
  }
}

/**
 * Wraps an export. What it throws on purpose is an `Error` with a name of the core's own; anything else
 * is a trap, which leaves the instance in an unknown state. The next call gets a fresh one. No send is
 * lost with the old one, because all that an instance keeps from one call to the next is what it would
 * work out again, the last config as it was read and the day's key, and randomness that is not used yet.
 *
 * @template {unknown[]} Parameters
 * @template Result
 * @param {(...parameters: Parameters) => Result} call
 * @returns {(...parameters: Parameters) => Result}
 */
function replacingTrapped(call) {
  return (...parameters) => {
    try {
      return call(...parameters);
    } catch (error) {
      if (!isCoreError(error) && !isDoctorInputError(error)) {
        core.__wbg_reset_state();
      }
      throw error;
    }
  };
}

/**
 * @param {unknown} error
 * @returns {error is import('./wasm/core.js').CoreError}
 */
export function isCoreError(error) {
  return error instanceof Error && error.name === 'CoreError';
}

/**
 * @param {unknown} error
 * @returns {error is import('./wasm/core.js').DoctorInputError}
 */
export function isDoctorInputError(error) {
  return error instanceof Error && error.name === 'DoctorInputError';
}
