/**
 * The error codes of undici, in the versions that the matrix has: only an error that comes before a
 * connection says that nothing was sent, and every code has a cause that is true.
 */

import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { officialConfig } from '../host/support/connectors.js';
import { core } from '../host/support/core.js';
import { modulesFolder } from './places.js';

const require = createRequire(join(modulesFolder, 'package.json'));

const now = 1_551_113_065_000;
const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };

/** @param {string} failure */
function lineAfter(failure) {
  const event = { action: 'SendSms', departures: 0, failure };
  const events = [{ startedAt: now }, event, { waitedMs: 1 }, event, { waitedMs: 1 }, event];
  try {
    core.sendMessage(officialConfig, data, events, now);
  } catch (error) {
    return /** @type {import('../../js-shim/wasm/core.js').CoreError} */ (error).operatorLine;
  }
  throw new Error('there is no error');
}

/** The codes that prove that there was no connection. */
const proofs = new Map([
  ['UND_ERR_CONNECT_TIMEOUT', /No connection to Tencent's API in time/],
  ['UND_ERR_PRX_CONN', /proxy/],
  ['UND_ERR_PRX_TLS', /proxy/],
]);

/** Other codes with a cause of their own. */
const causes = new Map([
  ['UND_ERR_HEADERS_TIMEOUT', /No answer/],
  ['UND_ERR_BODY_TIMEOUT', /No answer/],
  ['UND_ERR_SOCKET', /broke/],
]);

for (const name of ['undici-6', 'undici-7', 'undici-8']) {
  test(`every error code of ${name} has a true cause`, () => {
    /** @type {Record<string, new (...values: unknown[]) => { code?: string }>} */
    // Without the rest of undici 8, which does not load on Node 20.
    const errors = require(`${name}/lib/core/errors.js`);
    const codes = Object.values(errors)
      .map((type) => new type('', {}, {}).code)
      .filter((code) => typeof code === 'string');
    assert.ok(codes.length > 15, `${codes}`);
    for (const code of codes) {
      const line = lineAfter(code);
      const outcome = proofs.has(code) ? 'nothing was sent' : 'may or may not have been sent';
      assert.match(line, new RegExp(outcome), code);
      assert.match(line, proofs.get(code) ?? causes.get(code) ?? /request.*failed/, code);
      assert.doesNotMatch(line, /certificate/, code);
    }
  });
}

test("an undici without its MockAgent's answer is named, and nothing was sent", () => {
  assert.match(lineAfter('UND_MOCK_ERR_MOCK_NOT_MATCHED'), /MockAgent.*nothing was sent/);
});
