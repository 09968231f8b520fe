/**
 * The parameters Limit and Offset, which most of the lists take. Each list documents its own valid values.
 */
import { ApiError } from './api-error.js';

/**
 * @param {number} limit
 * @param {number} most
 */
export function checkLimit(limit, most) {
  if (limit > most) {
    throw new ApiError('InvalidParameterValue.LimitVerifyFail', `Limit is at most ${most}.`);
  }
}

/** @param {number} offset */
export function requireNoOffset(offset) {
  if (offset !== 0) {
    throw new ApiError('InvalidParameterValue.OffsetVerifyFail', 'Offset must be 0.');
  }
}
