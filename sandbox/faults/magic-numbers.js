/**
 * Phone numbers that choose a fault, as the test cards of payment providers do.
 *
 * Each fault has two numbers: `+86 194 0000 01NN` and `+1 646 555 01NN`. Logto's sign-in page, the connector and the
 * sandbox accept them as numbers, but they should belong to nobody. The North American plan reserves the lines 555-0100
 * to 555-0199 of every area for fiction. China reserves no numbers. As of 2026 no carrier had the prefix 194
 * (libphonenumber's full data does not contain it), but it may be assigned one day. The sandbox sends nothing. Do not
 * send messages to these numbers through Tencent.
 */
import { faults } from './faults.js';

const MAINLAND_PREFIX = '+86194000001';
const OVERSEAS_PREFIX = '+164655501';

const byNumber = new Map(
  faults.flatMap((fault) => magicNumbers(fault).map((number) => [number, fault])),
);

/**
 * @param {Pick<import('./faults.js').Fault, 'magic'>} fault
 * @returns {string[]} the mainland number and the overseas number in E.164; empty if the fault has none
 */
export function magicNumbers({ magic }) {
  return magic ? [MAINLAND_PREFIX + magic, OVERSEAS_PREFIX + magic] : [];
}

/** @param {string[]} e164 @returns {import('./faults.js').Fault | undefined} */
export function faultOf(e164) {
  return e164.map((number) => byNumber.get(number)).find((fault) => fault !== undefined);
}
