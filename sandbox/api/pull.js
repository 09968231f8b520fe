/**
 * The parameters of the pull actions: for all numbers, or for one number within a span.
 */
import { ApiError } from './api-error.js';
import { requireOwnApplication } from './application.js';
import { checkLimit, requireNoOffset } from './page.js';
import { requirePhoneNumber } from './phone-number.js';

const SEVEN_DAYS = 7 * 24 * 60 * 60;

/** @type {import('./parameters.js').ParameterTable} */
export const pullParameters = {
  Limit: { type: 'integer', required: true },
  SmsSdkAppId: { type: 'string', required: true },
};

/**
 * @typedef {object} PullByPhoneNumberRequest
 * @property {number} BeginTime UNIX seconds
 * @property {number} Offset
 * @property {number} Limit
 * @property {string} PhoneNumber
 * @property {string} SmsSdkAppId
 * @property {number} [EndTime] UNIX seconds
 */

/** @type {import('./parameters.js').ParameterTable} */
export const pullByPhoneNumberParameters = {
  BeginTime: { type: 'integer', required: true },
  Offset: { type: 'integer', required: true },
  Limit: { type: 'integer', required: true },
  PhoneNumber: { type: 'string', required: true },
  SmsSdkAppId: { type: 'string', required: true },
  EndTime: { type: 'integer' },
};

/**
 * @param {PullByPhoneNumberRequest} request
 * @param {import('../account.js').Account} account
 * @param {number} now UNIX milliseconds
 * @returns {import('./phone-number.js').PhoneNumber}
 */
export function checkPull(request, account, now) {
  const { BeginTime, EndTime = now / 1000, Limit, Offset, PhoneNumber, SmsSdkAppId } = request;
  requireOwnApplication(account, SmsSdkAppId);
  if (BeginTime < now / 1000 - SEVEN_DAYS) {
    throw new ApiError(
      'InvalidParameterValue.BeginTimeVerifyFail',
      'BeginTime is more than 7 days ago.',
    );
  }
  checkOrder(BeginTime, EndTime);
  checkLimit(Limit, 100);
  requireNoOffset(Offset);
  return requirePhoneNumber(PhoneNumber);
}

/**
 * @param {number} beginTime
 * @param {number} endTime
 */
export function checkOrder(beginTime, endTime) {
  if (beginTime > endTime) {
    throw new ApiError('InvalidParameterValue.InvalidStartTime', 'BeginTime is after EndTime.');
  }
}

/**
 * @param {{ BeginTime: number, EndTime?: number }} span UNIX seconds; without its end, until now
 * @param {number} time UNIX milliseconds, in the past
 */
export function within({ BeginTime, EndTime = Number.POSITIVE_INFINITY }, time) {
  return BeginTime <= time / 1000 && time / 1000 <= EndTime;
}
