/**
 * Phone numbers that choose a fault, as the test cards of payment providers do.
 *
 * Each fault has two: `+86 194 0000 01NN` and `+1 646 555 01NN`. Logto's sign-in page, the connector
 * and the sandbox take them for numbers, and they are meant to be nobody's. In the North American
 * plan the lines 555-0100 to 555-0199 of every area are kept for fiction. China keeps none; no
 * carrier had the prefix 194 as of 2026 (libphonenumber's full data does not know it), but it may be
 * given out one day. The sandbox sends nothing; do not send to them through Tencent.
 */
import { faults } from './faults.js';

const MAINLAND_PREFIX = '+86194000001';
const OVERSEAS_PREFIX = '+164655501';

const byNumber = new Map(
  faults.flatMap((fault) => magicNumbers(fault).map((number) => [number, fault])),
);

/**
 * @param {Pick<import('./faults.js').Fault, 'magic'>} fault
 * @returns {string[]} the mainland one and the overseas one, in E.164; empty if it has none
 */
export function magicNumbers({ magic }) {
  return magic ? [MAINLAND_PREFIX + magic, OVERSEAS_PREFIX + magic] : [];
}

/** @param {string[]} e164 @returns {import('./faults.js').Fault | undefined} */
export function faultOf(e164) {
  return e164.map((number) => byNumber.get(number)).find((fault) => fault !== undefined);
}
