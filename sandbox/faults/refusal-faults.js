/**
 * Faults in which Tencent's side gives another answer, against its own rules or for reasons that the sandbox does not
 * have: any error code, and answers that are nearly right. Each is a judge: a function from the sandbox's own result
 * to the result that replaces it.
 */
import { ApiError } from '../api/api-error.js';
import { asE164 } from '../api/phone-number.js';
import { phoneNumbersIn, requested } from '../api/requested.js';
import { refused } from '../api/send-sms.js';

/** @typedef {import('../api/api.js').ApiRequest} ApiRequest */
/** @typedef {import('../api/api.js').ApiResult} ApiResult */
/** @typedef {(result: ApiResult, request: ApiRequest) => ApiResult} Judge */

/**
 * Refuses the whole request.
 * @param {string} code
 * @returns {Judge}
 */
export function refuseRequest(code) {
  return (result) => refusal(result, { Code: code, Message: toldSo(code) });
}

/**
 * Refuses each number of the request. A request that sends to no number is not changed.
 * @param {string} code
 * @returns {Judge}
 */
export function refuseNumbers(code) {
  const error = new ApiError(code, toldSo(code));
  return (result, request) => {
    if (request.headers['x-tc-action'] !== 'SendSms') return result;
    const { SessionContext } = requested(request);
    const SendStatusSet = phoneNumbersIn(request).map((given) =>
      refused({ SessionContext }, asE164(given), error),
    );
    const { RequestId } = result.answer.Response;
    const answer = { Response: { SendStatusSet, RequestId } };
    return { ...result, outcome: code, messages: [], answer };
  };
}

/**
 * Answers with an error that quotes what no log may contain: the number, the code and the Authorization header.
 * @param {'Message' | 'Code' | 'RequestId'} where
 * @returns {Judge}
 */
export function echo(where) {
  return (result, request) => {
    const { PhoneNumberSet, TemplateParamSet } = requested(request);
    const quoted = [PhoneNumberSet, TemplateParamSet, request.headers.authorization]
      .flat()
      .join(' ');
    const error = { Code: 'InternalError', Message: 'internal error' };
    if (where === 'RequestId') return refusal(result, error, quoted);
    return refusal(result, { ...error, [where]: `${error[where]}.${quoted}` });
  };
}

/**
 * @param {ApiResult} result
 * @param {{ Code: string, Message: string }} error
 * @param {string} [RequestId]
 * @returns {ApiResult}
 */
function refusal(result, error, RequestId = result.answer.Response.RequestId) {
  const answer = { Response: { Error: error, RequestId } };
  return { ...result, outcome: error.Code, messages: [], answer };
}

/** @param {string} code */
const toldSo = (code) => `The sandbox was told to answer ${code}.`;
