/**
 * A client of the sandbox that is not ours: requests signed by Tencent's own Node SDK.
 */
import http from 'node:http';
import { defaultAccount } from '../../sandbox/account.js';
import { tencentAuthorization } from '../shared/tencent-signer.js';

/** The clock of tests that need to know the time: 2026-03-01T12:00:00Z. */
export const NOW_SECONDS = 1772366400;
export const now = () => NOW_SECONDS * 1000;

/** A mainland message that the default account may send. */
export const goodParameters = {
  PhoneNumberSet: ['+8613800138000'],
  SmsSdkAppId: '1400006666',
  TemplateId: '1100001',
  SignName: '腾讯云示例',
  TemplateParamSet: ['246810'],
};

/** What is different in one that it may send to the USA. */
export const OVERSEAS = { PhoneNumberSet: ['+12025550123'], TemplateId: '1200001', SignName: '' };

/**
 * Headers of a signed SendSms request; `overrides` come after signing, undefined leaves one out.
 */
export function signedHeaders(
  url,
  body,
  {
    timestamp = NOW_SECONDS,
    secretId = defaultAccount.secretId,
    secretKey = defaultAccount.secretKey,
    service = 'sms',
    contentType = 'application/json',
    overrides = {},
  } = {},
) {
  const common = {
    'Content-Type': contentType,
    'X-TC-Action': 'SendSms',
    'X-TC-Version': '2021-01-11',
    'X-TC-Region': 'ap-guangzhou',
    'X-TC-Timestamp': String(timestamp),
  };
  const Authorization = tencentAuthorization(
    { url, secretId, secretKey, service },
    { headers: Object.fromEntries(new Headers(common)), body },
  );
  const headers = { ...common, Authorization, ...overrides };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

/** Signs and posts `body` (a value to write as JSON, or the text itself). */
export async function post(sandbox, body = goodParameters, options = {}) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return exchange(sandbox.url, {
    headers: signedHeaders(sandbox.url, text, options),
    body: text,
    ...options.request,
  });
}

/** One HTTP exchange, with nothing added to the headers given. */
export function exchange(url, { method = 'POST', path = '/', headers = {}, body = '', agent }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, path, headers, agent }, (response) => {
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
