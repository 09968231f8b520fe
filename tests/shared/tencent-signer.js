/** The signer of Tencent's own Node SDK, as an oracle. */

import sign from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js';

/**
 * Returns the `Authorization` header that Tencent's SDK makes for the bytes of a request.
 *
 * @param {{ url: string, secretId: string, secretKey: string, service?: string }} account
 * @param {{ method?: string, headers: Record<string, string | string[] | undefined>, body: string | Buffer }} request
 *   with header names in lower case
 * @returns {string}
 */
export const tencentAuthorization = (
  { url, secretId, secretKey, service = 'sms' },
  { method = 'POST', headers, body },
) =>
  sign.default.sign3({
    url,
    secretId,
    secretKey,
    method,
    service,
    timestamp: Number(headers['x-tc-timestamp']),
    // The SDK hashes a buffer unchanged, but serializes other values anew.
    payload: Buffer.from(body),
    headers: { 'Content-Type': String(headers['content-type']) },
    multipart: false,
    boundary: '',
  });
