/**
 * What a request comes to when a fault strikes it, on Tencent's side; how the answer then leaves is
 * the fault's `act`.
 */

/** @typedef {import('./faults.js').Fault} Fault */

/**
 * @typedef {Omit<import('../api/api.js').ApiResult, 'answer'> & {
 *   fault: string | undefined,
 *   answer?: import('../api/api.js').ApiResult['answer'],
 * }} FaultyResult
 *   `fault` is the one that struck. If it kept Tencent's side from the request, `outcome` is its
 *   name and there is no `answer`; else `answer` is what Tencent's side gave, also where the fault
 *   spoils or loses it.
 */

/**
 * @param {Fault | undefined} fault
 * @param {import('../api/api.js').ApiResult} result the right one
 * @param {import('../api/api.js').ApiRequest} request
 * @returns {FaultyResult}
 */
export function resultUnder(fault, result, request) {
  if (!fault) return { ...result, fault: undefined };
  const { name, judge, accepted } = fault;
  if (judge) return { ...judge(result, request), fault: name };
  if (accepted) return { ...result, fault: name };
  return { ...result, fault: name, outcome: name, messages: [], answer: undefined };
}

/**
 * @param {Fault | undefined} fault
 * @param {number} time UNIX milliseconds
 */
export function timeUnder(fault, time) {
  return time + (fault?.clock?.offset ?? 0);
}

/**
 * The Date header.
 * @param {Fault | undefined} fault
 * @param {number} time UNIX milliseconds
 * @returns {string | undefined} undefined for none
 */
export function dateUnder(fault, time) {
  const date = fault?.clock?.date;
  return date === undefined ? new Date(time).toUTCString() : (date ?? undefined);
}
