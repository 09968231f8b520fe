/**
 * Converts the core's errors to the host's class `ConnectorError`, because the host answers HTTP 500 for
 * any other error.
 */

import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { zodErrorOf } from './config-guard.js';
import { printOperatorLine } from './core.js';

/**
 * @param {import('./wasm/core.js').CoreError} error
 * @returns {ConnectorError}
 */
export function toConnectorError(error) {
  printOperatorLine(error.operatorLine);
  return new ConnectorError(codeOf(error), error.issues ? zodErrorOf(error.issues) : error.data);
}

/**
 * Returns the kit's code for an error. Kits before 5.1 lack `usage_limit_exceeded`, so
 * `rate_limit_exceeded` replaces it there. The host answers HTTP 429 for both.
 *
 * @param {import('./wasm/core.js').CoreError} error
 * @returns {ConnectorErrorCodes}
 */
function codeOf({ code }) {
  return (
    Object.values(ConnectorErrorCodes).find((known) => known === code) ??
    ConnectorErrorCodes.RateLimitExceeded
  );
}
