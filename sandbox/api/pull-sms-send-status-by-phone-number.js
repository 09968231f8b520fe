/**
 * The action PullSmsSendStatusByPhoneNumber, which lists the delivery reports about one number. The sandbox's carrier
 * delivers every message a few seconds after its acceptance, unless a fault strikes it.
 */
import { ApiError } from './api-error.js';
import { requireOwnApplication } from './application.js';
import { checkLimit, requireNoOffset } from './page.js';
import { parsePhoneNumber, requirePhoneNumber } from './phone-number.js';
import { reportStatus } from './receipts.js';

const SEVEN_DAYS = 7 * 24 * 60 * 60;

/**
 * @typedef {object} PullSmsSendStatusByPhoneNumberRequest
 * @property {number} BeginTime UNIX seconds
 * @property {number} Offset
 * @property {number} Limit
 * @property {string} PhoneNumber
 * @property {string} SmsSdkAppId
 * @property {number} [EndTime] UNIX seconds
 */

/** @type {import('./parameters.js').ParameterTable} */
export const pullSmsSendStatusByPhoneNumberParameters = {
  BeginTime: { type: 'integer', required: true },
  Offset: { type: 'integer', required: true },
  Limit: { type: 'integer', required: true },
  PhoneNumber: { type: 'string', required: true },
  SmsSdkAppId: { type: 'string', required: true },
  EndTime: { type: 'integer' },
};

/**
 * @param {PullSmsSendStatusByPhoneNumberRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function pullSmsSendStatusByPhoneNumber(request, { account, receivedAt, sendRecord }) {
  const now = Date.parse(receivedAt) / 1000;
  const { BeginTime, EndTime = now, Limit, Offset, PhoneNumber, SmsSdkAppId } = request;
  requireOwnApplication(account, SmsSdkAppId);
  checkSpan(BeginTime, EndTime, now);
  checkLimit(Limit, 100);
  requireNoOffset(Offset);
  const number = requirePhoneNumber(PhoneNumber);
  // It is inferred that the span refers to the time of sending.
  const reports = sendRecord
    .acceptedFor(SmsSdkAppId, number.e164)
    .filter(({ time }) => BeginTime <= time / 1000 && time / 1000 <= EndTime)
    .flatMap(({ status, report }) =>
      report && report.time / 1000 <= now ? { status, report } : [],
    )
    .slice(0, Limit)
    .map(({ status, report }) => sendStatus(status, report));
  return { data: { PullSmsSendStatusSet: reports } };
}

/**
 * Returns a delivery report as Tencent's pull actions show it.
 * @param {import('./send-sms.js').SendStatus} status
 * @param {import('./send-record.js').DeliveryReport} report
 */
export function sendStatus({ PhoneNumber, SerialNo }, { time, receipt }) {
  const number = parsePhoneNumber(PhoneNumber);
  return {
    UserReceiveTime: Math.floor(time / 1000),
    CountryCode: number?.nationCode ?? '',
    SubscriberNumber: number?.subscriberNumber ?? '',
    PhoneNumber,
    SerialNo,
    ReportStatus: reportStatus(receipt),
    // The examples in Tencent's documents show the carrier's code here.
    Description: receipt.code,
    // Tencent returns the SessionContext only for accounts that have it enabled.
    SessionContext: '',
  };
}

/**
 * @param {number} BeginTime
 * @param {number} EndTime
 * @param {number} now UNIX seconds
 */
function checkSpan(BeginTime, EndTime, now) {
  if (BeginTime < now - SEVEN_DAYS) {
    throw new ApiError(
      'InvalidParameterValue.BeginTimeVerifyFail',
      'BeginTime is more than 7 days ago.',
    );
  }
  if (BeginTime > EndTime) {
    throw new ApiError('InvalidParameterValue.InvalidStartTime', 'BeginTime is after EndTime.');
  }
}
