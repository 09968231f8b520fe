/**
 * Adds to a record and drops the oldest entries, so that it keeps no more than `keep`.
 * @template Entry
 * @param {Entry[]} record
 * @param {number} keep
 * @param {Entry[]} entries
 */
export function keepNewest(record, keep, entries) {
  record.push(...entries);
  record.splice(0, record.length - keep);
}
