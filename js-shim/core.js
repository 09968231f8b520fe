/**
 * The wasm core, loaded once per process.
 *
 * The core is loaded synchronously and at module scope, because the host calls the connector's factory
 * again for every request that lists connectors.
 */

import { readFileSync } from 'node:fs';
import { environmentLocale, readCatalogue } from './operator-language.js';
import * as core from './wasm/core.js';

core.initSync({
  module: new WebAssembly.Module(readFileSync(new URL('./wasm/core_bg.wasm', import.meta.url))),
});

export const sendMessage = replacingTrapped(core.sendMessage);
export const trapError = replacingTrapped(core.trapError);
export const validateConfig = replacingTrapped(core.validateConfig);
export const countMessages = replacingTrapped(core.countMessages);
export const usageKey = replacingTrapped(core.usageKey);
export const storeLine = replacingTrapped(core.storeLine);
export const describeSend = replacingTrapped(core.describeSend);

/** The catalogue in the operator's language, or nothing for English. */
const translation = readCatalogue(core.translationFor(environmentLocale()));
core.useTranslation(translation);

const print = replacingTrapped(core.printOperatorLine);

/**
 * Prints a line on the operator's console. Errors of the console are ignored, so that only the line is
 * lost.
 *
 * @param {string} line without a full stop
 */
export function printOperatorLine(line) {
  try {
    print(line);
  } catch {
    // There is no other place to report this.
  }
}

/**
 * Wraps an export, so that a trap replaces the instance before the next call. An intended error is an
 * `Error` with a name of the core's own. Anything else is a trap, which leaves the instance in an unknown
 * state. No send is lost with the instance, because an instance only keeps caches between calls (the last
 * parsed config, the day's key, the offsets of the clock), unused randomness, and the counts of the limits,
 * whose loss refuses nobody.
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
      if (!isCoreError(error)) {
        core.__wbg_reset_state();
        core.useTranslation(translation);
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
