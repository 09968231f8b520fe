/**
 * A RequestId is shown in errors and to the operator if it has the form of a UUID. SECURITY.md promises that
 * form, and nothing about the digits.
 */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { officialConfig as config } from './support/connectors.js';
import { core } from './support/core.js';

const data = { to: '8613987654321', type: 'SignIn', payload: { code: '739154' } };

/**
 * Returns the error and the operator's line of a send that Tencent refused.
 *
 * @param {unknown} RequestId
 */
function refused(RequestId) {
  const body = JSON.stringify({ Response: { Error: { Code: 'InternalError' }, RequestId } });
  const answer = { action: 'SendSms', receivedAt: 2, status: 200, departures: 1, body };
  try {
    core.sendMessage(config, data, [{ startedAt: 1 }, answer], 3);
  } catch (error) {
    assert.ok(core.isCoreError(error));
    const { data, operatorLine } = /** @type {import('../../js-shim/wasm/core.js').CoreError} */ (
      error
    );
    return { data, line: operatorLine };
  }
  assert.fail('the send did not fail');
}

test('a UUID is shown as it is, whatever its digits are', () => {
  for (const requestId of [
    'a0aabda6-cf91-4f3e-a81f-9198114a2279',
    'A0AABDA6-CF91-4F3E-A81F-9198114A2279',
    // A server that answers in Tencent's place could write a code and a number like this.
    '00739154-0000-0000-0000-013987654321',
  ]) {
    const { data, line } = refused(requestId);
    assert.equal(data.requestId, requestId);
    assert.ok(line.includes(`(RequestId ${requestId})`), line);
  }
});

test('a RequestId of another form is not shown', () => {
  for (const requestId of [
    '',
    '8613987654321',
    '739154',
    '00739154000000000000013987654321',
    '{00739154-0000-0000-0000-013987654321}',
    '00739154-0000-0000-0000-0139876543210',
    '00739154-0000-0000-0000-01398765432',
    '00739154 0000 0000 0000 013987654321',
    '00739154-0000-0000-0000-01398765432g',
    '00739154-0000-0000-0000-０１３９８７６５４３２１',
    '00739154-0000-0000-0000-013987654321\n',
    ' 00739154-0000-0000-0000-013987654321',
    13_987_654_321,
    ['00739154-0000-0000-0000-013987654321'],
    null,
  ]) {
    const { data, line } = refused(requestId);
    assert.deepEqual(Object.keys(data).sort(), ['errorDescription', 'tencentCode']);
    assert.ok(!line.includes('(RequestId'), line);
    assert.doesNotMatch(line, /739154|13987654321/);
  }
});
