/** The time, as the core takes it. */

/**
 * Returns the time in whole UNIX milliseconds, whatever the host has done to its clock: with fractions,
 * before 1970, or no number at all. An odd clock may cost a signature, never an outcome.
 *
 * @returns {number}
 */
export function now() {
  const time = Math.trunc(Number(Date.now()));
  return time > 0 && Number.isSafeInteger(time) ? time : 0;
}
