/**
 * The action CallbackStatusStatistics, which counts the delivery reports of an application. It is inferred that a
 * report counts in the hour in which it arrived, and a message in the hour in which it was accepted. The sandbox
 * counts those messages that it still keeps.
 */
import { ApiError } from './api-error.js';
import { requireOwnApplication } from './application.js';
import { beginningOf, checkHours, hourOf } from './hour.js';
import { checkLimit, requireNoOffset } from './page.js';
import { NO_CAUSES, reportStatus } from './receipts.js';

const MOST_DAYS = 32;

/** @typedef {import('./send-status-statistics.js').SendStatusStatisticsRequest} CallbackStatusStatisticsRequest */

/**
 * @param {CallbackStatusStatisticsRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function callbackStatusStatistics(
  { SmsSdkAppId, BeginTime, EndTime, Limit, Offset },
  { account, receivedAt, sendRecord },
) {
  requireOwnApplication(account, SmsSdkAppId);
  checkHours(BeginTime, EndTime);
  if (beginningOf(EndTime) - beginningOf(BeginTime) > MOST_DAYS * 24 * 60 * 60 * 1000) {
    const message = `EndTime is more than ${MOST_DAYS} days after BeginTime.`;
    throw new ApiError('InvalidParameterValue.EndTimeVerifyFail', message);
  }
  checkLimit(Limit, 0);
  requireNoOffset(Offset);
  /** @param {number} time UNIX milliseconds */
  const within = (time) => BeginTime <= hourOf(time) && hourOf(time) <= EndTime;
  const sends = sendRecord.sendsOf(SmsSdkAppId);
  const arrived = sendRecord
    .reportsOf(SmsSdkAppId, Date.parse(receivedAt))
    .map(({ report }) => report)
    .filter(({ time }) => within(time));
  const failed = arrived.filter(({ receipt }) => reportStatus(receipt) === 'FAIL');
  const causes = { ...NO_CAUSES };
  for (const { receipt } of failed) if (receipt.cause) causes[receipt.cause] += 1;
  return {
    data: {
      CallbackStatusStatistics: {
        CallbackCount: arrived.length,
        RequestSuccessCount: sends.filter(({ message, time }) => message && within(time)).length,
        CallbackFailCount: failed.length,
        CallbackSuccessCount: arrived.length - failed.length,
        ...causes,
      },
    },
  };
}
