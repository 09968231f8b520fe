/** The check of a request’s signature, tried with requests that others signed. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { verifyTc3 } from '../../sandbox/api/tc3-verify.js';
import { present } from './support/present.js';
import { NOW_SECONDS, signedHeaders } from './support/sign-and-post.js';
import { vectors } from './support/tc3-vectors.js';

const account = { secretId: 'AKIDtest', secretKey: 'test-key' };

for (const vector of vectors) {
  test(`accepts the request ${vector.name}, which is published or made by the SDK`, () => {
    const result = verifyTc3(
      {
        method: 'POST',
        headers: {
          authorization: vector.authorization,
          host: vector.host,
          'content-type': vector.contentType,
          'x-tc-action': vector.action,
          'x-tc-timestamp': String(vector.timestamp),
          ...(vector.token && { 'x-tc-token': vector.token }),
        },
        body: Buffer.from(vector.body),
      },
      { secretId: vector.secretId, secretKey: vector.secretKey, securityToken: vector.token },
      vector.timestamp,
      vector.service,
    );
    assert.equal(result.refusal?.message, undefined);
    assert.equal(result.verified, true);
    const hash = createHash('sha256').update(present(result.canonicalRequest)).digest('hex');
    assert.equal(hash, vector.canonicalRequestHash);
    assert.equal(result.stringToSign?.split('\n').at(-1), vector.canonicalRequestHash);
  });
}

/** @typedef {{ method: string, headers: Record<string, string>, body: Buffer }} ArrivedRequest */

/**
 * Returns a request that Tencent's SDK signed, in the form of Node's server.
 * @param {{ body?: string, host?: string } & import('./support/sign-and-post.js').SigningOptions} [options]
 * @returns {ArrivedRequest}
 */
function arrived({ body = '{"a":1}', host = 'sms.tencentcloudapi.com', ...options } = {}) {
  const sent = signedHeaders(`https://${host}/`, body, { ...account, ...options });
  const headers = { ...Object.fromEntries(new Headers(sent)), host };
  return { method: 'POST', headers, body: Buffer.from(body) };
}

/**
 * @param {Parameters<typeof verifyTc3>[0]} request
 * @param {number} [nowSeconds]
 * @param {Parameters<typeof verifyTc3>[1]} [owner]
 */
const verify = (request, nowSeconds = NOW_SECONDS, owner = account) =>
  verifyTc3(request, owner, nowSeconds);
/** @type {(...args: Parameters<typeof verify>) => string | undefined} */
const codeOf = (...args) => verify(...args).refusal?.code;

test('agrees with the SDK about bodies of every kind', () => {
  for (const body of ['', '{}', '\u0000\u007f\u2028', '短信👩‍💻', 'x'.repeat(100_000)]) {
    assert.equal(verify(arrived({ body })).verified, true, JSON.stringify(body.slice(0, 20)));
  }
});

test('agrees with the SDK about any date', () => {
  for (const date of ['2024-02-29', '2026-12-31', '2027-01-01', '2100-03-01']) {
    for (const time of ['00:00:00Z', '07:59:59Z', '23:59:59Z']) {
      const timestamp = Date.parse(`${date}T${time}`) / 1000;
      assert.equal(verify(arrived({ timestamp }), timestamp).verified, true, `${date}T${time}`);
    }
  }
});

test('accepts a signature over the Host header with or without its port', () => {
  const request = arrived();
  request.headers.host = 'sms.tencentcloudapi.com:443';
  assert.equal(verify(request).verified, true, 'left out, as the SDK does');

  // Python's hmac and hashlib computed this signature over `host:127.0.0.1:4180`.
  const signature = '484aea4cd51c45c6907ec5f73a9109adf66272fbbda560a0475dd0345570f2bb';
  const withPort = {
    method: 'POST',
    headers: {
      host: '127.0.0.1:4180',
      'content-type': 'application/json',
      'x-tc-timestamp': '1767225600',
      authorization: `TC3-HMAC-SHA256 Credential=AKIDx/2026-01-01/sms/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`,
    },
    body: Buffer.from('{}'),
  };
  const owner = { secretId: 'AKIDx', secretKey: 'SANDBOX0not0a0real0key0000000000' };
  assert.equal(verify(withPort, 1767225600, owner).verified, true, 'signed');
  withPort.headers.host = '127.0.0.1:4181';
  assert.equal(codeOf(withPort, 1767225600, owner), 'AuthFailure.SignatureFailure');
});

test('refuses everything that differs from the signed request', () => {
  /** @type {Record<string, (request: ArrivedRequest) => void>} */
  const changes = {
    body: (request) => {
      request.body[0] ^= 1;
    },
    'body end': (request) => {
      request.body = Buffer.concat([request.body, Buffer.from(' ')]);
    },
    host: (request) => {
      request.headers.host = 'sms.tencentcloudapi.con';
    },
    'content type': (request) => {
      request.headers['content-type'] = 'application/json; charset=utf-8';
    },
    timestamp: (request) => {
      request.headers['x-tc-timestamp'] = String(NOW_SECONDS + 1);
    },
    method: (request) => {
      request.method = 'PUT';
    },
    signature: (request) => {
      request.headers.authorization = request.headers.authorization.replace(/.$/, (digit) =>
        digit === '0' ? '1' : '0',
      );
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    const request = arrived();
    assert.equal(codeOf(request), undefined, what);
    change(request);
    assert.equal(codeOf(request), 'AuthFailure.SignatureFailure', what);
  }
  assert.equal(codeOf(arrived({ secretKey: 'test-kez' })), 'AuthFailure.SignatureFailure');
});

test('refuses a scope of another day or another service', () => {
  for (const [right, wrong] of [
    ['2026-03-01', '2026-03-02'],
    ['/sms/', '/cvm/'],
  ]) {
    const request = arrived();
    request.headers.authorization = request.headers.authorization.replace(right, wrong);
    assert.equal(codeOf(request), 'AuthFailure.SignatureFailure', wrong);
  }
  assert.equal(codeOf(arrived({ service: 'cvm' })), 'AuthFailure.SignatureFailure');
});

test('refuses an unknown SecretId, even one that differs only by a space', () => {
  assert.equal(codeOf(arrived({ secretId: 'AKIDtesu' })), 'AuthFailure.SecretIdNotFound');
  assert.equal(codeOf(arrived({ secretId: 'AKIDtest ' })), 'AuthFailure.InvalidAuthorization');
});

test('allows a clock that is off by 300 seconds, but not by 301', () => {
  for (const [off, code] of /** @type {const} */ ([
    [300, undefined],
    [-300, undefined],
    [301, 'AuthFailure.SignatureExpire'],
    [-301, 'AuthFailure.SignatureExpire'],
  ])) {
    assert.equal(codeOf(arrived(), NOW_SECONDS + off), code, `${off} s`);
  }
});

test('refuses timestamps that are not UNIX seconds', () => {
  for (const timestamp of ['', 'now', '1e9', `${NOW_SECONDS}.5`, `${NOW_SECONDS}000`, '-1']) {
    const request = arrived({ overrides: { 'X-TC-Timestamp': timestamp } });
    assert.equal(codeOf(request), 'AuthFailure.SignatureExpire', timestamp);
  }
});

test('refuses an Authorization header that is not exactly TC3', () => {
  const good = arrived().headers.authorization;
  const forms = [
    undefined,
    '',
    'SKIP',
    good.replace('TC3', 'TC2'),
    good.replace('Credential=', 'credential='),
    good.replace(', SignedHeaders', ',SignedHeaders'),
    good.replace('/tc3_request', ''),
    good.replace('2026-03-01', '20260301'),
    good.replace('content-type;host', 'Content-Type;Host'),
    good.replace('content-type;host', 'host;content-type'),
    good.replace('content-type;host', 'content-type;host;host'),
    good.replace('content-type;host', 'content-type'),
    good.replace('content-type;host', 'host'),
    good.replace('content-type;host', 'constructor;content-type;host'),
    good.replace('content-type;host', 'content-type;host;x-not-sent'),
    good.slice(0, -1),
    `${good}, Extra=1`,
    good.toUpperCase(),
  ];
  for (const authorization of forms) {
    const { headers, ...request } = arrived();
    const changed = { ...request, headers: { ...headers, authorization } };
    assert.equal(codeOf(changed), 'AuthFailure.InvalidAuthorization', authorization);
  }
});

test('requires the token of a temporary key, and allows none with a permanent key', () => {
  const temporary = { ...account, securityToken: 'token==' };
  const withToken = (/** @type {string} */ token) =>
    arrived({ overrides: { 'X-TC-Token': token } });
  assert.equal(codeOf(withToken('token=='), NOW_SECONDS, temporary), undefined);
  assert.equal(codeOf(withToken('token='), NOW_SECONDS, temporary), 'AuthFailure.TokenFailure');
  assert.equal(codeOf(arrived(), NOW_SECONDS, temporary), 'AuthFailure.TokenFailure');
  assert.equal(codeOf(withToken('token==')), 'AuthFailure.TokenFailure');
});

test('returns what it computed, but never the key', () => {
  const request = arrived({ secretKey: 'other-key' });
  request.headers.host = 'sms.tencentcloudapi.com:8443';
  const result = verify(request);
  assert.deepEqual(result.signedHeaders, ['content-type', 'host']);
  assert.equal(result.secretId, 'AKIDtest');
  assert.match(
    present(result.canonicalRequest),
    /^POST\n\/\n\ncontent-type:application\/json\nhost:/,
  );
  const { message } = present(result.refusal);
  assert.match(message, /host:sms\.tencentcloudapi\.com:8443/, 'as sent');
  assert.doesNotMatch(JSON.stringify(result) + message, /test-key/);
});
