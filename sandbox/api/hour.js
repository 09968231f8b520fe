/**
 * Hours in the format of the statistics, `YYYYMMDDHH`, in the time zone of Beijing. The time zone is inferred,
 * because Tencent's documents name none.
 */
import { ApiError } from './api-error.js';

const BEIJING = 8 * 60 * 60 * 1000;

/**
 * @param {number} time UNIX milliseconds
 * @returns {string} texts of earlier hours sort first
 */
export function hourOf(time) {
  return new Date(time + BEIJING).toISOString().replace(/\D/g, '').slice(0, 10);
}

/**
 * @param {string} hour
 * @returns {number} the beginning of the hour in UNIX milliseconds; NaN if there is no such hour
 */
export function beginningOf(hour) {
  const [, date, time] = /^(\d{8})(\d\d)$/.exec(hour) ?? [];
  if (!date) return Number.NaN;
  const beginning =
    Date.parse(`${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time}:00:00Z`) - BEIJING;
  // Date.parse reads the 30th of February and 24 o'clock as the next day.
  return !Number.isNaN(beginning) && hourOf(beginning) === hour ? beginning : Number.NaN;
}

/**
 * @param {string} beginTime
 * @param {string} endTime
 * @throws {ApiError} unless both are hours and the second is not before the first
 */
export function checkHours(beginTime, endTime) {
  if (Number.isNaN(beginningOf(beginTime))) {
    throw new ApiError(
      'InvalidParameterValue.BeginTimeVerifyFail',
      'BeginTime is not an hour as YYYYMMDDHH.',
    );
  }
  if (Number.isNaN(beginningOf(endTime))) {
    throw new ApiError(
      'InvalidParameterValue.EndTimeVerifyFail',
      'EndTime is not an hour as YYYYMMDDHH.',
    );
  }
  if (endTime < beginTime) {
    throw new ApiError(
      'InvalidParameterValue.EndTimeVerifyFail',
      'EndTime is earlier than BeginTime.',
    );
  }
}
