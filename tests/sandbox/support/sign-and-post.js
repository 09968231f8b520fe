/**
 * A client of the sandbox whose requests are signed by Tencent's own Node SDK.
 */
import http from 'node:http';
import { defaultAccount } from '../../../sandbox/account.js';
import { tencentAuthorization } from '../../shared/tencent-signer.js';

/** The clock of tests that need a fixed time: 2026-03-01T12:00:00Z. */
export const NOW_SECONDS = 1772366400;
export const now = () => NOW_SECONDS * 1000;

/** The machine's clock, which other sandboxes use. */
export const machineSeconds = () => Math.floor(Date.now() / 1000);

/** A mainland message that the default account may send. */
export const goodParameters = {
  PhoneNumberSet: ['+8613800138000'],
  SmsSdkAppId: '1400006666',
  TemplateId: '1100001',
  SignName: '腾讯云示例',
  TemplateParamSet: ['246810'],
};

/** The parameters that differ in a message to the USA. */
export const OVERSEAS = { PhoneNumberSet: ['+12025550123'], TemplateId: '1200001', SignName: '' };

/**
 * Options for the signature of a request, and for its headers.
 * @typedef {object} SigningOptions
 * @property {string} [action]
 * @property {number} [timestamp] UNIX seconds
 * @property {string} [secretId]
 * @property {string} [secretKey]
 * @property {string} [service]
 * @property {string} [method]
 * @property {string} [contentType]
 * @property {Record<string, string | undefined>} [overrides] headers that are set after signing;
 *   undefined removes one
 */

/**
 * @typedef {object} ExchangeOptions
 * @property {string} [method]
 * @property {string} [path]
 * @property {http.OutgoingHttpHeaders} [headers]
 * @property {string | Buffer} [body]
 * @property {http.Agent} [agent]
 */

/** @typedef {SigningOptions & { request?: ExchangeOptions }} PostOptions */

/**
 * An answer's `Response`. Each field has its type without `undefined`: a test that reads a missing field
 * fails.
 * @typedef {Required<import('../../../sandbox/api/api.js').ApiResponse>} Answer
 */

/**
 * @typedef {object} Exchanged
 * @property {number | undefined} status
 * @property {http.IncomingHttpHeaders} headers
 * @property {string} text
 * @property {Answer} answer if the text is JSON
 */

/**
 * Returns the headers of a signed request, by default of SendSms.
 * @param {string} url
 * @param {string | Buffer} body
 * @param {SigningOptions} [options]
 * @returns {Record<string, string>}
 */
export function signedHeaders(
  url,
  body,
  {
    action = 'SendSms',
    timestamp = NOW_SECONDS,
    secretId = defaultAccount.secretId,
    secretKey = defaultAccount.secretKey,
    service,
    method,
    contentType = 'application/json',
    overrides = {},
  } = {},
) {
  const common = {
    'Content-Type': contentType,
    'X-TC-Action': action,
    'X-TC-Version': '2021-01-11',
    'X-TC-Region': 'ap-guangzhou',
    'X-TC-Timestamp': String(timestamp),
  };
  const Authorization = tencentAuthorization(
    { url, secretId, secretKey, service },
    { method, headers: Object.fromEntries(new Headers(common)), body },
  );
  const headers = { ...common, Authorization, ...overrides };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/**
 * Signs and posts a request.
 * @param {{ url: string }} sandbox
 * @param {unknown} [body] a value to write as JSON, or the text itself
 * @param {PostOptions} [options]
 */
export async function post(sandbox, body = goodParameters, options = {}) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return exchange(sandbox.url, {
    headers: signedHeaders(sandbox.url, text, options),
    body: text,
    ...options.request,
  });
}

/**
 * Makes one HTTP exchange with exactly the given headers.
 * @param {string} url
 * @param {ExchangeOptions} [options]
 * @returns {Promise<Exchanged>}
 */
export function exchange(
  url,
  { method = 'POST', path = '/', headers = {}, body = '', agent } = {},
) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, path, headers, agent }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = response.headers['content-type'] === 'application/json';
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text,
          answer: isJson ? JSON.parse(text).Response : undefined,
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
