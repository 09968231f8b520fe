/**
 * Phone numbers as SendSms reads them (cloud.tencent.com/document/api/382/55981, PhoneNumberSet).
 */

/**
 * @typedef {object} PhoneNumber
 * @property {string} e164
 * @property {boolean} mainland
 * @property {string} isoCode `DEF` where the sandbox does not know the country
 */

/**
 * `+86`, `0086`, `86` and no prefix at all are mainland. So a foreign number without its `+` is
 * somebody else's in China if it happens to have 11 digits (18624017194, meant as +1 862 401 7194),
 * and no number otherwise.
 */
const MAINLAND = /^(?:\+86|0086|86)?(?<mobile>1[3-9]\d{9})$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** A few calling codes; enough to try things, and `DEF` is an answer of Tencent's too. */
const ISO_CODES = new Map([
  ['1', 'US'],
  ['33', 'FR'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['60', 'MY'],
  ['61', 'AU'],
  ['65', 'SG'],
  ['66', 'TH'],
  ['81', 'JP'],
  ['82', 'KR'],
  ['84', 'VN'],
  ['852', 'HK'],
  ['853', 'MO'],
  ['886', 'TW'],
]);

/**
 * @param {string} given
 * @returns {PhoneNumber | undefined} undefined if it is no number
 */
export function parsePhoneNumber(given) {
  const mobile = MAINLAND.exec(given)?.groups?.mobile;
  if (mobile) return { e164: `+86${mobile}`, mainland: true, isoCode: 'CN' };
  if (!E164.test(given) || given.startsWith('+86')) return undefined;
  return { e164: given, mainland: false, isoCode: isoCodeOf(given.slice(1)) };
}

/** @param {string} digits */
function isoCodeOf(digits) {
  // No calling code begins with another one, so at most one of these is in the table.
  const codes = [1, 2, 3].map((length) => ISO_CODES.get(digits.slice(0, length)));
  return codes.find((code) => code !== undefined) ?? 'DEF';
}
