/**
 * What a request asks for, read from its body however wrong the rest of it is: a fault strikes
 * before anything is checked.
 */

/**
 * @param {Buffer} body
 * @returns {Record<string, any>} empty if it cannot be read
 */
export function requested(body) {
  try {
    return JSON.parse(body.toString()) ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {Buffer} body
 * @returns {string[]}
 */
export function phoneNumbersIn(body) {
  const { PhoneNumberSet } = requested(body);
  return Array.isArray(PhoneNumberSet)
    ? PhoneNumberSet.filter((given) => typeof given === 'string')
    : [];
}
