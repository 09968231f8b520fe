/**
 * The common part of the lists of templates and of signatures. A list covers one side, and has either the requested
 * IDs or one page.
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
 * @returns {Entry[]} in the order of the account; Tencent promises no order
 */
export function approvalList(entries, idOf, { international, ids, limit, offset }) {
  if (international !== 0 && international !== 1) {
    throw new ApiError('InvalidParameterValue.InvalidInternational', 'International is 0 or 1.');
  }
  if (ids.length > MOST) {
    throw new ApiError('InvalidParameterValue', `More than ${MOST} ids.`);
  }
  // It is inferred that an entry for both sides is in both lists, and that an ID of the other side is left out.
  const ofSide = entries.filter((entry) => serves(entry, international));
  if (ids.length > 0) return ofSide.filter((entry) => ids.includes(idOf(entry)));
  checkLimit(limit, MOST);
  return ofSide.slice(offset, offset + limit);
}
