/**
 * The action SendStatusStatistics, which counts the messages of an application. Each phone number of a request counts
 * as one request.
 */
import { requireOwnApplication } from './application.js';
import { checkHours } from './hour.js';
import { checkLimit, requireNoOffset } from './page.js';

/**
 * @typedef {object} SendStatusStatisticsRequest
 * @property {string} SmsSdkAppId
 * @property {string} BeginTime
 * @property {string} EndTime
 * @property {number} Limit
 * @property {number} Offset
 */

/** @type {import('./parameters.js').ParameterTable} */
export const sendStatusStatisticsParameters = {
  SmsSdkAppId: { type: 'string', required: true },
  BeginTime: { type: 'string', required: true },
  EndTime: { type: 'string', required: true },
  Limit: { type: 'integer', required: true },
  Offset: { type: 'integer', required: true },
};

/**
 * @param {SendStatusStatisticsRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function sendStatusStatistics(
  { SmsSdkAppId, BeginTime, EndTime, Limit, Offset },
  { account, sendRecord },
) {
  requireOwnApplication(account, SmsSdkAppId);
  checkHours(BeginTime, EndTime);
  checkLimit(Limit, 0);
  requireNoOffset(Offset);
  return {
    data: { SendStatusStatistics: sendRecord.countsOf(SmsSdkAppId, BeginTime, EndTime) },
  };
}
