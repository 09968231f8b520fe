/**
 * Networks and servers that misbehave: each send ends in time, with an error of the host's class and
 * without secrets.
 */

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
/** The values that no error and no line may show, by name. */
const secrets = {
  number,
  code,
  SecretId: config.accessKeyId,
  SecretKey: config.accessKeySecret,
  Authorization: 'TC3-HMAC-SHA256',
};

/**
 * The result of a send that fails.
 *
 * @typedef {object} Seen
 * @property {string} error the code of the host's ConnectorError, or the name of another error, or `late`
 * @property {number} requests
 * @property {string[]} shown the secrets that the error or the console shows
 * @property {number} lines on the operator's console
 */

/**
 * An end of the official connector with an error that contains the request, and that Logto prints.
 *
 * @param {string} error
 * @returns {Seen}
 */
const withRequest = (error, requests = 1) => ({
  error,
  requests,
  shown: ['number', 'code', 'SecretId', 'Authorization'],
  lines: 0,
});

/**
 * An end of the official connector that shows nothing of the request.
 *
 * @param {string} error
 * @returns {Seen}
 */
const ending = (error) => ({ error, requests: 1, shown: [], lines: 0 });

const { General, InvalidResponse } = ConnectorErrorCodes;

/**
 * The situations. Each has the sandbox's fault (undefined if nothing listens), the code that Logto gets,
 * and the result of the official connector.
 *
 * @type {Record<string, [string | undefined, ConnectorErrorCodes, Seen]>}
 */
const faults = {
  'a refused connection': [undefined, General, withRequest('RequestError', 0)],
  'a reset': ['reset-before', General, withRequest('RequestError')],
  'a connection closed without an answer': [
    'close-without-answer',
    General,
    withRequest('RequestError'),
  ],
  'a reset in the middle of the answer': ['reset-mid-answer', General, withRequest('RequestError')],
  'a server that never answers': ['hang', General, ending('late')],
  'an answer that never ends': ['trickle', General, ending('late')],
  'an answer that is no HTTP': ['not-http', General, withRequest('RequestError')],
  'HTML with status 502': ['html-502', InvalidResponse, ending('general without a description')],
  'HTML with status 200': ['html-200', InvalidResponse, withRequest('ParseError')],
  'an empty body': ['empty-body', InvalidResponse, ending('TypeError')],
  'JSON without Response': ['json-no-response', InvalidResponse, ending('TypeError')],
  'an empty SendStatusSet': ['empty-set', InvalidResponse, ending('general without a description')],
  'a redirect to another host': [
    'redirect-307',
    InvalidResponse,
    ending('general without a description'),
  ],
  'an error that quotes the request': [
    'echo-message',
    General,
    withRequest('general without a description'),
  ],
};

for (const [name, [fault, expected, official]] of Object.entries(faults)) {
  const requests = fault ? 1 : 0;
  beats(`${name} gives an error in time, without secrets`, (sender) => failedSend(sender, fault), {
    ours: { error: expected, requests, shown: [], lines: 1 },
    official,
  });
}

/**
 * Sends one message while a fault lasts.
 *
 * @param {(url: string) => Promise<import('./support/connectors.js').Sender>} sender
 * @param {string | undefined} fault
 * @returns {Promise<Seen>}
 */
async function failedSend(sender, fault) {
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
    const error = await errorInTime(send(data, config));
    const { stack = '' } = error instanceof Error ? error : {};
    const text = `${inspect(error, { depth: 9, showHidden: true })} ${stack} ${console.text()}`;
    return {
      error: nameOf(error),
      requests: sandbox.totals.requests,
      shown: Object.entries(secrets).flatMap(([name, secret]) =>
        text.includes(secret) ? [name] : [],
      ),
      lines: console.lines(),
    };
  } finally {
    console.restore();
    if (fault) {
      await sandbox.close();
    }
  }
}

/**
 * Returns the error that a send ends with, or `late` where it does not end within its timeout and a
 * little more.
 *
 * @param {Promise<unknown>} sending
 * @returns {Promise<unknown>}
 */
async function errorInTime(sending) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, config.timeoutSeconds * 1000 + 500, 'late');
  });
  const ended = sending.then(
    () => 'sent',
    (error) => error,
  );
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

/** @param {unknown} error */
function nameOf(error) {
  if (error instanceof ConnectorError) {
    const { data } = error;
    const isDescribed = data && typeof data === 'object' && 'errorDescription' in data;
    return isDescribed ? error.code : `${error.code} without a description`;
  }
  return error instanceof Error ? error.name : String(error);
}
