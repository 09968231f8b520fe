/** What has to be there for a test to go on. */

import assert from 'node:assert/strict';

/**
 * @template Value
 * @param {Value} value
 * @returns {NonNullable<Value>}
 */
export function present(value) {
  assert.ok(value !== undefined && value !== null, 'something is not there');
  return value;
}

/**
 * @template Item
 * @param {Item[]} items
 * @returns {Item} the newest, in a record of the sandbox's
 */
export function last(items) {
  assert.ok(items.length > 0, 'nothing is there');
  return items[items.length - 1];
}
