/**
 * The problems with the Redis, by their codes. The rest of this folder is loaded when a message needs the Redis,
 * because the network modules of Node take several milliseconds and a megabyte.
 */

import { createRequire } from 'node:module';
import { readAddress } from './redis-url.js';

/** An error with a code for the operator, see `storeLine`. */
export class StoreError extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Returns the problem that keeps this process from using the Redis at all, as far as it shows without a connection. */
export function storeProblem() {
  try {
    createRequire(import.meta.url).resolve('redis');
    readAddress(process.env);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

/**
 * Returns the code of an error: of Node (`ECONNREFUSED`), of a reply (`READONLY`), or one of the shim's own. Its
 * text is not used, because it may quote the address with its password.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function codeOf(error) {
  const { code, message, name } = /** @type {{ [key: string]: unknown }} */ (Object(error));
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return 'no-package';
  }
  const ofReply = /^[A-Z]{2,20}(?= |$)/.exec(String(message))?.[0];
  return String((typeof code === 'string' && code) || ofReply || name || 'unknown');
}
