/** The parts that all commands share: their arguments, their mistakes, and the key in the environment. */

import { parseArgs } from 'node:util';
import { isDoctorInputError, quoted } from './core.js';

/** @typedef {import('./texts/texts.js').Texts} Texts */

/**
 * Parses the arguments of a command.
 *
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {string[]} args
 * @param {Options} options
 */
export function parseArguments(args, options) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...options,
        // main.js reads the language, because errors in the arguments have a language too.
        lang: /** @type {const} */ ({ type: 'string' }),
        help: /** @type {const} */ ({ type: 'boolean', default: false }),
      },
    });
  } catch (error) {
    return quoted(error instanceof Error ? error.message : String(error));
  }
}

/** Returns the API key in the environment, for a config without one. */
export const keyInEnvironment = () => ({
  secretId: process.env.TENCENTCLOUD_SECRET_ID,
  secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  token: process.env.TENCENTCLOUD_TOKEN,
});

/**
 * Returns the sentence for an error of the core. Other errors than those about the input are not printed, because
 * the core's data may contain a key.
 *
 * @param {unknown} error
 * @param {string} name the source of the input
 * @param {Texts} texts
 */
export const problemOf = (error, name, texts) =>
  isDoctorInputError(error) ? `${name} ${error.message}` : texts.stopped;

/**
 * Reports that a command could not run.
 *
 * @param {string} command
 * @param {string} problem
 * @returns {2} the exit status
 */
export function fail(command, problem) {
  process.stderr.write(`${command}: ${problem.trimEnd()}\n`);
  return 2;
}
