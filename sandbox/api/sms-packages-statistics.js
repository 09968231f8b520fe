/**
 * The action SmsPackagesStatistics, which lists the packages that were created within a span.
 */
import { ApiError } from './api-error.js';
import { requireOwnApplication } from './application.js';
import { beginningOf, checkHours, hourOf } from './hour.js';
import { checkLimit } from './page.js';

/**
 * @typedef {object} SmsPackagesStatisticsRequest
 * @property {string} SmsSdkAppId
 * @property {number} Limit
 * @property {number} Offset
 * @property {string} BeginTime
 * @property {string} EndTime
 */

/** @type {import('./parameters.js').ParameterTable} */
export const smsPackagesStatisticsParameters = {
  SmsSdkAppId: { type: 'string', required: true },
  Limit: { type: 'integer', required: true },
  Offset: { type: 'integer', required: true },
  BeginTime: { type: 'string', required: true },
  EndTime: { type: 'string', required: true },
};

/**
 * Lists the packages. They belong to the account and are the same for each of its applications.
 * @param {SmsPackagesStatisticsRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function smsPackagesStatistics(
  { SmsSdkAppId, Limit, Offset, BeginTime, EndTime },
  { account, receivedAt },
) {
  requireOwnApplication(account, SmsSdkAppId);
  checkHours(BeginTime, EndTime);
  if (EndTime === BeginTime || beginningOf(EndTime) >= Date.parse(receivedAt)) {
    throw new ApiError(
      'InvalidParameterValue.EndTimeVerifyFail',
      'EndTime must be later than BeginTime and earlier than now.',
    );
  }
  checkLimit(Limit, 500);
  // It is inferred that the hour of EndTime is included. The documents say so about SendStatusStatistics.
  const created = account.packages.filter(({ createTime }) => {
    const hour = hourOf(createTime * 1000);
    return BeginTime <= hour && hour <= EndTime;
  });
  return {
    data: { SmsPackagesStatisticsSet: created.slice(Offset, Offset + Limit).map(statistics) },
  };
}

/** @param {import('../account.js').Package} each */
function statistics(each) {
  return {
    PackageCreateTime: each.createTime,
    PackageEffectiveTime: each.effectiveTime,
    PackageExpiredTime: each.expiredTime,
    PackageAmount: each.amount,
    PackageType: each.packageType,
    PackageId: each.packageId,
    CurrentUsage: each.currentUsage,
  };
}
