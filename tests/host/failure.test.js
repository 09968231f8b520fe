/** Networks and servers that misbehave: an error in time, of the host's own class, with no secret. */

import { strict as assert } from 'node:assert';
import { inspect } from 'node:util';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { beats, officialConfig } from './support/connectors.js';
import { captureConsole } from './support/console.js';

const number = '8613912345678';
const code = '907315';
const config = {
  ...officialConfig,
  accessKeyId: 'AKIDCANARYCANARYCANARYCANARYCANARY01',
  accessKeySecret: 'CanarySecretCanarySecretCanary02',
  timeoutSeconds: 1,
};
const account = {
  ...defaultAccount,
  secretId: config.accessKeyId,
  secretKey: config.accessKeySecret,
};
const secrets = [number, code, config.accessKeyId, config.accessKeySecret, 'TC3-HMAC-SHA256'];

/**
 * By what happens, the sandbox's fault, or none where nothing listens; and the code that Logto gets.
 *
 * @type {Record<string, [string | undefined, ConnectorErrorCodes]>}
 */
const faults = {
  'a refused connection': [undefined, ConnectorErrorCodes.General],
  'a reset': ['reset-before', ConnectorErrorCodes.General],
  'a connection closed without an answer': ['close-without-answer', ConnectorErrorCodes.General],
  'a reset in the middle of the answer': ['reset-mid-answer', ConnectorErrorCodes.General],
  'a server that never answers': ['hang', ConnectorErrorCodes.General],
  'an answer that never ends': ['trickle', ConnectorErrorCodes.General],
  'an answer that is no HTTP': ['not-http', ConnectorErrorCodes.General],
  'HTML with status 502': ['html-502', ConnectorErrorCodes.InvalidResponse],
  'HTML with status 200': ['html-200', ConnectorErrorCodes.InvalidResponse],
  'an empty body': ['empty-body', ConnectorErrorCodes.InvalidResponse],
  'JSON without Response': ['json-no-response', ConnectorErrorCodes.InvalidResponse],
  'an empty SendStatusSet': ['empty-set', ConnectorErrorCodes.InvalidResponse],
  'a redirect to another host': ['redirect-307', ConnectorErrorCodes.InvalidResponse],
  'an error that quotes the request': ['echo-message', ConnectorErrorCodes.General],
};

for (const [name, [fault, expected]] of Object.entries(faults)) {
  beats(`${name} gives an error in time, without secrets`, async (sender) => {
    const sandbox = await startSandbox({ account });
    const console = captureConsole();
    try {
      if (fault) {
        sandbox.setFault(fault);
      } else {
        await sandbox.close();
      }
      const { send } = await sender(sandbox.url);
      const data = { to: number, type: 'SignIn', payload: { code, uiLocales: 'en' } };
      const error = await inTime(send(data, config));

      assert.ok(error instanceof ConnectorError, "not the host's ConnectorError");
      assert.equal(error.code, expected);
      const { data: shown } = error;
      assert.ok(shown && typeof shown === 'object' && 'errorDescription' in shown);
      assert.ok(sandbox.totals.requests <= 1, 'a message whose outcome is unknown was sent again');
      const seen = `${inspect(error, { depth: 9, showHidden: true })} ${error.stack} ${console.text()}`;
      for (const secret of secrets) {
        assert.ok(!seen.includes(secret), 'a secret is visible');
      }
      assert.equal(console.lines(), 1, 'the operator gets one line');
    } finally {
      console.restore();
      if (fault) {
        await sandbox.close();
      }
    }
  });
}

/**
 * The error that a send ends with, if it ends within its timeout and a little.
 *
 * @param {Promise<unknown>} sending
 */
async function inTime(sending) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, config.timeoutSeconds * 1000 + 500, 'late');
  });
  const ended = sending.then(
    () => assert.fail('the send succeeded'),
    (error) => error,
  );
  const error = await Promise.race([ended, late]).finally(() => clearTimeout(timer));
  assert.notEqual(error, 'late', 'no error within the timeout');
  if (error instanceof assert.AssertionError) {
    throw error;
  }
  return error;
}
