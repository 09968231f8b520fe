/**
 * The parameters that a request contains, read even if the rest of the request is wrong, because a fault is applied
 * before anything is checked.
 */

/**
 * @param {Buffer} body
 * @returns {Record<string, any>} empty if the body cannot be read
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
