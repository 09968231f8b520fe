/**
 * Answers that are correct HTTP, but not what Tencent's documents promise. Each is a function from the JSON text of the
 * right answer to the body that replaces it.
 */
import { reply } from '../http/reply.js';

/**
 * @param {(answer: string) => string | Buffer} toBody
 * @returns {import('./wire-faults.js').Act}
 */
export function answering(toBody) {
  return (exchange) => reply(exchange, { body: toBody(exchange.answer) });
}

/** @param {Record<string, unknown>} changes to the fields of `Response` */
export const withResponse = (changes) => changing((response) => ({ ...response, ...changes }));

/** @param {Record<string, unknown>} changes to each status */
export const withStatus = (changes) => changingStatus((status) => ({ ...status, ...changes }));

/** Changes the last digit of the number. */
export const withAnotherNumber = changingStatus((status) => ({
  ...status,
  PhoneNumber: status.PhoneNumber.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
}));

export const responseAsText = changing((response) => JSON.stringify(response));

export const statusesAsObject = changing(({ SendStatusSet, ...rest }) => {
  return { SendStatusSet: { ...SendStatusSet }, ...rest };
});

/** @param {number} levels */
export const nested = (levels) => () =>
  `{"Response":${'['.repeat(levels)}${']'.repeat(levels)},"x":0}`;

const REFUSAL = '{"Error":{"Code":"InternalError","Message":"internal error"},"RequestId":"x"}';

/** @param {string} answer `{"Response":…}` */
export const okThenError = (answer) => `${answer.slice(0, -1)},"Response":${REFUSAL}}`;

/** @param {string} answer */
export const errorThenOk = (answer) => `{"Response":${REFUSAL},${answer.slice(1)}`;

/** Puts 5 MB of white space around the answer. @param {string} answer */
export function huge(answer) {
  const whiteSpace = ' '.repeat(2.5 * 1024 * 1024);
  return whiteSpace + answer + whiteSpace;
}

/** Puts a single byte 0xFF into Message, which nobody has to read. @param {string} answer */
export function invalidUtf8(answer) {
  const bytes = Buffer.from(answer.replace('"Message":"', '$&\u0000'));
  bytes[bytes.indexOf(0)] = 0xff;
  return bytes;
}

/** @param {string} answer */
export const bom = (answer) => `\ufeff${answer}`;

/** @param {(status: import('../api/send-sms.js').SendStatus) => unknown} change */
function changingStatus(change) {
  return changing(({ SendStatusSet, ...rest }) => {
    return { SendStatusSet: SendStatusSet?.map(change), ...rest };
  });
}

/**
 * @param {(response: import('../api/api.js').ApiResponse) => unknown} change
 * @returns {(answer: string) => string}
 */
function changing(change) {
  return (answer) => JSON.stringify({ Response: change(JSON.parse(answer).Response) });
}
