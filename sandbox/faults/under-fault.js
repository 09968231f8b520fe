/**
 * The result of a request under a fault, on Tencent's side. The fault's `act` then sends the answer.
 */

/** @typedef {import('./faults.js').Fault} Fault */

/**
 * @typedef {Omit<import('../api/api.js').ApiResult, 'answer'> & {
 *   fault: string | undefined,
 *   answer?: import('../api/api.js').ApiResult['answer'],
 * }} FaultyResult
 *   `fault` is the name of the fault. If it kept the request from Tencent's side, `outcome` is this name too, and there
 *   is no `answer`. Otherwise `answer` is that of Tencent's side, even if the fault then damages or loses it.
 */

/**
 * @param {Fault | undefined} fault
 * @param {import('../api/api.js').ApiResult} result the result without the fault
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
 * Returns the Date header.
 * @param {Fault | undefined} fault
 * @param {number} time UNIX milliseconds
 * @returns {string | undefined} undefined for no header
 */
export function dateUnder(fault, time) {
  const date = fault?.clock?.date;
  return date === undefined ? new Date(time).toUTCString() : (date ?? undefined);
}
