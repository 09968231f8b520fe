/** A server that accepts messages, and verifies their signatures with the signer of Tencent's SDK. */

import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { portOf } from '../../shared/port-of.js';
import { tencentAuthorization } from '../../shared/tencent-signer.js';
import { acceptedAnswer } from './accepted-answer.js';

/** @typedef {{ secretId: string, secretKey: string, token?: string }} Key */

export async function startVerifyingServer() {
  /** The keys that are valid now, by their SecretIds. @type {Map<string, Key>} */
  const keys = new Map();
  /** The answers of the server, with the SecretId of each request. @type {{ secretId: string, code: string }[]} */
  const answered = [];
  const server = createServer(async (request, response) => {
    const { headers } = request;
    const body = await buffer(request);
    const [, secretId = ''] = /Credential=([^/]+)/.exec(headers.authorization ?? '') ?? [];
    const code = verdict(keys.get(secretId), { headers, body });
    answered.push({ secretId, code });
    response.setHeader('Content-Type', 'application/json');
    response.end(code === 'Ok' ? acceptedAnswer : refusal(code));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const url = `http://127.0.0.1:${portOf(server)}`;

  /**
   * @param {Key | undefined} key
   * @param {{ headers: import('node:http').IncomingHttpHeaders, body: Buffer }} request
   */
  function verdict(key, { headers, body }) {
    if (!key) {
      return 'AuthFailure.SecretIdNotFound';
    }
    // The connector signs the host without its port, as Tencent's SDK does.
    const account = { url: 'http://127.0.0.1/', ...key };
    if (headers.authorization !== tencentAuthorization(account, { headers, body })) {
      return 'AuthFailure.SignatureFailure';
    }
    return headers['x-tc-token'] === key.token ? 'Ok' : 'AuthFailure.TokenFailure';
  }

  return {
    url,
    keys,
    answered,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {string} code */
const refusal = (code) =>
  JSON.stringify({ Response: { Error: { Code: code, Message: 'refused' }, RequestId: '' } });
