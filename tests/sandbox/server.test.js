/** The sandbox as a server: its connections, its records, and Tencent’s complete SDK as a client. */

import assert from 'node:assert/strict';
import http from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { last } from './support/present.js';
import { exchange, goodParameters, machineSeconds, now, post } from './support/sign-and-post.js';

const sandbox = await startSandbox();
after(() => sandbox.close());

/**
 * Tencent's complete SDK as a client. It takes the service's name from the first label of the host, so the
 * host must be `sms.…`, which resolves to 127.0.0.1.
 * @param {{ secretId: string, secretKey: string }} credential
 */
function sdkClient(credential) {
  /** @type {import('node:net').LookupFunction} */
  const lookup = (_host, { all }, done) =>
    all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
  return new CommonClient(`sms.sandbox:${sandbox.port}`, '2021-01-11', {
    credential,
    region: 'ap-guangzhou',
    profile: { httpProfile: { protocol: 'http://', agent: new http.Agent({ lookup }) } },
  });
}

test('Tencent’s SDK sends a message', async () => {
  const { secretId, secretKey } = defaultAccount;
  const answer = await sdkClient({ secretId, secretKey }).request('SendSms', goodParameters);
  assert.equal(answer.SendStatusSet[0].Code, 'Ok');
  assert.equal(last(sandbox.messages).serialNo, answer.SendStatusSet[0].SerialNo);
  assert.equal(last(sandbox.requests).headers.host, `sms.sandbox:${sandbox.port}`);
});

test('Tencent’s SDK understands a refusal', async () => {
  const client = sdkClient({ secretId: defaultAccount.secretId, secretKey: 'wrong' });
  const error = await client.request('SendSms', goodParameters).catch((reason) => reason);
  assert.equal(error.code, 'AuthFailure.SignatureFailure');
  assert.equal(error.requestId, last(sandbox.requests).requestId);
});

test('answers are JSON with the date of the sandbox’s clock', async () => {
  const { status, headers } = await withSandbox({ now }, (clocked) => post(clocked));
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers.date, 'Sun, 01 Mar 2026 12:00:00 GMT');
});

test('the API has no other path than /', async () => {
  const before = sandbox.requests.length;
  for (const path of ['/v2', '//']) {
    const { status } = await exchange(sandbox.url, { path });
    assert.equal(status, 404, path);
  }
  assert.equal(sandbox.requests.length, before);
});

test('onRequest is called before the answer is sent', async () => {
  /** @type {import('../../sandbox/server.js').ReceivedRequest[]} */
  const heard = [];
  await withSandbox({ now, onRequest: (request) => heard.push(request) }, async (listening) => {
    const { answer } = await post(listening);
    assert.deepEqual(heard, listening.requests);
    assert.equal(heard[0].messages[0].text, listening.messages[0].text);
    assert.equal(heard[0].answer?.Response.RequestId, answer.RequestId);
  });
});

test('the caller can choose the account', async () => {
  const account = { ...defaultAccount, secretKey: 'another', securityToken: 'token' };
  await withSandbox({ now, account }, async (owned) => {
    assert.equal(owned.config.accessKeySecret, 'another');
    assert.equal(owned.config.securityToken, 'token');
    const options = { secretKey: 'another', overrides: { 'X-TC-Token': 'token' } };
    assert.equal((await post(owned, goodParameters, options)).answer.Error, undefined);
  });
});

test('the config names templates that the account may send on each side', async () => {
  const { config } = sandbox;
  assert.equal(config.endpoint, sandbox.url);
  assert.match(config.accessKeyId, /^(?=.*SANDBOX)AKID[A-Za-z0-9]{32}$/);
  assert.match(config.accessKeySecret, /^(?=.*SANDBOX)[A-Za-z0-9]{32}$/);
  assert.ok(config.templates.some(({ usageType }) => usageType === 'Generic'));
  const options = { timestamp: machineSeconds() };
  const common = { SmsSdkAppId: config.sdkAppId, TemplateParamSet: ['246810'] };
  for (const { templateCode } of config.templates) {
    for (const side of [
      {
        PhoneNumberSet: ['+8613800138000'],
        SignName: config.signName,
        TemplateId: templateCode.china,
      },
      { PhoneNumberSet: ['+12025550123'], TemplateId: templateCode.overseas },
    ]) {
      const { answer } = await post(sandbox, { ...common, ...side }, options);
      assert.equal(answer.SendStatusSet?.[0].Code, 'Ok', side.TemplateId);
    }
  }
});

test('a client that disconnects leaves no record', async () => {
  const before = sandbox.requests.length;
  const socket = connect(sandbox.port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await delay(50);
  socket.destroy();
  await delay(50);
  assert.equal(sandbox.requests.length, before);
  assert.equal((await exchange(sandbox.url)).status, 200, 'the sandbox is gone');
});

test('the network cannot reach the sandbox', async (t) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && !each.internal && each.family === 'IPv4');
  if (!outside) return t.skip('this machine has no network');
  await assert.rejects(exchange(`http://${outside.address}:${sandbox.port}`), {
    code: 'ECONNREFUSED',
  });
});

test('a port in use is an error', async () => {
  await assert.rejects(startSandbox({ port: sandbox.port }), { code: 'EADDRINUSE' });
});

test('close does not wait for idle or half-sent connections', { timeout: 5000 }, async () => {
  const closing = await startSandbox();
  const agent = new http.Agent({ keepAlive: true });
  await exchange(closing.url, { agent });
  assert.equal(Object.keys(agent.freeSockets).length, 1, 'the connection was not kept open');
  const halfSent = connect(closing.port, '127.0.0.1');
  halfSent.on('error', () => {});
  halfSent.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await delay(50);
  await closing.close();
  await assert.rejects(exchange(closing.url), { code: 'ECONNREFUSED' });
  agent.destroy();
});
