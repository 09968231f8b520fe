/** The requests that Tencent’s API refuses, whatever their action. */

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { last } from './support/present.js';
import { exchange, goodParameters, now, post, signedHeaders } from './support/sign-and-post.js';

const sandbox = await startSandbox({ now });
after(() => sandbox.close());

/**
 * Returns the error code of a request that is refused as a whole.
 * @param {unknown} body
 * @param {import('./support/sign-and-post.js').PostOptions} [options]
 */
async function errorOf(body, options) {
  const { status, answer } = await post(sandbox, body, options);
  assert.equal(status, 200);
  assert.match(answer.RequestId, /^[0-9a-f-]{36}$/);
  assert.equal(answer.Error !== undefined, answer.SendStatusSet === undefined);
  assert.equal(last(sandbox.requests).outcome, answer.Error?.Code ?? 'Ok');
  assert.equal(last(sandbox.requests).requestId, answer.RequestId);
  return answer.Error?.Code;
}
/**
 * @param {string} name
 * @param {string | undefined} value
 */
const header = (name, value) => ({ overrides: { [name]: value } });

test('a request that Tencent’s SDK signed is accepted', async () => {
  assert.equal(await errorOf(goodParameters), undefined);
  assert.equal(
    await errorOf(goodParameters, { contentType: 'application/json; charset=utf-8' }),
    undefined,
  );
});

test('each common header is required', async () => {
  for (const name of ['X-TC-Action', 'X-TC-Version', 'X-TC-Timestamp', 'X-TC-Region']) {
    assert.equal(await errorOf(goodParameters, header(name, undefined)), 'MissingParameter', name);
    assert.equal(await errorOf(goodParameters, header(name, '')), 'MissingParameter', name);
  }
});

test('action, version and region are checked', async () => {
  assert.equal(await errorOf(goodParameters, header('X-TC-Action', 'SendSmsNow')), 'InvalidAction');
  assert.equal(
    await errorOf(goodParameters, header('X-TC-Version', '2019-07-11')),
    'NoSuchVersion',
  );
  assert.equal(
    await errorOf(goodParameters, header('X-TC-Region', 'ap-shanghai')),
    'UnsupportedRegion',
  );
  for (const region of ['ap-beijing', 'ap-nanjing', 'ap-singapore', 'eu-frankfurt']) {
    assert.equal(await errorOf(goodParameters, header('X-TC-Region', region)), undefined, region);
  }
});

test('a request with a wrong signature learns nothing about actions, regions or parameters', async () => {
  const stranger = { action: 'Nothing', secretKey: 'x' };
  assert.equal(await errorOf('not JSON', stranger), 'AuthFailure.SignatureFailure');
});

test('each failure of the signature has its own code', async () => {
  const longAgo = now() / 1000 - 301;
  for (const [options, code] of /** @type {const} */ ([
    [header('Authorization', undefined), 'AuthFailure.InvalidAuthorization'],
    [{ secretId: `${defaultAccount.secretId}1` }, 'AuthFailure.SecretIdNotFound'],
    [{ timestamp: longAgo }, 'AuthFailure.SignatureExpire'],
    [{ secretKey: `${defaultAccount.secretKey}1` }, 'AuthFailure.SignatureFailure'],
    [header('X-TC-Token', 'token'), 'AuthFailure.TokenFailure'],
  ])) {
    assert.equal(await errorOf(goodParameters, options), code);
    assert.equal(last(sandbox.requests).signature.verified, false);
  }
});

test('the clock counts whole seconds', async () => {
  for (const [milliseconds, code] of /** @type {const} */ ([
    [300_999, undefined],
    [301_000, 'AuthFailure.SignatureExpire'],
  ])) {
    await withSandbox({ now: () => now() + milliseconds }, async (late) => {
      const { answer } = await post(late);
      assert.equal(answer.Error?.Code, code, `${milliseconds} ms`);
    });
  }
});

/**
 * Sends a GET that Tencent's SDK signed.
 * @param {string} query
 * @param {import('./support/sign-and-post.js').SigningOptions} [options]
 */
async function get(query, options) {
  const contentType = 'application/x-www-form-urlencoded';
  const url = `${sandbox.url}/?${query}`;
  const headers = signedHeaders(url, '', { method: 'GET', contentType, ...options });
  const { answer } = await exchange(sandbox.url, { method: 'GET', path: `/?${query}`, headers });
  return answer;
}

test('a GET is accepted, with its parameters in the query', async () => {
  const query = new URLSearchParams({
    'PhoneNumberSet.0': '+8613800138000',
    'PhoneNumberSet.1': '+8613900139000',
    SmsSdkAppId: '1400006666',
    TemplateId: '1100001',
    SignName: '腾讯云示例',
    'TemplateParamSet.0': '246810',
  });
  const { SendStatusSet } = await get(String(query));
  assert.deepEqual(
    SendStatusSet.map(({ PhoneNumber, Code }) => [PhoneNumber, Code]),
    [
      ['+8613800138000', 'Ok'],
      ['+8613900139000', 'Ok'],
    ],
  );
  const { DescribeTemplateStatusSet } = await get(
    'International=0&TemplateIdSet.0=1100002&TemplateIdSet.1=1100001',
    { action: 'DescribeSmsTemplateList' },
  );
  assert.equal(DescribeTemplateStatusSet.length, 2);
});

test('the query of a GET is signed, and its parameters are checked', async () => {
  const numbers = 'PhoneNumberSet.0=%2B8613800138000';
  const action = 'DescribePhoneNumberInfo';
  assert.equal((await get(numbers, { action })).PhoneNumberInfoSet.length, 1);
  for (const [query, code] of [
    [`${numbers}&Region=x`, 'UnknownParameter'],
    ['', 'MissingParameter'],
    ['PhoneNumberSet=x', 'InvalidParameter'],
    ['__proto__=x', 'UnknownParameter'],
  ]) {
    assert.equal((await get(query, { action })).Error.Code, code, query);
  }
  for (const value of ['x', '-1', '1.5', '']) {
    const { Error: error } = await get(`International=${value}`, { action: 'DescribeSmsSignList' });
    assert.equal(error.Code, 'InvalidParameter', value);
  }

  const contentType = 'application/x-www-form-urlencoded';
  const signed = { method: 'GET', contentType, action };
  const headers = signedHeaders(`${sandbox.url}/?${numbers}`, '', signed);
  const { answer } = await exchange(sandbox.url, {
    method: 'GET',
    path: `/?${numbers}1`,
    headers,
  });
  assert.equal(answer.Error.Code, 'AuthFailure.SignatureFailure');
});

test('a fault strikes a GET by its number too', async () => {
  const query = 'PhoneNumberSet.0=%2B8619400000110&SmsSdkAppId=1400006666&TemplateId=1100001';
  assert.equal((await get(query)).Error.Code, 'RequestLimitExceeded');
  assert.equal(last(sandbox.requests).fault, 'busy');
});

test('the older way to sign is refused in Tencent’s shape', async () => {
  const query = new URLSearchParams({
    Action: 'SendSms',
    Version: '2021-01-11',
    Region: 'ap-guangzhou',
    Timestamp: '1772366400',
    Nonce: '1',
    SecretId: defaultAccount.secretId,
    SignatureMethod: 'HmacSHA256',
    Signature: 'x',
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  for (const options of [
    { method: 'GET', path: `/?${query}` },
    { method: 'POST', headers, body: String(query) },
  ]) {
    const { status, answer } = await exchange(sandbox.url, options);
    assert.equal(status, 200);
    assert.equal(answer.Error.Code, 'UnsupportedOperation');
    assert.match(answer.Error.Message, /does not offer .*HmacSHA256; use TC3-HMAC-SHA256\.$/);
    assert.match(answer.RequestId, /^[0-9a-f-]{36}$/);
  }
});

test('an action that writes is refused with one sentence', async () => {
  const { answer } = await post(sandbox, {}, { action: 'AddSmsTemplate' });
  assert.deepEqual(answer.Error, {
    Code: 'UnsupportedOperation',
    Message: 'The sandbox does not offer the action AddSmsTemplate.',
  });
});

test('the scope may name the service as Tencent’s Node SDK does, by the host', async () => {
  for (const [host, service] of [
    ['127.0.0.1:4180', '127'],
    ['localhost:4180', 'localhost:4180'],
    ['sms:4180', 'sms:4180'],
  ]) {
    const headers = signedHeaders(`http://${host}/`, JSON.stringify(goodParameters), { service });
    const { answer } = await exchange(sandbox.url, {
      headers: { ...headers, Host: host },
      body: JSON.stringify(goodParameters),
    });
    assert.equal(answer.Error, undefined, host);
  }
  assert.equal(await errorOf(goodParameters, { service: '128' }), 'AuthFailure.SignatureFailure');
});

test('the API accepts only GET and POST, with the content type of each', async () => {
  for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
    assert.equal(
      await errorOf(goodParameters, { request: { method, body: '' } }),
      'UnsupportedProtocol',
      method,
    );
  }
  for (const contentType of [
    'text/plain',
    'application/jsonx',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
  ]) {
    assert.equal(
      await errorOf(goodParameters, { contentType }),
      'UnsupportedProtocol',
      contentType,
    );
  }
});

test('a body that is not a JSON object in UTF-8 is an invalid parameter', async () => {
  const brokenUtf8 = Buffer.concat([Buffer.from('{"SignName":"'), Buffer.from([0xff, 0x22, 0x7d])]);
  const bodies = ['', '{', '[]', 'null', '"x"', '\ufeff{}', '['.repeat(6e4), brokenUtf8];
  for (const body of bodies) {
    assert.equal(await errorOf(body), 'InvalidParameter', String(body).slice(0, 20));
  }
});

test('names, types and presence of parameters are checked', async () => {
  assert.equal(await errorOf({ ...goodParameters, locale: 'zh-CN' }), 'UnknownParameter');
  assert.equal(await errorOf('{"__proto__":{}}'), 'UnknownParameter');

  const strings = ['SmsSdkAppId', 'TemplateId', 'SignName', 'ExtendCode', 'SessionContext'];
  for (const name of [...strings, 'SenderId']) {
    for (const value of [1, null, ['x'], {}, true]) {
      assert.equal(await errorOf({ ...goodParameters, [name]: value }), 'InvalidParameter', name);
    }
  }
  for (const name of ['PhoneNumberSet', 'TemplateParamSet']) {
    for (const value of ['246810', null, {}, [246810], [null]]) {
      assert.equal(await errorOf({ ...goodParameters, [name]: value }), 'InvalidParameter', name);
    }
  }
  for (const name of ['PhoneNumberSet', 'SmsSdkAppId', 'TemplateId']) {
    assert.equal(await errorOf({ ...goodParameters, [name]: undefined }), 'MissingParameter', name);
  }
});

test('a body of 64 kB is accepted, and a body with one more byte is not', async () => {
  const limit = 64 * 1024;
  const json = Buffer.from(JSON.stringify(goodParameters));
  const padded = (/** @type {number} */ length) =>
    Buffer.concat([json, Buffer.alloc(length - json.length, ' ')]);
  assert.equal(await errorOf(padded(limit)), undefined);
  assert.equal(last(sandbox.requests).body.length, limit);
  assert.equal(await errorOf(padded(limit + 1)), 'RequestSizeLimitExceeded');
  for (const length of [2 * limit, 10 * 1024 * 1024 + 1]) {
    assert.equal(await errorOf(padded(length)), 'RequestSizeLimitExceeded');
    assert.equal(last(sandbox.requests).body.length, limit + 1, 'the rest is not recorded');
  }
});

test('the largest SendSms is far below the limit', async () => {
  const numbers = Array.from({ length: 200 }, (_, index) => `+861380013${8000 + index}`);
  const parameters = {
    ...goodParameters,
    PhoneNumberSet: numbers,
    SessionContext: 'x'.repeat(511),
  };
  assert.ok(JSON.stringify(parameters).length < (64 * 1024) / 10);
  assert.equal(await errorOf(parameters), undefined);
});

test('pages of other sites cannot use the API', async () => {
  const own = `127.0.0.1:${sandbox.port}`;
  const before = sandbox.totals.requests;
  for (const headers of [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: '' },
    { Origin: 'http://localhost:3001' },
    { Origin: `https://${own}` },
    { Origin: `http://evil.example:${sandbox.port}`, Host: `evil.example:${sandbox.port}` },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' },
    { 'Sec-Fetch-Site': 'same-origin, cross-site' },
    { Origin: `http://${own}`, 'Sec-Fetch-Site': 'cross-site' },
  ]) {
    for (const method of ['POST', 'PUT', 'OPTIONS']) {
      const { status, text: reason } = await post(sandbox, goodParameters, {
        overrides: headers,
        request: { method },
      });
      const cause = `${method} ${JSON.stringify(headers)}`;
      assert.equal(status, 403, cause);
      assert.match(reason, /page of another site/, cause);
    }
  }
  assert.equal(sandbox.totals.requests, before);

  for (const headers of [
    { Host: 'sms.tencentcloudapi.com' },
    { Origin: `http://${own}`, Host: own },
    { Origin: `http://${own}`, Host: own, 'Sec-Fetch-Site': 'same-origin' },
    // Node's fetch sends this value.
    { 'Sec-Fetch-Mode': 'cors' },
  ]) {
    const { status } = await post(sandbox, goodParameters, { overrides: headers });
    assert.equal(status, 200, JSON.stringify(headers));
  }
  assert.equal(sandbox.totals.requests, before + 4);
});

test('a site whose name leads to the sandbox cannot use the API by GET', async () => {
  const query = 'PhoneNumberSet.0=%2B8613800138000';
  const contentType = 'application/x-www-form-urlencoded';
  const signed = { method: 'GET', contentType, action: 'DescribePhoneNumberInfo' };
  // A browser sends no Origin with a GET to the page's own origin.
  for (const [host, status] of /** @type {const} */ ([
    ['evil.example', 403],
    ['evil.example:4180', 403],
    ['sms.tencentcloudapi.com.evil.example', 403],
    ['eviltencentcloudapi.com', 403],
    ['sms.tencentcloudapi.com', 200],
    ['sms.ap-guangzhou.tencentcloudapi.com:443', 200],
    ['127.0.0.1:4180', 200],
  ])) {
    const headers = signedHeaders(`http://${host}/?${query}`, '', signed);
    const answer = await exchange(sandbox.url, {
      method: 'GET',
      path: `/?${query}`,
      headers: { ...headers, Host: host },
    });
    assert.equal(answer.status, status, host);
  }
});

test('a request of a page of another site is refused before its body arrives', async () => {
  const socket = connect(sandbox.port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n');
  socket.write('Content-Type: text/plain\r\nContent-Length: 10000000\r\n\r\n');
  assert.match(await text(socket), /^HTTP\/1\.1 403 [\s\S]*\r\nConnection: close\r\n/);
});

test('the records contain the exact bytes of the requests', async () => {
  const body = ` ${JSON.stringify({ ...goodParameters, SessionContext: 'e\u0301' })}\n`;
  const headers = signedHeaders(sandbox.url, body, { overrides: { 'X-tc-traceID': 'Trace' } });
  await exchange(sandbox.url, { headers, body });
  const request = last(sandbox.requests);
  assert.equal(request.body.toString(), body);
  assert.equal(request.method, 'POST');
  assert.equal(request.action, 'SendSms');
  assert.equal(request.headers.authorization, headers.Authorization);
  assert.ok(request.rawHeaders.includes('X-tc-traceID'));
  assert.deepEqual(request.signature.signedHeaders, ['content-type', 'host']);
  assert.equal(request.signature.verified, true);
});
