/**
 * The action DescribePhoneNumberInfo, which reads phone numbers as SendSms would.
 */
import { checkCount, parsePhoneNumber } from './phone-number.js';

/** @typedef {{ PhoneNumberSet: string[] }} DescribePhoneNumberInfoRequest */

/** @type {import('./parameters.js').ParameterTable} */
export const describePhoneNumberInfoParameters = {
  PhoneNumberSet: { type: 'string[]', required: true },
};

/** @param {DescribePhoneNumberInfoRequest} request */
export function describePhoneNumberInfo({ PhoneNumberSet }) {
  checkCount(PhoneNumberSet);
  return { data: { PhoneNumberInfoSet: PhoneNumberSet.map(info) } };
}

/** @param {string} given */
function info(given) {
  const number = parsePhoneNumber(given);
  if (!number) {
    // Only the unchanged number is documented. The rest of this answer is inferred.
    return {
      Code: 'FailedOperation.PhoneNumberParseFail',
      Message: 'Not a phone number.',
      NationCode: '',
      SubscriberNumber: '',
      PhoneNumber: given,
      IsoCode: 'DEF',
      IsoName: '',
    };
  }
  return {
    Code: 'Ok',
    Message: 'ok',
    NationCode: number.nationCode,
    SubscriberNumber: number.subscriberNumber,
    PhoneNumber: number.e164,
    IsoCode: number.isoCode,
    IsoName: number.isoName,
  };
}
