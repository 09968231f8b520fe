/**
 * The actions that list delivery reports: PullSmsSendStatus, which hands out each report once, and
 * PullSmsSendStatusByPhoneNumber. The sandbox's carrier delivers every message a few seconds after its acceptance,
 * unless a fault strikes it.
 */
import { requireOwnApplication } from './application.js';
import { checkLimit } from './page.js';
import { parsePhoneNumber } from './phone-number.js';
import { checkPull, within } from './pull.js';
import { reportStatus } from './receipts.js';

/** @typedef {{ Limit: number, SmsSdkAppId: string }} PullSmsSendStatusRequest */

/**
 * It is inferred that a report which was pulled in this way is not pulled again, and that pulling by phone number
 * uses up no report.
 * @param {PullSmsSendStatusRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function pullSmsSendStatus({ Limit, SmsSdkAppId }, { account, receivedAt, sendRecord }) {
  requireOwnApplication(account, SmsSdkAppId);
  checkLimit(Limit, 100);
  const pulled = sendRecord
    .reportsOf(SmsSdkAppId, Date.parse(receivedAt))
    .filter(({ send }) => !send.isReportPulled)
    .slice(0, Limit);
  for (const { send } of pulled) send.isReportPulled = true;
  return { data: { PullSmsSendStatusSet: pulled.map(status) } };
}

/**
 * @param {import('./pull.js').PullByPhoneNumberRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function pullSmsSendStatusByPhoneNumber(request, { account, receivedAt, sendRecord }) {
  const now = Date.parse(receivedAt);
  const number = checkPull(request, account, now);
  // It is inferred that the span refers to the time of sending.
  const reports = sendRecord
    .reportsOf(request.SmsSdkAppId, now)
    .filter(({ send }) => send.status.PhoneNumber === number.e164)
    .filter(({ send }) => within(request, send.time));
  return { data: { PullSmsSendStatusSet: reports.slice(0, request.Limit).map(status) } };
}

/** @param {ReturnType<import('./send-record.js').SendRecord['reportsOf']>[number]} report */
function status({ send: { status }, report: { time, receipt } }) {
  const number = parsePhoneNumber(status.PhoneNumber);
  return {
    UserReceiveTime: Math.floor(time / 1000),
    CountryCode: number?.nationCode ?? '',
    SubscriberNumber: number?.subscriberNumber ?? '',
    PhoneNumber: status.PhoneNumber,
    SerialNo: status.SerialNo,
    ReportStatus: reportStatus(receipt),
    // The examples in Tencent's documents show the carrier's code here.
    Description: receipt.code,
    // Tencent returns the SessionContext only for accounts that have it enabled.
    SessionContext: '',
  };
}
