/**
 * Converts the core's errors to the host's class `ConnectorError`, because the host answers HTTP 500 for
 * any other error.
 */

import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { zodErrorOf } from './config-guard.js';
import { isCoreError, printOperatorLine } from './core.js';

/**
 * @param {unknown} error the value that the core threw
 * @returns {ConnectorError}
 */
export function toConnectorError(error) {
  if (!isCoreError(error)) {
    return trapError();
  }
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

/**
 * Returns the error after a trap in the core. The request may have been sent before the trap. The error
 * and the console line contain no data of the send, because the data may be secret.
 */
function trapError() {
  printOperatorLine(
    'The core stopped unexpectedly, and was started anew. The message may or may not have been sent; ' +
      'later ones are not affected. Please report it',
  );
  return new ConnectorError(ConnectorErrorCodes.General, {
    errorDescription:
      'The message may be on its way. Please wait a moment before you ask for another one.',
  });
}
