/** Each fault as a client sees it on the wire, and the requests that it affects. */

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { parsePhoneNumber } from 'libphonenumber-js';
import { parsePhoneNumber as parseMobileNumber } from 'libphonenumber-js/max';
import { actionNames } from '../../sandbox/api/api.js';
import { faults, findFault } from '../../sandbox/faults/faults.js';
import { magicNumbers } from '../../sandbox/faults/magic-numbers.js';
import { startSandbox } from '../../sandbox/server.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { last, present } from './support/present.js';
import { rawExchange } from './support/raw-exchange.js';
import { goodParameters, now, OVERSEAS, post } from './support/sign-and-post.js';

const sandbox = await startSandbox({ now });
after(() => sandbox.close());

/** @typedef {import('./support/raw-exchange.js').RawAnswer} RawAnswer */
/** @typedef {(answer: RawAnswer) => void} Check */

/** @param {string} number */
const to = (number) => ({
  ...goodParameters,
  ...(number.startsWith('+86') ? {} : OVERSEAS),
  PhoneNumberSet: [number],
});

/** The parameters of the last request. @returns {typeof goodParameters} */
const asked = () => JSON.parse(last(sandbox.requests).body.toString());

/** @param {Buffer} body @returns {import('./support/sign-and-post.js').Answer} */
const responseIn = (body) => JSON.parse(body.toString()).Response;

/**
 * Asserts that the answer is the correct one to an accepted message.
 * @param {Pick<RawAnswer, 'end' | 'status' | 'headers' | 'body'>} answer
 */
function isRight({ end, status, headers, body }) {
  assert.equal(end, 'complete');
  assert.equal(status, 200);
  assert.equal(headers.date, 'Sun, 01 Mar 2026 12:00:00 GMT');
  const { SendStatusSet } = responseIn(body);
  assert.equal(SendStatusSet[0].Code, 'Ok');
  assert.equal(SendStatusSet[0].PhoneNumber, asked().PhoneNumberSet[0]);
}

/** Half of the right answer, under the length of the whole. @type {Check} */
function isHalf({ status, headers, body }) {
  assert.equal(status, 200);
  const whole = JSON.stringify(last(sandbox.requests).answer);
  assert.equal(Number(headers['content-length']), whole.length);
  assert.equal(body.toString(), whole.slice(0, whole.length / 2));
}

/** @type {Check} */
function isNothing({ bytes }) {
  assert.equal(bytes.length, 0);
}

/** @param {string} end @param {...Check} checks */
const ends = (end, ...checks) => ({
  patience: 300,
  check(/** @type {RawAnswer} */ answer) {
    assert.equal(answer.end, end);
    for (const check of checks) check(answer);
  },
});
/** @param {number} status @returns {Check} */
const html =
  (status) =>
  ({ end, ...answer }) => {
    assert.equal(end, 'complete');
    assert.equal(answer.status, status);
    assert.equal(answer.headers['content-type'], 'text/html');
    assert.match(answer.body.toString(), new RegExp(`^<!doctype html>.*${status}`));
  };
/** @param {number} status @returns {Check} */
const redirect = (status) => (answer) => {
  assert.equal(answer.status, status);
  assert.match(answer.headers.location, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.notEqual(new URL(answer.headers.location).port, String(sandbox.port));
};
/** @param {string} code @returns {Check} */
const errorCode =
  (code) =>
  ({ status, body }) => {
    assert.equal(status, 200);
    assert.equal(responseIn(body).Error.Code, code);
    assert.match(responseIn(body).RequestId, /^[0-9a-f-]{36}$/);
  };
/** @param {string} code @returns {Check} */
const statusCode =
  (code) =>
  ({ status, body }) => {
    assert.equal(status, 200);
    const { SendStatusSet, RequestId } = responseIn(body);
    assert.match(RequestId, /^[0-9a-f-]{36}$/);
    const [{ Message, ...rest }] = SendStatusSet;
    assert.ok(Message);
    assert.deepEqual(rest, {
      SerialNo: '',
      PhoneNumber: asked().PhoneNumberSet[0],
      Fee: 0,
      SessionContext: '',
      Code: code,
      IsoCode: '',
    });
  };
/** @param {string | undefined} date @returns {Check} */
const clockSays = (date) => (answer) => {
  assert.equal(answer.headers.date, date);
  errorCode('AuthFailure.SignatureExpire')(answer);
};
/** @param {string} text @returns {Check} */
const bodyIs =
  (text) =>
  ({ end, status, body }) => {
    assert.deepEqual([end, status], ['complete', 200]);
    assert.equal(body.toString(), text);
  };
/** @param {(response: import('./support/sign-and-post.js').Answer) => void} check @returns {Check} */
const answerHas =
  (check) =>
  ({ end, status, headers, body }) => {
    assert.deepEqual([end, status], ['complete', 200]);
    assert.equal(headers['content-type'], 'application/json');
    check(responseIn(body));
  };
/** @param {'Message' | 'Code' | 'RequestId'} field */
const quotes = (field) =>
  answerHas((response) => {
    const { authorization } = last(sandbox.requests).headers;
    const { PhoneNumberSet, TemplateParamSet } = asked();
    const quoted = field === 'RequestId' ? response.RequestId : response.Error[field];
    for (const secret of [present(authorization), PhoneNumberSet[0], TemplateParamSet[0]]) {
      assert.ok(quoted.includes(secret), secret);
    }
  });
/** @param {string} first @param {string} second @returns {Check} */
const bothResponses =
  (first, second) =>
  ({ body }) => {
    const text = body.toString();
    assert.equal(text.match(/"Response":/g)?.length, 2);
    const [, one, two] = present(/^\{"Response":(.*),"Response":(.*)\}$/.exec(text));
    assert.ok(first in JSON.parse(one));
    assert.ok(second in JSON.parse(two));
  };

/**
 * The checks of the bytes on the wire, by fault. Some have options.
 * @type {Record<string, Check | { patience?: number, untilClosed?: boolean, check: Check }>}
 */
const onTheWire = {
  busy: errorCode('RequestLimitExceeded'),
  'busy-once': errorCode('RequestLimitExceeded'),

  'clock-fast': clockSays('Sun, 01 Mar 2026 12:10:00 GMT'),
  'clock-slow': clockSays('Sun, 01 Mar 2026 11:50:00 GMT'),
  'clock-no-date': clockSays(undefined),
  'clock-date-1970': clockSays('Thu, 01 Jan 1970 00:00:00 GMT'),
  'clock-date-2999': clockSays('Tue, 01 Jan 2999 00:00:00 GMT'),
  'clock-date-garbage': clockSays('not a date'),

  'reset-before': ends('ECONNRESET', isNothing),
  'reset-after': ends('ECONNRESET', isNothing),
  'reset-mid-answer': ends('ECONNRESET', isHalf),
  'close-without-answer': ends('closed', isNothing),
  hang: ends('open', isNothing),
  'hang-after': ends('open', isNothing),
  'hang-mid-answer': ends('open', isHalf),
  trickle: ends('open', ({ headers, body }) => {
    assert.ok(Number(headers['content-length']) * 100 > 60_000);
    assert.match(body.toString(), /^ {1,3}$/);
  }),
  slow(answer) {
    assert.ok(answer.milliseconds > 1400 && answer.milliseconds < 5000);
    isRight(answer);
  },
  truncated: ends('closed', isHalf),
  'close-idle': {
    untilClosed: true,
    check(answer) {
      assert.equal(answer.end, 'closed');
      assert.equal(answer.headers.connection, 'keep-alive');
      assert.ok(answer.milliseconds < 1000);
      isRight({ ...answer, end: 'complete' });
    },
  },
  'not-http': ends('closed', ({ bytes }) => assert.match(bytes.toString(), /^SSH-2\.0-/)),

  'no-content': ({ status, body }) => assert.deepEqual([status, body.length], [204, 0]),
  'json-500': (answer) => {
    assert.equal(answer.status, 500);
    errorCode('InternalError')({ ...answer, status: 200 });
  },
  'early-hints': (answer) => {
    assert.deepEqual(answer.interim, [103]);
    isRight(answer);
  },
  gzip: ({ body, ...answer }) => {
    assert.equal(answer.headers['content-encoding'], 'gzip');
    isRight({ ...answer, body: gunzipSync(body) });
  },
  'gzip-bomb': ({ body, ...answer }) => {
    assert.ok(body.length < 64 * 1024);
    const unpacked = gunzipSync(body);
    assert.ok(unpacked.length > 10_000_000);
    isRight({ ...answer, body: unpacked });
  },
  'broken-gzip': (answer) => {
    assert.equal(answer.headers['content-encoding'], 'gzip');
    assert.throws(() => gunzipSync(answer.body));
  },
  'wrong-content-type': (answer) => {
    assert.equal(answer.headers['content-type'], 'text/html');
    isRight(answer);
  },

  'empty-body': bodyIs(''),
  'json-no-response': bodyIs('{}'),
  'json-null': bodyIs('null'),
  'json-array': bodyIs('[]'),
  'json-string': bodyIs('"Ok"'),
  'json-response-string': answerHas((response) => assert.equal(typeof response, 'string')),
  'json-statuses-object': answerHas(({ SendStatusSet }) => {
    assert.equal(SendStatusSet[0].Code, 'Ok');
    assert.ok(!Array.isArray(SendStatusSet));
  }),
  'json-code-number': answerHas(({ SendStatusSet }) => assert.equal(SendStatusSet[0].Code, 0)),
  'empty-set': answerHas(({ SendStatusSet }) => assert.deepEqual(SendStatusSet, [])),
  'deep-nesting': ({ end, body }) => {
    assert.equal(end, 'complete');
    assert.ok(body.includes('['.repeat(100_000)));
  },
  'deep-nesting-60k': ({ end, body }) => {
    assert.equal(end, 'complete');
    assert.ok(body.includes('['.repeat(30_000)));
    assert.ok(body.length < 64 * 1024);
  },
  'ok-then-error': bothResponses('SendStatusSet', 'Error'),
  'error-then-ok': bothResponses('Error', 'SendStatusSet'),
  'huge-body': (answer) => {
    assert.ok(answer.body.length > 5_000_000);
    isRight(answer);
  },
  'endless-body': ends('open', ({ headers, body }) => {
    assert.equal(headers['transfer-encoding'], 'chunked');
    assert.match(body.toString(), /^[0-9a-f]+\r\n\{"Response":\{.*\}\}\s/);
    assert.ok(body.length > 2 * 64 * 1024);
  }),
  'invalid-utf8': (answer) => {
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(answer.body));
    isRight(answer);
  },
  bom: ({ body, ...answer }) => {
    assert.equal(body.subarray(0, 3).toString('hex'), 'efbbbf');
    isRight({ ...answer, body: body.subarray(3) });
  },
  'number-differs': answerHas(({ SendStatusSet }) => {
    const [{ Code, PhoneNumber }] = SendStatusSet;
    assert.equal(Code, 'Ok');
    const [number] = asked().PhoneNumberSet;
    assert.match(PhoneNumber, /^\+\d+$/);
    assert.notEqual(PhoneNumber, number);
    assert.equal(PhoneNumber.length, number.length);
  }),
  'lower-case-ok': answerHas(({ SendStatusSet }) => assert.equal(SendStatusSet[0].Code, 'ok')),
  'echo-message': quotes('Message'),
  'echo-code': quotes('Code'),
  'echo-request-id': quotes('RequestId'),
};

/** Those that many have in common, or its own. @param {string} name */
function checkOf(name) {
  const [, kind, what] = /^(html-|redirect-|error:|status:|receipt-)(.*)$/.exec(name) ?? [];
  switch (kind) {
    case 'html-':
      return html(Number(what));
    case 'redirect-':
      return redirect(Number(what));
    case 'error:':
      return errorCode(what);
    case 'status:':
      return statusCode(what);
    case 'receipt-':
      return isRight;
    default:
      return onTheWire[name];
  }
}

for (const fault of faults) {
  test(`${fault.name} looks on the wire as described`, async () => {
    const known = checkOf(fault.name);
    assert.ok(known, 'the fault has no check');
    const { check, ...options } = typeof known === 'function' ? { check: known } : known;
    // For a wrong clock, the right timestamp is wrong.
    const clock = fault.name.startsWith('clock-');
    for (const number of magicNumbers(fault)) {
      const before = sandbox.messages.length;
      check(await rawExchange(sandbox, to(number), options));
      const { fault: struck, signature, answer, outcome, messages } = last(sandbox.requests);
      assert.equal(struck, fault.name);
      assert.equal(signature.verified, !clock);
      const accepted = sandbox.messages.slice(before);
      assert.deepEqual(accepted, messages);
      assert.equal(accepted.length, fault.accepted && !clock ? 1 : 0);
      if (fault.accepted && !clock) {
        assert.equal(accepted[0].phoneNumber, number);
        assert.equal(outcome, 'Ok');
      } else {
        assert.notEqual(outcome, 'Ok');
        assert.equal(answer === undefined, outcome === fault.name);
      }
      if (fault.name === 'busy-once') isRight(await rawExchange(sandbox, to(number)));
    }
  });
}

test('every checked fault is in the table, and each has its own name and numbers', () => {
  for (const name of Object.keys(onTheWire)) assert.ok(findFault(name), name);
  const numbers = faults.flatMap(magicNumbers);
  assert.equal(numbers.length, 2 * faults.length);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
});

test('magic numbers pass Logto’s check of numbers, and belong to nobody', () => {
  for (const number of faults.flatMap(magicNumbers)) {
    assert.ok(parsePhoneNumber(number).isValid(), number);
    if (number.startsWith('+86')) {
      assert.ok(!parseMobileNumber(number).isValid(), 'a carrier has the prefix');
    } else {
      assert.match(number, /^\+1[2-9]\d\d55501\d\d$/, 'not reserved for fiction');
    }
  }
});

test('a magic number works in every form that Tencent understands, and among other numbers', async () => {
  for (const PhoneNumberSet of [
    ['8619400000110'],
    ['008619400000110'],
    ['19400000110'],
    ['+8613800138000', '+8619400000110'],
  ]) {
    await post(sandbox, { ...goodParameters, PhoneNumberSet });
    assert.equal(last(sandbox.requests).fault, 'busy', PhoneNumberSet.join());
  }
});

test('numbers next to the magic ones are ordinary numbers', async () => {
  for (const number of ['+8619400000199', '+8619400000010', '+16465550099', '+16475550110']) {
    const { answer } = await post(sandbox, to(number));
    assert.equal(answer.SendStatusSet[0].Code, 'Ok', number);
    assert.equal(last(sandbox.requests).fault, undefined);
  }
});

test('a fault affects any request', async () => {
  for (const body of [
    '',
    'null',
    '7',
    '"x"',
    '[1]',
    '{"PhoneNumberSet":{}}',
    '{"PhoneNumberSet":[1]}',
  ]) {
    sandbox.setFault('status:FailedOperation', { times: 1 });
    const { answer } = await post(sandbox, body, { secretKey: 'wrong' });
    assert.deepEqual(answer.SendStatusSet, [], body);
    for (const name of ['echo-code', 'number-differs', 'invalid-utf8', 'json-statuses-object']) {
      sandbox.setFault(name, { times: 1 });
      assert.equal((await post(sandbox, body)).status, 200);
      assert.equal(last(sandbox.requests).fault, name);
    }
  }
  assert.equal(last(sandbox.requests).messages.length, 0);
});

test('a fault of setFault lasts until it is changed', async () => {
  sandbox.setFault('busy');
  for (let count = 0; count < 3; count += 1) {
    assert.equal((await post(sandbox)).answer.Error.Code, 'RequestLimitExceeded');
  }
  sandbox.setFault('error:ActionOffline');
  assert.equal((await post(sandbox)).answer.Error.Code, 'ActionOffline');
  sandbox.setFault(undefined);
  assert.equal((await post(sandbox)).answer.SendStatusSet[0].Code, 'Ok');
  assert.equal(last(sandbox.requests).fault, undefined);
});

test('a fault of setFault can last for some requests, and takes precedence over magic numbers', async () => {
  sandbox.setFault('error:ActionOffline', { times: 2 });
  const codes = [];
  for (let count = 0; count < 3; count += 1) {
    codes.push((await post(sandbox, to('+8619400000110'))).answer.Error.Code);
  }
  assert.deepEqual(codes, ['ActionOffline', 'ActionOffline', 'RequestLimitExceeded']);
});

/** A request of an action that only reads. @param {string} action */
async function ask(action) {
  await post(sandbox, {}, { action });
  return last(sandbox.requests).fault;
}
const LIST = 'DescribeSmsSignList';
const COUNT = 'SendStatusStatistics';

/** A message. @param {string} [number] */
async function message(number = '+8613800138000') {
  await post(sandbox, to(number));
  return last(sandbox.requests).fault;
}

for (const times of [1, 2, 3]) {
  test(`a fault for the next requests (${times}) affects and counts only messages`, async () => {
    sandbox.setFault('busy', { times });
    for (let strikes = 0; strikes < times; strikes += 1) {
      for (const action of [COUNT, LIST, 'NoSuchAction', 'sendsms', '', COUNT]) {
        assert.equal(await ask(action), undefined, action);
      }
      assert.equal(await message(), 'busy');
    }
    assert.equal(await message(), undefined);
    assert.equal(await ask(COUNT), undefined);
  });
}

test('a request without an action does not use up the fault of a message', async () => {
  sandbox.setFault('busy', { times: 1 });
  await fetch(sandbox.url, { method: 'POST', body: '{}' });
  assert.equal(last(sandbox.requests).fault, undefined);
  assert.equal(await message(), 'busy');
});

for (const action of actionNames) {
  test(`a fault for some calls of ${action} affects and counts no other action`, async () => {
    const others = actionNames.filter((other) => other !== action);
    sandbox.setFault('busy', { times: 2, action });
    for (const count of [1, 2]) {
      for (const other of others) assert.equal(await ask(other), undefined, other);
      assert.equal(await ask(action), 'busy', String(count));
    }
    assert.equal(await ask(action), undefined);
  });
}

test('a fault without a number affects every request, or every request of its action', async () => {
  sandbox.setFault('busy');
  for (const action of [...actionNames, 'NoSuchAction', '']) {
    assert.equal(await ask(action), 'busy', action);
  }
  sandbox.setFault('busy', { action: COUNT });
  for (let round = 0; round < 3; round += 1) {
    assert.equal(await ask(COUNT), 'busy');
    assert.equal(await ask(LIST), undefined);
    assert.equal(await message(), undefined);
  }
  sandbox.setFault(undefined);
  assert.equal(await ask(COUNT), undefined);
});

test('a magic number works while a fault waits for another action, and does not use up that fault', async () => {
  sandbox.setFault('error:ActionOffline', { times: 1, action: COUNT });
  assert.equal(await message('+8619400000110'), 'busy');
  assert.equal(await message(), undefined);
  assert.equal(await ask(COUNT), 'error:ActionOffline');

  sandbox.setFault('error:ActionOffline', { times: 1 });
  assert.equal(await ask(COUNT), undefined);
  assert.equal(await message('+8619400000110'), 'error:ActionOffline');
  assert.equal(await message('+8619400000110'), 'busy');
});

test('setFault refuses unknown faults, and keeps the current one', async () => {
  sandbox.setFault('busy', { times: 1 });
  const notFaults = ['', 'hangs', 'error:', 'status:a b', 'error:a\n', 'toString', null];
  for (const name of /** @type {any[]} */ (notFaults)) {
    assert.throws(() => sandbox.setFault(name), RangeError, name);
  }
  for (const times of /** @type {any[]} */ ([0, -1, 1.5, Number.NaN, '2', null])) {
    assert.throws(() => sandbox.setFault('hang', { times }), RangeError, times);
  }
  for (const action of /** @type {any[]} */ (['', 'sendsms', 'SendSms ', 'toString', null, 7])) {
    assert.throws(() => sandbox.setFault('hang', { action }), RangeError, action);
  }
  assert.equal((await post(sandbox)).answer.Error.Code, 'RequestLimitExceeded');
  assert.equal((await post(sandbox)).answer.Error, undefined);
});

test('the sandbox can answer with any code of Tencent’s', async () => {
  for (const code of ['UnsupportedOperation.', 'FailedOperation.NotYetKnown', 'Ok']) {
    sandbox.setFault(`error:${code}`, { times: 1 });
    errorCode(code)(await rawExchange(sandbox, goodParameters));
    sandbox.setFault(`status:${code}`, { times: 1 });
    statusCode(code)(await rawExchange(sandbox, goodParameters));
  }
});

test('each number is refused, with its context', async () => {
  sandbox.setFault('status:FailedOperation', { times: 1 });
  const PhoneNumberSet = ['13800138000', 'nonsense'];
  const { answer } = await post(sandbox, {
    ...goodParameters,
    PhoneNumberSet,
    SessionContext: '会',
  });
  assert.deepEqual(
    answer.SendStatusSet.map(({ PhoneNumber, SessionContext, Code }) => [
      PhoneNumber,
      SessionContext,
      Code,
    ]),
    [
      ['+8613800138000', '会', 'FailedOperation'],
      ['nonsense', '会', 'FailedOperation'],
    ],
  );
});

test('busy-once lets each second try of a number through, and counts only refusals', async () => {
  sandbox.setFault('busy-once', { times: 2 });
  const outcomes = [];
  for (const number of ['+8613800138000', '+8613900139000', '+8613800138000', '+8613900139000']) {
    await post(sandbox, to(number));
    outcomes.push(last(sandbox.requests).outcome);
  }
  assert.deepEqual(outcomes, ['RequestLimitExceeded', 'RequestLimitExceeded', 'Ok', 'Ok']);
});

test('a client that corrects its clock is accepted', async () => {
  for (const [name, correction] of /** @type {const} */ ([
    ['clock-fast', 600],
    ['clock-slow', -600],
    ['clock-no-date', 600],
  ])) {
    sandbox.setFault(name, { times: 1 });
    const timestamp = now() / 1000 + correction;
    const { answer } = await post(sandbox, goodParameters, { timestamp });
    assert.equal(answer.SendStatusSet?.[0].Code, 'Ok', name);
    const receivedAt = new Date(timestamp * 1000).toISOString();
    assert.equal(last(sandbox.messages).receivedAt, receivedAt, 'the time is not of that clock');
  }
});

test('a request that follows a redirect is recorded', async () => {
  assert.equal(sandbox.redirected.length, 0);
  for (const [status, method] of [
    [302, 'GET'],
    [308, 'POST'],
  ]) {
    sandbox.setFault(`redirect-${status}`);
    await fetch(sandbox.url, { method: 'POST', body: 'a message' });
    const stray = last(sandbox.redirected);
    assert.equal(stray.method, method);
    assert.equal(stray.body.toString(), method === 'POST' ? 'a message' : '');
  }
  assert.equal(sandbox.redirected.length, 2);
});

test('after close-idle, no connection takes a further request', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  sandbox.setFault('close-idle', { times: 1 });
  await post(sandbox, goodParameters, { request: { agent } });
  await delay(100);
  assert.equal(Object.keys(agent.freeSockets).length, 0);
  assert.equal((await post(sandbox, goodParameters, { request: { agent } })).status, 200);
  agent.destroy();
});

test('close ends requests that hang', { timeout: 5000 }, async () => {
  const hanging = await startSandbox({ now });
  const ended = ['hang', 'hang-after', 'hang-mid-answer', 'trickle', 'slow', 'endless-body'].map(
    async (name) => {
      const [number] = magicNumbers(present(findFault(name)));
      return (await rawExchange(hanging, to(number), { untilClosed: true })).end;
    },
  );
  while (hanging.requests.length < ended.length) await delay(10);
  await hanging.close();
  for (const end of await Promise.all(ended)) assert.match(end, /^(closed|ECONNRESET)$/);
});

test('the records keep only the newest requests, and count all', async () => {
  await withSandbox({ now, keep: 2 }, async (forgetful) => {
    for (const code of ['1', '2', '3', '4']) {
      await post(forgetful, { ...goodParameters, TemplateParamSet: [code] });
    }
    await post(forgetful, 'no message');
    assert.deepEqual(
      forgetful.messages.map(({ templateParams }) => templateParams[0]),
      ['3', '4'],
    );
    assert.deepEqual(
      forgetful.requests.map(({ outcome }) => outcome),
      ['Ok', 'InvalidParameter'],
    );
    assert.deepEqual(forgetful.totals, { messages: 4, requests: 5 });
  });
});
