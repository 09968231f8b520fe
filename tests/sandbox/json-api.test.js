/** The JSON API: messages and refusals, for end-to-end tests and the inbox page. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import http from 'node:http';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { metadata } from '../../js-shim/metadata.js';
import { defaultAccount } from '../../sandbox/account.js';
import { startSandbox } from '../../sandbox/server.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { last, present } from './support/present.js';
import { exchange, goodParameters, NOW_SECONDS, OVERSEAS, post } from './support/sign-and-post.js';

/** @type {import('../../sandbox/server.js').Sandbox} */
let sandbox;
/** The sandbox's time. @type {number} */
let clock;
beforeEach(async () => {
  clock = NOW_SECONDS * 1000;
  sandbox = await startSandbox({ now: () => clock });
});
afterEach(() => sandbox.close());

/**
 * @param {Record<string, unknown>} [changes]
 * @param {import('./support/sign-and-post.js').PostOptions} [options]
 */
const send = async (changes, options) =>
  (await post(sandbox, { ...goodParameters, ...changes }, options)).answer;

/** @param {string} path @param {string} [method] */
async function call(path, method = 'GET') {
  const { status, headers, text } = await exchange(sandbox.url, { method, path });
  assert.equal(headers['content-type'], 'application/json');
  return { status, body: JSON.parse(text) };
}
/** @param {string} path */
async function get(path) {
  const { status, body } = await call(path);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}
/** @param {import('../../sandbox/inbox.js').InboxMessage[]} messages */
const numbers = (messages) => messages.map(({ to }) => to);

test('a message shows what a phone would receive', async () => {
  const [{ SerialNo: mainland }] = (await send()).SendStatusSet;
  clock += 1000;
  const [{ SerialNo: overseas }] = (await send({ ...OVERSEAS, SenderId: 'Logto' })).SendStatusSet;
  assert.deepEqual(await get('/api/messages'), [
    {
      serialNo: overseas,
      to: '+12025550123',
      side: 'overseas',
      signName: '',
      senderId: 'Logto',
      templateId: '1200001',
      templateParamSet: ['246810'],
      text: 'Your verification code is 246810.',
      code: '246810',
      acceptedAt: '2026-03-01T12:00:01.000Z',
      fault: null,
    },
    {
      serialNo: mainland,
      to: '+8613800138000',
      side: 'mainland',
      signName: '腾讯云示例',
      senderId: '',
      templateId: '1100001',
      templateParamSet: ['246810'],
      text: '【腾讯云示例】您的登录验证码为：246810，请勿泄露给他人。',
      code: '246810',
      acceptedAt: '2026-03-01T12:00:00.000Z',
      fault: null,
    },
  ]);
});

test('the code is the first value of 4 to 8 digits', async () => {
  for (const [TemplateParamSet, code] of /** @type {const} */ ([
    [['123', '4567'], '4567'],
    [['246810', '1357'], '246810'],
    [['10', '5'], null],
  ])) {
    await send({ TemplateId: '1100005', TemplateParamSet });
    assert.equal((await get('/api/messages/latest')).code, code);
  }
  for (const [value, code] of /** @type {const} */ ([
    ['12345678', '12345678'],
    ['123456789', null],
    ['code 4567', null],
    ['１２３４', null],
  ])) {
    await send({ ...OVERSEAS, TemplateId: '1200003', TemplateParamSet: [value] });
    assert.equal((await get('/api/messages/latest')).code, code, value);
  }
});

test('messages are found by number and by time, up to a limit', async () => {
  await send();
  clock += 60_000;
  await send(OVERSEAS);
  await send({ PhoneNumberSet: ['+8613900139000'] });
  assert.deepEqual(numbers(await get('/api/messages')), [
    '+8613900139000',
    '+12025550123',
    '+8613800138000',
  ]);
  for (const to of [
    '%2B8613800138000',
    '+8613800138000',
    '8613800138000',
    '%2B86%20138-0013-8000',
    '+1202555 0123',
    '%2B1%20(202)%20555-0123',
  ]) {
    assert.equal((await get(`/api/messages?to=${to.replaceAll(' ', '%20')}`)).length, 1, to);
  }
  for (const to of ['861380013800', '138000', '18624017194']) {
    assert.deepEqual(await get(`/api/messages?to=${to}`), [], to);
  }
  assert.deepEqual(numbers(await get('/api/messages?limit=1')), ['+8613900139000']);
  for (const since of [
    '2026-03-01T12:00:00.001Z',
    '2026-03-01T12:01:00Z',
    '2026-03-01T20:01:00%2B08:00',
    '2026-03-01T20:01:00+08:00',
  ]) {
    assert.equal((await get(`/api/messages?since=${since}`)).length, 2, since);
  }
  assert.deepEqual(await get('/api/messages?since=2026-03-01T12:01:00.001Z'), []);
  const query = 'to=%2B12025550123&since=2026-03-01T12:00:30Z&limit=5';
  assert.deepEqual(numbers(await get(`/api/messages?${query}`)), ['+12025550123']);
});

test('50 messages are listed by default', async () => {
  const PhoneNumberSet = Array.from({ length: 60 }, (_, i) => `+86138001380${10 + i}`);
  await send({ PhoneNumberSet });
  assert.equal((await get('/api/messages')).length, 50);
  assert.deepEqual(numbers(await get('/api/messages?limit=1000')), PhoneNumberSet.toReversed());
});

test('the latest message is returned at once, or an error if there is none', async () => {
  const none = await call('/api/messages/latest?to=%2B8613800138000');
  assert.equal(none.status, 404);
  assert.deepEqual(none.body, { error: 'No message to +8613800138000 was accepted.' });
  await send({ TemplateParamSet: ['111111'] });
  await send({ TemplateParamSet: ['222222'] });
  await send(OVERSEAS);
  const start = performance.now();
  const { code } = await get('/api/messages/latest?to=%2B8613800138000&wait=30');
  assert.equal(code, '222222');
  assert.ok(performance.now() - start < 5000, 'the request waited');
  assert.equal((await get('/api/messages/latest')).to, '+12025550123');
});

test('a missing message is explained if it was refused', async () => {
  await send({ TemplateId: '999' });
  const { status, body } = await call('/api/messages/latest?to=%2B8613800138000');
  assert.equal(status, 404);
  assert.match(body.error, /refused: FailedOperation\.TemplateIncorrectOrUnapproved: The template/);
  const other = await call('/api/messages/latest?to=%2B8613900139000');
  assert.doesNotMatch(other.body.error, /refused/);
});

test('latest waits for the next message to the number', async () => {
  const waiting = get('/api/messages/latest?to=%2B8613800138000&wait=30');
  await delay(100);
  await send({ PhoneNumberSet: ['+8613900139000'] });
  await send({ TemplateId: '999' });
  await delay(100);
  await send({ TemplateParamSet: ['135790'] });
  assert.equal((await waiting).code, '135790');
});

test('latest ignores messages older than since, and waits', async () => {
  await send({ TemplateParamSet: ['111111'] });
  clock += 1000;
  const since = new Date(clock).toISOString();
  const waiting = get(`/api/messages/latest?since=${since}&wait=30`);
  await delay(100);
  await send({ TemplateParamSet: ['222222'] });
  assert.equal((await waiting).code, '222222');
});

test('latest gives up after its time', async () => {
  const start = performance.now();
  const { status } = await call('/api/messages/latest?wait=1');
  const took = performance.now() - start;
  assert.equal(status, 404);
  assert.ok(took >= 990 && took < 10_000, `${took} ms`);
});

test('a refusal names the number, the code and its meaning', async () => {
  const { RequestId: first } = await send({
    PhoneNumberSet: ['+8613800138000', 'nonsense'],
    TemplateId: '1100006',
  });
  const { RequestId: second } = await send({}, { secretKey: 'wrong' });
  sandbox.setFault('html-503', { times: 1 });
  await send();
  const third = last(sandbox.requests).requestId;
  const { RequestId: fourth } = await send({ International: 5 }, { action: 'DescribeSmsSignList' });
  const common = { refusedAt: '2026-03-01T12:00:00.000Z', fault: null, action: 'SendSms' };
  const [list, lost, signature, nonsense, template, ...others] = await get('/api/refusals');
  assert.deepEqual(others, []);
  assert.deepEqual(template, {
    ...common,
    to: '+8613800138000',
    templateId: '1100006',
    code: 'FailedOperation.TemplateIncorrectOrUnapproved',
    message: 'The template 1100006 does not exist or is not approved.',
    meaning: 'Template not approved, or content does not match the approved one',
    requestId: first,
  });
  assert.equal(nonsense.to, 'nonsense');
  assert.equal(nonsense.code, 'InvalidParameterValue.IncorrectPhoneNumber');
  assert.deepEqual(
    { ...signature, message: undefined, meaning: undefined },
    {
      ...common,
      to: '+8613800138000',
      templateId: '1100001',
      code: 'AuthFailure.SignatureFailure',
      message: undefined,
      meaning: undefined,
      requestId: second,
    },
  );
  assert.deepEqual(lost, {
    ...common,
    to: '+8613800138000',
    templateId: '1100001',
    code: null,
    message: 'Not processed by Tencent. Status 503 with HTML',
    meaning: null,
    requestId: third,
    fault: 'html-503',
  });
  assert.deepEqual(
    [list.to, list.action, list.code, list.requestId],
    [null, 'DescribeSmsSignList', 'UnknownParameter', fourth],
  );
  assert.equal((await get('/api/refusals?to=%2B8613800138000')).length, 3);
  assert.equal((await get('/api/refusals?limit=2')).length, 2);
  assert.deepEqual(await get('/api/messages'), []);
});

test('a message whose answer was lost is listed with the fault', async () => {
  sandbox.setFault('close-without-answer', { times: 1 });
  await assert.rejects(send());
  const { to, fault } = await get('/api/messages/latest');
  assert.deepEqual({ to, fault }, { to: '+8613800138000', fault: 'close-without-answer' });
});

test('a fault of the clock does not change the dates in the inbox', async () => {
  sandbox.setFault('clock-fast', { times: 2 });
  await send();
  await send({}, { timestamp: NOW_SECONDS + 600 });
  assert.equal((await get('/api/messages/latest')).acceptedAt, '2026-03-01T12:00:00.000Z');
  assert.equal((await get('/api/refusals'))[0].refusedAt, '2026-03-01T12:00:00.000Z');
});

test('no answer contains an Authorization header or a key', async () => {
  for (const fault of ['echo-message', 'echo-code', 'echo-request-id']) {
    sandbox.setFault(fault, { times: 1 });
    await send();
  }
  const texts = [];
  for (const path of ['/api/refusals', '/api/messages', '/api/account']) {
    texts.push(JSON.stringify(await get(path)));
  }
  assert.doesNotMatch(texts.join(), /TC3-HMAC|Credential=|Signature=/);
  assert.ok(!texts.join().includes(defaultAccount.secretKey));
});

test('DELETE clears the inbox, but not the account’s statistics', async () => {
  await send();
  await send();
  await send({ TemplateId: '999' });
  assert.deepEqual(await call('/api/messages', 'DELETE'), { status: 200, body: { deleted: 2 } });
  assert.deepEqual(await get('/api/messages'), []);
  assert.deepEqual(await get('/api/refusals'), []);
  await send(OVERSEAS);
  assert.deepEqual(numbers(await get('/api/messages')), ['+12025550123']);
  const { answer } = await post(
    sandbox,
    {
      SmsSdkAppId: '1400006666',
      BeginTime: '2026030120',
      EndTime: '2026030120',
      Limit: 0,
      Offset: 0,
    },
    { action: 'SendStatusStatistics' },
  );
  assert.equal(answer.SendStatusStatistics.RequestSuccessCount, 3);
});

test('the inbox keeps only the newest messages', async () => {
  await withSandbox({ now: () => clock, keep: 3 }, async (small) => {
    for (const code of ['1111', '2222', '3333', '4444']) {
      await post(small, { ...goodParameters, TemplateParamSet: [code] });
    }
    const { text } = await exchange(small.url, { method: 'GET', path: '/api/messages' });
    /** @type {import('../../sandbox/inbox.js').InboxMessage[]} */
    const messages = JSON.parse(text);
    assert.deepEqual(
      messages.map(({ code }) => code),
      ['4444', '3333', '2222'],
    );
  });
});

test('the account and the config can be read', async () => {
  const { secretKey, ...account } = defaultAccount;
  assert.deepEqual(await get('/api/account'), account);
  assert.deepEqual(await get('/api/config'), sandbox.config);
});

/** The value that Logto's Console makes from the text of a form field. @type {Record<string, (text: string) => unknown>} */
const readField = { Text: String, Number, Json: JSON.parse };

/** Accounts whose configs have other keys or values. @type {Record<string, import('../../sandbox/account.js').Account>} */
const accounts = {
  'the default account': defaultAccount,
  'a temporary key': { ...defaultAccount, securityToken: 'token/+=' },
  'texts that shells and JSON treat specially': {
    ...defaultAccount,
    securityToken: `it's "$HOME" \`id\` \\ '\\'' !! %2B\n<b>`,
  },
  'an account without templates': { ...defaultAccount, templates: [] },
};

for (const [name, account] of Object.entries(accounts)) {
  test(`the fields of the Console’s form result in the config: ${name}`, async () => {
    await withSandbox({ account }, async ({ url, config }) => {
      const { text } = await exchange(url, { method: 'GET', path: '/api/logto' });
      /** @type {{ fields: { key: string, label: string, value: string }[] }} */
      const { fields } = JSON.parse(text);
      const shown = new Map(fields.map(({ key, ...field }) => [key, field]));
      // The order is that of the connector's own form.
      const items = metadata.formItems?.filter(({ key }) => Object.hasOwn(config, key)) ?? [];
      assert.deepEqual(
        fields.map(({ key, label }) => [key, label]),
        items.map(({ key, label }) => [key, label]),
      );
      const typed = items.map(({ key, type }) => [
        key,
        present(readField[type])(present(shown.get(key)).value),
      ]);
      assert.deepEqual(Object.fromEntries(typed), JSON.parse(JSON.stringify(config)));
    });
  });

  test(`the command sends the config to Logto’s Management API: ${name}`, async () => {
    await withSandbox({ account }, async ({ url, config }) => {
      const { text } = await exchange(url, { method: 'GET', path: '/api/logto' });
      /** @type {{ curl: string }} */
      const { curl } = JSON.parse(text);
      // The shell parses the command, and passes its arguments to this curl.
      const script = `curl() { printf '%s\\0' "$@"; }\n${curl}`;
      const { stdout, stderr } = await promisify(execFile)('sh', ['-euc', script]);
      assert.equal(stderr, '');
      const [body, ...others] = stdout.split('\0').slice(0, -1).reverse();
      assert.deepEqual(others.reverse(), [
        '-X',
        'POST',
        '<logto-endpoint>/api/connectors',
        '-H',
        'Authorization: Bearer <access-token>',
        '-H',
        'Content-Type: application/json',
        '-d',
      ]);
      assert.deepEqual(JSON.parse(body), {
        connectorId: metadata.id,
        config: JSON.parse(JSON.stringify(config)),
      });
    });
  });
}

test('a field without a value is not shown', async () => {
  await withSandbox({ account: { ...defaultAccount, signatures: [] } }, async ({ url }) => {
    const { text } = await exchange(url, { method: 'GET', path: '/api/logto' });
    /** @type {{ fields: { key: string, value: string }[] }} */
    const { fields } = JSON.parse(text);
    assert.ok(fields.length > 3);
    assert.ok(fields.every(({ key, value }) => key !== 'signName' && value !== ''));
  });
});

test('unknown paths and wrong parameters are explained', async () => {
  for (const [path, explanation] of /** @type {const} */ ([
    ['/api/messages?limit=0', /"limit" is a whole number from 1 to 1000/],
    ['/api/messages?limit=1001', /"limit"/],
    ['/api/messages?limit=x', /"limit"/],
    ['/api/messages?to=x', /"to" is a phone number/],
    ['/api/messages?to=', /"to"/],
    ['/api/messages?since=yesterday', /"since" is a time/],
    ['/api/messages?since=1', /"since"/],
    ['/api/messages?since=2026-03-40T00:00:00Z', /"since"/],
    ['/api/messages?wait=1', /no parameter "wait" here; there is to, since, limit/],
    ['/api/messages/latest?wait=31', /"wait" is whole seconds, at most 30/],
    ['/api/messages/latest?wait=-1', /"wait"/],
    ['/api/messages/latest?wait=0.5', /"wait"/],
    ['/api/messages/latest?too=1', /no parameter "too"/],
    ['/api/logto?x', /no parameter "x" here; there is none/],
    ['/api/config?x', /no parameter "x" here; there is none/],
    ['/api/config?__proto__=x', /no parameter "__proto__"/],
  ])) {
    const { status, body } = await call(path);
    assert.equal(status, 400, path);
    assert.match(body.error, explanation);
  }
  for (const path of [
    '/api/',
    '/api/message',
    '/api/messages/',
    '/api/messages/1',
    '/api/toString',
  ]) {
    const { status, body } = await call(path);
    assert.equal(status, 404, path);
    assert.match(body.error, /\/api\/messages\/latest/);
  }
  for (const [method, path, allow] of [
    ['POST', '/api/messages', 'GET, DELETE'],
    ['PUT', '/api/messages/latest', 'GET'],
    ['DELETE', '/api/messages/latest', 'GET'],
    ['DELETE', '/api/config', 'GET'],
    ['PUT', '/api/logto', 'GET'],
    ['OPTIONS', '/api/events', 'GET'],
  ]) {
    const { status, headers } = await exchange(sandbox.url, { method, path });
    assert.equal(status, 405, `${method} ${path}`);
    assert.equal(headers.allow, allow);
  }
});

/**
 * Follows the events as a browser does. `next` returns one after the other.
 * @param {{ lastEventId?: string }} [from]
 */
async function follow({ lastEventId } = {}) {
  const headers = lastEventId ? { 'Last-Event-ID': lastEventId } : {};
  const request = http.get(`${sandbox.url}/api/events`, { headers });
  /** @type {http.IncomingMessage} */
  const response = await new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  assert.equal(response.statusCode, 200);
  assert.equal(response.headers['content-type'], 'text/event-stream');
  response.setEncoding('utf8');
  async function* events() {
    let text = '';
    for await (const chunk of response) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks.filter((each) => /^event:/m.test(each))) {
        const field = (/** @type {string} */ name) =>
          new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        yield { event: field('event'), id: field('id'), data: JSON.parse(present(field('data'))) };
      }
    }
  }
  const stream = events();
  const next = async () => {
    const { done, value } = await stream.next();
    assert.ok(!done, 'the events ended');
    return value;
  };
  const until = async (/** @type {string} */ name) => {
    const seen = [];
    for (;;) {
      const each = await next();
      seen.push(each);
      if (each.event === name) return seen;
    }
  };
  return { next, until, close: () => request.destroy() };
}
/** @param {{ event: string | undefined }[]} events */
const names = (events) => events.map(({ event }) => event);

test('the events report first the current state and then the changes', async () => {
  await send();
  await send({ TemplateId: '999' });
  const { next, until, close } = await follow();
  const replayed = await until('live');
  assert.deepEqual(names(replayed), ['run', 'clear', 'message', 'refusal', 'fault', 'live']);
  assert.deepEqual(replayed[2].data, (await get('/api/messages'))[0]);
  assert.deepEqual(replayed[3].data, (await get('/api/refusals'))[0]);
  assert.deepEqual(replayed[4].data, { fault: null, times: null, action: null });

  await send(OVERSEAS);
  const message = await next();
  assert.equal(message.event, 'message');
  assert.deepEqual(message.data, await get('/api/messages/latest'));
  sandbox.setFault('busy', { times: 2 });
  assert.deepEqual((await next()).data, { fault: 'busy', times: 2, action: 'SendSms' });
  await send();
  assert.deepEqual(names([await next(), await next()]), ['fault', 'refusal']);
  await call('/api/messages', 'DELETE');
  assert.equal((await next()).event, 'clear');
  close();
});

test('a client that reconnects gets the events that it missed, a clearing included', async () => {
  await send();
  const first = await follow();
  const { id, event } = last(await first.until('message'));
  assert.equal(event, 'message');
  first.close();
  await send(OVERSEAS);
  const second = await follow({ lastEventId: id });
  const missed = await second.until('live');
  assert.deepEqual(names(missed), ['run', 'message', 'fault', 'live']);
  assert.equal(missed[1].data.to, '+12025550123');
  second.close();

  await call('/api/messages', 'DELETE');
  await send();
  const third = await follow({ lastEventId: missed[1].id });
  assert.deepEqual(names(await third.until('live')), ['run', 'clear', 'message', 'fault', 'live']);
  third.close();

  for (const lastEventId of ['elsewhere-99', 'nonsense', '7']) {
    const stranger = await follow({ lastEventId });
    const seen = names(await stranger.until('live'));
    assert.deepEqual(seen, ['run', 'clear', 'message', 'fault', 'live'], lastEventId);
    stranger.close();
  }
});

test('the latest code is plain text, and a message without one is passed over', async () => {
  const path = '/api/messages/latest/code?to=%2B8613800138000';
  const none = await exchange(sandbox.url, { method: 'GET', path });
  assert.deepEqual(
    [none.status, none.text],
    [404, 'No message with a code to +8613800138000 was accepted.'],
  );
  await send({ TemplateParamSet: ['975310'] });
  await send({ ...OVERSEAS, TemplateId: '1200003', TemplateParamSet: ['Paris'] });
  for (const query of ['', '?to=8613800138000', '?wait=1']) {
    const { status, headers, text } = await exchange(sandbox.url, {
      method: 'GET',
      path: `/api/messages/latest/code${query}`,
    });
    assert.deepEqual([status, text], [200, '975310']);
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
  }
  const other = await exchange(sandbox.url, {
    method: 'GET',
    path: '/api/messages/latest/code?to=12025550123',
  });
  assert.equal(other.status, 404);
});
