/**
 * Whether a request has begun to leave. `fetch` itself does not tell; but undici, which is behind it,
 * publishes each request that it takes on and each whose headers it is about to write. A request that
 * it took on and whose headers it did not write was not sent. Should a version of Node publish the
 * first and not the second, that shows at the first answer, and no request counts as unsent any more.
 *
 * And `fetch` sends once more, unasked, what was answered with status 421, as its standard says. Whether
 * to send again is the core's decision: a request that is taken on for a second time is stopped.
 */

import { subscribe } from 'node:diagnostics_channel';

/**
 * By trace id, while in flight.
 *
 * @type {Map<string, { isTakenOn: boolean, isWritten: boolean, stop: () => void }>}
 */
const inFlight = new Map();
let tellsWhatIsWritten = true;

subscribe('undici:request:create', (message) => {
  const exchange = exchangeOf(
    /** @type {{ request: { headers: unknown } }} */ (message).request.headers,
  );
  if (exchange?.isWritten) {
    exchange.stop();
  } else if (exchange) {
    exchange.isTakenOn = true;
  }
});
subscribe('undici:client:sendHeaders', (message) => {
  const exchange = exchangeOf(/** @type {{ headers: unknown }} */ (message).headers);
  if (exchange) {
    exchange.isWritten = true;
  }
});

/**
 * The exchange that headers belong to, if it is one of ours: the host has requests of its own.
 *
 * @param {unknown} headers a text, or names and values in turn
 */
function exchangeOf(headers) {
  if (inFlight.size === 0) {
    return undefined;
  }
  const [, traceId = ''] = /x-tc-traceid(?:: ?|,)([0-9a-f-]{36})/i.exec(String(headers)) ?? [];
  return inFlight.get(traceId);
}

/**
 * Follows a request from now on, until it is forgotten.
 *
 * @param {string} traceId its `X-TC-TraceId`
 * @param {() => void} stop called where it is about to leave once more
 */
export function follow(traceId, stop) {
  const exchange = { isTakenOn: false, isWritten: false, stop };
  inFlight.set(traceId, exchange);
  return {
    isUnsent: () => tellsWhatIsWritten && exchange.isTakenOn && !exchange.isWritten,
    answered() {
      tellsWhatIsWritten &&= exchange.isWritten;
    },
    forget: () => inFlight.delete(traceId),
  };
}
