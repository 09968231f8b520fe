/**
 * Phone numbers as SendSms reads them (cloud.tencent.com/document/api/382/55981, PhoneNumberSet).
 * It shares no code with the connector on purpose: when both agree, two readings agree.
 */

import { ApiError } from './api-error.js';

/** Of one request. */
export const MOST_NUMBERS = 200;

/**
 * @typedef {object} PhoneNumber
 * @property {string} e164
 * @property {boolean} mainland
 * @property {string} nationCode the calling code
 * @property {string} subscriberNumber what follows it
 * @property {string} isoCode `DEF` where the sandbox does not know the country
 * @property {string} isoName empty where it does not
 */

/**
 * `+86`, `0086`, `86` and no prefix at all are mainland. So a foreign number without its `+` is
 * somebody else's in China if it happens to have 11 digits (18624017194, meant as +1 862 401 7194),
 * and no number otherwise. That a 0 after +86 is dropped is what DescribePhoneNumberInfo documents,
 * which promises to read numbers as sending does.
 */
const MAINLAND = /^(?:\+860?|0086|86)?(?<mobile>1[3-9]\d{9})$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** The calling codes of fewer than three digits (ITU-T E.164); no code begins with another one. */
const SHORT_CALLING_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * A few countries; enough to try things, and `DEF` is an answer of Tencent's too. What shares a
 * calling code (Canada, Kazakhstan) is taken for its largest country.
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
 * @throws {ApiError} if they are more than one request may name
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
 * @returns {string} as it is, if it is no number
 */
export const asE164 = (given) => parsePhoneNumber(given)?.e164 ?? given;

/** @param {string} digits */
function inParts(digits) {
  const nationCode = SHORT_CALLING_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  const [isoCode, isoName] = COUNTRIES.get(nationCode) ?? ['DEF', ''];
  return { nationCode, subscriberNumber: digits.slice(nationCode.length), isoCode, isoName };
}
