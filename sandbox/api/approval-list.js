/**
 * What the lists of templates and of signatures have in common: one side at a time, and either the
 * ids asked for or a page.
 */
import { serves } from '../account.js';
import { ApiError } from './api-error.js';
import { checkLimit } from './page.js';

const MOST = 100;

/**
 * @template {{ international: import('../account.js').International }} Entry
 * @param {Entry[]} entries
 * @param {(entry: Entry) => number} idOf
 * @param {{ international: number, ids: number[], limit: number, offset: number }} request
 * @returns {Entry[]} in the account's order, which is not promised by Tencent
 */
export function approvalList(entries, idOf, { international, ids, limit, offset }) {
  if (international !== 0 && international !== 1) {
    throw new ApiError('InvalidParameterValue.InvalidInternational', 'International is 0 or 1.');
  }
  if (ids.length > MOST) {
    throw new ApiError('InvalidParameterValue', `More than ${MOST} ids.`);
  }
  // Inferred: what serves both sides is listed on either, and an id of the other side on neither.
  const ofSide = entries.filter((entry) => serves(entry, international));
  if (ids.length > 0) return ofSide.filter((entry) => ids.includes(idOf(entry)));
  checkLimit(limit, MOST);
  return ofSide.slice(offset, offset + limit);
}
