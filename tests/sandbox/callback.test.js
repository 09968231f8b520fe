/** The callback about deliveries, in the format of cloud.tencent.com/document/api/382/5807. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultAccount } from '../../sandbox/account.js';
import { isCallbackUrl } from '../../sandbox/callback.js';
import { portOf } from '../shared/port-of.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { goodParameters, now, post } from './support/sign-and-post.js';

/** The callbacks that arrived. @type {{ method?: string, path?: string, type?: string, body: any }[]} */
const arrived = [];
let status = 200;
const receiver = createServer(async (request, response) => {
  const { method, url: path, headers } = request;
  const body = await json(request);
  arrived.push({ method, path, type: headers['content-type'], body });
  response.writeHead(status, { Location: '/elsewhere' });
  response.end('{"result":0,"errmsg":"OK"}');
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
after(() => receiver.close());
beforeEach(() => {
  arrived.length = 0;
  status = 200;
});
const callbackUrl = `http://127.0.0.1:${portOf(receiver)}/sms?key=1`;
const account = { ...defaultAccount, deliveryReportSeconds: 0 };

/** @param {import('../../sandbox/callback.js').CallbackOutcome[]} outcomes */
async function outcomeOf(outcomes) {
  while (outcomes.length === 0) await delay(5);
  return outcomes;
}

test('each request is reported once, in Tencent’s format', async () => {
  /** @type {import('../../sandbox/callback.js').CallbackOutcome[]} */
  const outcomes = [];
  const onCallback = outcomes.push.bind(outcomes);
  await withSandbox({ now, account, callbackUrl, onCallback }, async (sandbox) => {
    const { answer } = await post(sandbox, {
      ...goodParameters,
      PhoneNumberSet: ['+8613800138000', '+8613900139000', '123'],
    });
    assert.deepEqual(await outcomeOf(outcomes), [{ url: callbackUrl, status: 200 }]);
    const report = {
      // 12:00 UTC in Beijing
      user_receive_time: '2026-03-01 20:00:00',
      nationcode: '86',
      report_status: 'SUCCESS',
      errmsg: 'DELIVRD',
      description: '用户短信送达成功',
    };
    const [one, other] = answer.SendStatusSet;
    assert.deepEqual(arrived, [
      {
        method: 'POST',
        path: '/sms?key=1',
        type: 'application/json',
        body: [
          { ...report, mobile: '13800138000', sid: one.SerialNo },
          { ...report, mobile: '13900139000', sid: other.SerialNo },
        ],
      },
    ]);
    await delay(100);
    assert.equal(arrived.length, 1);
  });
});

test('failures of carriers are reported with their code, and silence is not', async () => {
  /** @type {import('../../sandbox/callback.js').CallbackOutcome[]} */
  const outcomes = [];
  const onCallback = outcomes.push.bind(outcomes);
  await withSandbox({ now, account, callbackUrl, onCallback }, async (sandbox) => {
    for (const number of ['+8619400000196', '+8619400000191']) {
      await post(sandbox, { ...goodParameters, PhoneNumberSet: [number] });
    }
    await post(sandbox, { ...goodParameters, TemplateId: '999' });
    await outcomeOf(outcomes);
    await delay(100);
    assert.deepEqual(
      arrived.map(({ body: [{ mobile, report_status, errmsg }] }) => [
        mobile,
        report_status,
        errmsg,
      ]),
      [['19400000191', 'FAIL', 'MK:0004']],
    );
  });
});

test('a receiver that fails, redirects or is absent is reported, and not asked again', async () => {
  for (const [url, answer] of /** @type {const} */ ([
    [callbackUrl, 500],
    [callbackUrl, 307],
    ['http://127.0.0.1:1/', 'bad port'],
  ])) {
    arrived.length = 0;
    status = typeof answer === 'number' ? answer : 200;
    /** @type {import('../../sandbox/callback.js').CallbackOutcome[]} */
    const outcomes = [];
    const onCallback = outcomes.push.bind(outcomes);
    await withSandbox({ now, account, callbackUrl: url, onCallback }, async (sandbox) => {
      await post(sandbox);
      const [outcome] = await outcomeOf(outcomes);
      assert.equal(outcome.status ?? outcome.error, answer);
      await delay(50);
      assert.equal(outcomes.length, 1);
      assert.equal(arrived.length, typeof answer === 'number' ? 1 : 0);
    });
  }
});

test('a sandbox that is closed reports nothing more', async () => {
  const slow = { ...account, deliveryReportSeconds: 1 };
  await withSandbox({ now, account: slow, callbackUrl }, (sandbox) => post(sandbox));
  await delay(1100);
  assert.deepEqual(arrived, []);
});

test('callbacks go to this machine and to private networks only', () => {
  for (const url of [
    'http://127.0.0.1:3000/x',
    'http://localhost/x',
    'https://app.localhost/x',
    'http://app:3000/',
    'http://host.docker.internal:3000/',
    'http://10.1.2.3/',
    'http://172.31.0.1/',
    'http://192.168.0.1/',
    'http://[::1]:3000/',
    'http://[fd00::1]/',
  ]) {
    assert.ok(isCallbackUrl(url), url);
  }
  for (const url of [
    'http://example.com/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://[2001:db8::1]/',
    'http://localhost.example.com/',
    'http://internal.example.com/',
    'http://134744072/',
    'ftp://localhost/',
    'localhost:3000',
    '',
  ]) {
    assert.ok(!isCallbackUrl(url), url);
  }
});
