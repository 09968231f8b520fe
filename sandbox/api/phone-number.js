/**
 * Phone numbers as SendSms reads them (cloud.tencent.com/document/api/382/55981, PhoneNumberSet). This module shares
 * no code with the connector on purpose: if both agree, two independent readings of the document agree.
 */

import { ApiError } from './api-error.js';

/** The largest number of phone numbers in one request. */
export const MOST_NUMBERS = 200;

/**
 * @typedef {object} PhoneNumber
 * @property {string} e164
 * @property {boolean} mainland
 * @property {string} nationCode the calling code
 * @property {string} subscriberNumber the digits after the calling code
 * @property {string} isoCode `DEF` if the sandbox does not know the country
 * @property {string} isoName empty if the sandbox does not know the country
 */

/**
 * Numbers with `+86`, `0086`, `86` or no prefix are mainland numbers. A foreign number without its `+` is therefore
 * taken for a Chinese one if it has 11 digits (18624017194, meant as +1 862 401 7194), and is invalid otherwise.
 * DescribePhoneNumberInfo documents that a 0 after +86 is dropped, and promises to read numbers as SendSms does.
 */
const MAINLAND = /^(?:\+860?|0086|86)?(?<mobile>1[3-9]\d{9})$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** The calling codes with one or two digits (ITU-T E.164). No code is the beginning of another. */
const SHORT_CALLING_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * A few countries, which are enough for trying things: Tencent, too, answers `DEF` for some numbers. Countries that
 * share a calling code (Canada, Kazakhstan) are taken for the largest of them.
 * @type {Map<string, [isoCode: string, isoName: string]>}
 */
const COUNTRIES = new Map([
  ['1', ['US', 'United States']],
  ['33', ['FR', 'France']],
  ['44', ['GB', 'United Kingdom']],
  ['49', ['DE', 'Germany']],
  ['60', ['MY', 'Malaysia']],
  ['61', ['AU', 'Australia']],
  ['65', ['SG', 'Singapore']],
  ['66', ['TH', 'Thailand']],
  ['81', ['JP', 'Japan']],
  ['82', ['KR', 'South Korea']],
  ['84', ['VN', 'Vietnam']],
  ['86', ['CN', 'China']],
  ['852', ['HK', 'Hong Kong (China)']],
  ['853', ['MO', 'Macao (China)']],
  ['886', ['TW', 'Taiwan (China)']],
]);

/**
 * @param {string} given
 * @returns {PhoneNumber | undefined} undefined if it is no number
 */
export function parsePhoneNumber(given) {
  const mobile = MAINLAND.exec(given)?.groups?.mobile;
  if (mobile) return { e164: `+86${mobile}`, mainland: true, ...inParts(`86${mobile}`) };
  if (!E164.test(given) || given.startsWith('+86')) return undefined;
  return { e164: given, mainland: false, ...inParts(given.slice(1)) };
}

/**
 * @param {string} given
 * @throws {ApiError} if it is no number
 */
export function requirePhoneNumber(given) {
  const number = parsePhoneNumber(given);
  if (!number) {
    throw new ApiError('InvalidParameterValue.IncorrectPhoneNumber', 'Not a phone number.');
  }
  return number;
}

/**
 * @param {string[]} numbers
 * @throws {ApiError} if there are too many for one request
 */
export function checkCount(numbers) {
  if (numbers.length > MOST_NUMBERS) {
    throw new ApiError(
      'LimitExceeded.PhoneNumberCountLimit',
      `More than ${MOST_NUMBERS} phone numbers.`,
    );
  }
}

/**
 * @param {string} given
 * @returns {string} the number in E.164, or the given text if it is no number
 */
export const asE164 = (given) => parsePhoneNumber(given)?.e164 ?? given;

/** @param {string} digits */
function inParts(digits) {
  const nationCode = SHORT_CALLING_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  const [isoCode, isoName] = COUNTRIES.get(nationCode) ?? ['DEF', ''];
  return { nationCode, subscriberNumber: digits.slice(nationCode.length), isoCode, isoName };
}
