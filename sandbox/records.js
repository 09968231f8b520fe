/**
 * Records of received data. Each keeps the newest entries, up to a number of entries and a number of bytes, because the
 * sender decides the size of an entry.
 */

/** The most bytes that one record keeps. A thousand requests with one message each need half of them. */
export const MOST_BYTES = 16 * 1024 * 1024;

/**
 * @template Entry
 * @param {number} keep the most entries
 */
export function createRecord(keep) {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {number[]} */
  const sizes = [];
  let total = 0;

  return {
    /** The entries, oldest first. */
    entries,

    /** @param {Entry[]} added */
    add(...added) {
      for (const entry of added) {
        const size = sizeOf(entry);
        entries.push(entry);
        sizes.push(size);
        total += size;
        while (entries.length > keep || (total > MOST_BYTES && entries.length > 1)) {
          entries.shift();
          total -= sizes.shift() ?? 0;
        }
      }
    },

    clear() {
      entries.length = 0;
      sizes.length = 0;
      total = 0;
    },
  };
}

/**
 * Estimates the bytes that a value needs in memory. The estimate is rather too high than too low.
 * @param {unknown} value
 * @returns {number}
 */
function sizeOf(value) {
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (Buffer.isBuffer(value)) return 128 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce((sum, each) => sum + 16 + sizeOf(each), 64);
}
