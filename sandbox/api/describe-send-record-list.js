/**
 * The action DescribeSendRecordList, which lists what was sent to one number, accepted or not. Only Tencent's SDKs
 * document it. The masking of the content, and the fields of a refused message, are inferred.
 */
import { ApiError } from './api-error.js';
import { requireOwnApplication } from './application.js';
import { checkLimit } from './page.js';
import { requirePhoneNumber } from './phone-number.js';
import { checkOrder, within } from './pull.js';
import { reportStatus } from './receipts.js';

const MOST_HOURS = 72;
const MOST_RECORDS = 1000;

/** The states of a message. */
const REFUSED = 1;
const DELIVERED = 2;
const SENDING = 3;
const NOT_DELIVERED = 4;

/**
 * @typedef {object} DescribeSendRecordListRequest
 * @property {string} PhoneNumber
 * @property {string} SmsSdkAppId
 * @property {number} BeginTime UNIX seconds
 * @property {number} [EndTime] UNIX seconds
 * @property {number} [Limit]
 * @property {number} [Offset]
 */

/** @type {import('./parameters.js').ParameterTable} */
export const describeSendRecordListParameters = {
  PhoneNumber: { type: 'string', required: true },
  SmsSdkAppId: { type: 'string', required: true },
  BeginTime: { type: 'integer', required: true },
  EndTime: { type: 'integer' },
  Limit: { type: 'integer' },
  Offset: { type: 'integer' },
};

/**
 * @param {DescribeSendRecordListRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function describeSendRecordList(request, { account, receivedAt, sendRecord }) {
  const now = Date.parse(receivedAt);
  const { SmsSdkAppId, BeginTime, EndTime = now / 1000, Limit = 20, Offset = 0 } = request;
  requireOwnApplication(account, SmsSdkAppId);
  if (BeginTime < now / 1000 - MOST_HOURS * 3600) {
    const message = `BeginTime is more than ${MOST_HOURS} hours ago.`;
    throw new ApiError('InvalidParameterValue.BeginTimeVerifyFail', message);
  }
  checkOrder(BeginTime, EndTime);
  if (Limit === 0) {
    throw new ApiError('InvalidParameterValue.LimitVerifyFail', 'Limit is at least 1.');
  }
  checkLimit(Limit, 50);
  if (Offset > MOST_RECORDS) {
    const message = `Offset is at most ${MOST_RECORDS}.`;
    throw new ApiError('InvalidParameterValue.OffsetVerifyFail', message);
  }
  const number = requirePhoneNumber(request.PhoneNumber);
  const sends = sendRecord
    .sendsOf(SmsSdkAppId)
    .filter(({ status }) => status.PhoneNumber === number.e164)
    .filter(({ time }) => within(request, time))
    .reverse()
    .slice(0, MOST_RECORDS);
  return {
    data: {
      SendRecordSet: sends.slice(Offset, Offset + Limit).map((send) => record(send, now)),
      TotalCount: sends.length,
    },
  };
}

/**
 * @param {import('./send-record.js').Send} send
 * @param {number} now UNIX milliseconds
 */
function record({ time, status, message, report }, now) {
  const arrived = message && report && report.time <= now ? report : undefined;
  const isDelivered = arrived !== undefined && reportStatus(arrived.receipt) === 'SUCCESS';
  const reported = isDelivered ? DELIVERED : NOT_DELIVERED;
  return {
    PhoneNumber: status.PhoneNumber,
    SerialNo: status.SerialNo,
    SendStatus: message ? (arrived ? reported : SENDING) : REFUSED,
    RequestCode: status.Code,
    StatusCode: arrived?.receipt.code ?? '',
    IsoCode: status.IsoCode,
    Content: message ? masked(message) : '',
    SendTime: Math.floor(time / 1000),
    UserReceiveTime: arrived && isDelivered ? Math.floor(arrived.time / 1000) : 0,
  };
}

/** Masks the values in the text of a message. @param {import('./send-sms.js').Message} message */
function masked({ text, templateParams }) {
  return templateParams
    .filter((value) => value !== '')
    .reduce((content, value) => content.replaceAll(value, '*'.repeat(value.length)), text);
}
