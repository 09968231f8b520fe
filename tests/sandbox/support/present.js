/** Values that a test needs to continue. */

import assert from 'node:assert/strict';

/**
 * @template Value
 * @param {Value} value
 * @returns {NonNullable<Value>}
 */
export function present(value) {
  assert.ok(value !== undefined && value !== null, 'a value is missing');
  return value;
}

/**
 * @template Item
 * @param {Item[]} items
 * @returns {Item} the newest item of a record of the sandbox
 */
export function last(items) {
  assert.ok(items.length > 0, 'the list is empty');
  return items[items.length - 1];
}
