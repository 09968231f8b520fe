/**
 * Checks a TC3-HMAC-SHA256 signature as the receiver does, by Tencent's specification
 * (cloud.tencent.com/document/api/213/30654). This module shares no code with the connector on purpose: if both agree,
 * two independent readings of the specification agree.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error.js';

const ALGORITHM = 'TC3-HMAC-SHA256';
const CLOCK_TOLERANCE_SECONDS = 300;

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=(?<secretId>[^/,\s]+)\/(?<date>\d{4}-\d\d-\d\d)\/(?<service>[\w.:-]+)\/tc3_request, SignedHeaders=(?<signedHeaders>[a-z0-9-]+(?:;[a-z0-9-]+)*), Signature=(?<signature>[0-9a-f]{64})$/;

/**
 * The result of the check. It contains no key, so everything in it may be shown.
 * @typedef {object} SignatureCheck
 * @property {boolean} verified
 * @property {ApiError} [refusal] the reason if the signature is not verified
 * @property {string} [secretId]
 * @property {string[]} [signedHeaders]
 * @property {string} [canonicalRequest] computed from the received request
 * @property {string} [stringToSign] computed from the received request
 */

/**
 * @param {import('./api.js').ApiRequest} request
 * @param {{ secretId: string, secretKey: string, securityToken?: string }} account
 * @param {number} nowSeconds the server's clock, UNIX seconds
 * @param {string} [serviceHere]
 * @returns {SignatureCheck}
 */
export function verifyTc3(request, account, nowSeconds, serviceHere = 'sms') {
  const { headers } = request;
  const authorization = AUTHORIZATION.exec(headers.authorization ?? '')?.groups;
  if (!authorization) {
    return refused('AuthFailure.InvalidAuthorization', 'The Authorization header is not TC3.');
  }
  const signedHeaders = authorization.signedHeaders.split(';');
  const facts = { secretId: authorization.secretId, signedHeaders };

  const flaw = flawOfSignedHeaders(signedHeaders, headers);
  if (flaw) {
    return { ...facts, ...refused('AuthFailure.InvalidAuthorization', flaw) };
  }
  if (authorization.secretId !== account.secretId) {
    return { ...facts, ...refused('AuthFailure.SecretIdNotFound', 'This SecretId is unknown.') };
  }
  const timestamp = String(headers['x-tc-timestamp']);
  const secondsOff = Math.abs(nowSeconds - Number(timestamp));
  // The condition is negated so that NaN is refused too.
  if (!(/^\d+$/.test(timestamp) && secondsOff <= CLOCK_TOLERANCE_SECONDS)) {
    const message = `X-TC-Timestamp ${timestamp} is not within 5 minutes of ${nowSeconds}.`;
    return { ...facts, ...refused('AuthFailure.SignatureExpire', message) };
  }

  const { host = '' } = headers;
  const service =
    authorization.service === serviceInHost(host) ? authorization.service : serviceHere;
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const attempts = hostForms(host).map((host) => {
    const canonicalRequest = canonicalRequestOf(request, { ...headers, host }, signedHeaders);
    const scope = `${date}/${service}/tc3_request`;
    const stringToSign = [ALGORITHM, timestamp, scope, sha256(canonicalRequest)].join('\n');
    const signature = hmac(signingKey(account.secretKey, date, service), stringToSign);
    const verified = timingSafeEqual(signature, Buffer.from(authorization.signature, 'hex'));
    return { verified, canonicalRequest, stringToSign };
  });
  const { verified, ...computed } = attempts.find((attempt) => attempt.verified) ?? attempts[0];
  const intermediates = { ...facts, ...computed };

  // Tencent builds the scope from the timestamp and the name of its service. Another scope is refused, even if the
  // signature itself is right.
  if (authorization.date !== date || authorization.service !== service) {
    const message = `The credential scope must be ${date}/${service}/tc3_request.`;
    return { ...intermediates, ...refused('AuthFailure.SignatureFailure', message) };
  }
  if (!verified) {
    const message = `The signature does not verify. The sandbox computed it over this canonical request: ${JSON.stringify(computed.canonicalRequest)}`;
    return { ...intermediates, ...refused('AuthFailure.SignatureFailure', message) };
  }
  // The token is not part of the signature. An account without a token refuses every token, because a token that
  // belongs to no key is a mistake in a config.
  if ((headers['x-tc-token'] ?? '') !== (account.securityToken ?? '')) {
    const message = 'X-TC-Token is not the token of this key.';
    return { ...intermediates, ...refused('AuthFailure.TokenFailure', message) };
  }
  return { verified: true, ...intermediates };
}

/**
 * @param {string} code
 * @param {string} message
 */
function refused(code, message) {
  return { verified: false, refusal: new ApiError(code, message) };
}

/**
 * @param {string[]} names
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function flawOfSignedHeaders(names, headers) {
  for (const mandatory of ['content-type', 'host']) {
    if (!names.includes(mandatory)) return `SignedHeaders lacks ${mandatory}.`;
  }
  const sorted = [...new Set(names)].sort();
  if (sorted.join() !== names.join()) return 'SignedHeaders is not in ascending order.';
  const missing = names.find((name) => typeof headers[name] !== 'string');
  return missing && `SignedHeaders names ${missing}, which the request does not carry.`;
}

/**
 * The accepted forms of the Host header: as it was sent, and without its port. Tencent's Node SDK signs `URL.hostname`
 * but sends `URL.host`. The two are the same on port 443, but differ on a sandbox.
 * @param {string} host
 */
function hostForms(host) {
  const withoutPort = host.replace(/:\d+$/, '');
  return withoutPort === host ? [host] : [host, withoutPort];
}

/**
 * Returns the service that Tencent's Node SDK puts into the scope: everything before the first dot of the endpoint. For
 * Tencent's own hosts that is the name of the service. The sandbox accepts it for any host.
 * @param {string} host
 */
function serviceInHost(host) {
  return host.split('.')[0];
}

/**
 * The canonical request. Its path is constant. Its query is that of a GET, as it was sent, and empty for a POST.
 * @param {import('./api.js').ApiRequest} request
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {string[]} signedHeaders
 */
function canonicalRequestOf({ method, query = '', body }, headers, signedHeaders) {
  const canonicalHeaders = signedHeaders.map(
    (name) => `${name}:${String(headers[name]).trim().toLowerCase()}\n`,
  );
  // Tencent's SDKs for Go and Python can leave the payload out of the signature.
  const isUnsigned = headers['x-tc-content-sha256'] === 'UNSIGNED-PAYLOAD';
  return [
    method,
    '/',
    method === 'GET' ? query : '',
    canonicalHeaders.join(''),
    signedHeaders.join(';'),
    sha256(isUnsigned ? 'UNSIGNED-PAYLOAD' : body),
  ].join('\n');
}

/**
 * @param {string} secretKey
 * @param {string} date
 * @param {string} service
 */
function signingKey(secretKey, date, service) {
  const secretDate = hmac(`TC3${secretKey}`, date);
  const secretService = hmac(secretDate, service);
  return hmac(secretService, 'tc3_request');
}

/**
 * @param {string | Buffer} key
 * @param {string} text
 */
function hmac(key, text) {
  return createHmac('sha256', key).update(text).digest();
}

/** @param {string | Buffer} data */
function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}
