/** The clock, in the format of the core. */

/**
 * Returns the time in whole UNIX milliseconds. The host may have replaced `Date.now()`, so that it
 * returns fractions, times before 1970 or no number. With a wrong clock Tencent may reject a signature,
 * but the outcome of a send must not be lost.
 *
 * @returns {number}
 */
export function now() {
  const time = Math.trunc(Number(Date.now()));
  return time > 0 && Number.isSafeInteger(time) ? time : 0;
}
