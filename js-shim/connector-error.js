/** The core's errors as the host's own class: anything else that is thrown becomes HTTP 500. */

import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { zodErrorOf } from './config-guard.js';
import { isCoreError, tellOperator } from './core.js';

/**
 * @param {unknown} error what the core threw
 * @returns {ConnectorError}
 */
export function toConnectorError(error) {
  if (!isCoreError(error)) {
    return trapped();
  }
  tellOperator(error.operatorLine);
  return new ConnectorError(codeOf(error), error.issues ? zodErrorOf(error.issues) : error.data);
}

/**
 * Kits before 5.1 lack `usage_limit_exceeded`; both are HTTP 429.
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
 * The core broke, perhaps after the request had left. What it was working on stays out of the error
 * and of the console.
 */
function trapped() {
  tellOperator(
    'The core stopped unexpectedly, and was started anew. The message may or may not have been sent; ' +
      'later ones are not affected. Please report it',
  );
  return new ConnectorError(ConnectorErrorCodes.General, {
    errorDescription:
      'The message may be on its way. Please wait a moment before you ask for another one.',
  });
}
