/** The memory of the sandbox, whatever is sent to it, measured in its own process. */

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  exchange,
  goodParameters,
  machineSeconds,
  OVERSEAS,
  signedHeaders,
} from './support/sign-and-post.js';

/** @typedef {import('./support/measured-sandbox.js').Kept} Kept */
/** @typedef {{ url: string, port: number, measure: () => Promise<Kept> }} Measured */

const MEASURED_SANDBOX = fileURLToPath(new URL('support/measured-sandbox.js', import.meta.url));
const MB = 1024 * 1024;
const TIMEOUT = { timeout: 120_000 };
const TEN_MB = Buffer.alloc(10 * MB, ' ');

/**
 * @param {import('node:test').TestContext} t
 * @returns {Promise<Measured>}
 */
async function startMeasured(t) {
  const child = fork(MEASURED_SANDBOX, { execArgv: ['--expose-gc'] });
  t.after(() => child.kill());
  const [{ url, port }] = await once(child, 'message');
  const measure = async () => {
    child.send('measure');
    const [kept] = await once(child, 'message');
    return kept;
  };
  return { url, port, measure };
}

/**
 * Returns the growth of memory in MB over many repetitions, of which six run at once as in a browser.
 * @param {Measured} sandbox
 * @param {number} times
 * @param {() => Promise<unknown>} act
 */
async function growthBy({ measure }, times, act) {
  const before = await measure();
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await act();
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  const after = await measure();
  return {
    kept: (after.bytes - before.bytes) / MB,
    resident: (after.resident - before.resident) / MB,
    records: after,
  };
}

test(
  '150 posts of 10 MB from the page of another site are not even received',
  TIMEOUT,
  async (t) => {
    const sandbox = await startMeasured(t);
    const headers = { 'Content-Type': 'text/plain', Origin: 'https://evil.example' };
    /** @type {Set<string | number | undefined>} */
    const outcomes = new Set();
    const { kept, resident, records } = await growthBy(sandbox, 150, async () => {
      const options = { headers: { ...headers, 'Content-Length': TEN_MB.length }, body: TEN_MB };
      const outcome = await exchange(sandbox.url, options).catch((error) => error);
      outcomes.add(outcome.status ?? outcome.code);
    });
    outcomes.delete('EPIPE');
    outcomes.delete('ECONNRESET');
    assert.deepEqual([...outcomes], [403]);
    assert.equal(records.requests, 0);
    assert.ok(kept < 8, `${kept} MB kept`);
    assert.ok(resident < 64, `${resident} MB resident`);
  },
);

for (const [name, length] of /** @type {const} */ ([
  ['with their length', { 'Content-Length': TEN_MB.length }],
  ['in chunks', { 'Transfer-Encoding': 'chunked' }],
])) {
  test(
    `150 posts of 10 MB from a program, ${name}, are answered and not kept`,
    TIMEOUT,
    async (t) => {
      const sandbox = await startMeasured(t);
      const signed = signedHeaders(sandbox.url, TEN_MB, { timestamp: machineSeconds() });
      /** @type {Set<string>} */
      const codes = new Set();
      const { kept, resident, records } = await growthBy(sandbox, 150, async () => {
        const options = { headers: { ...signed, ...length }, body: TEN_MB };
        codes.add((await exchange(sandbox.url, options)).answer.Error.Code);
      });
      assert.deepEqual([...codes], ['RequestSizeLimitExceeded']);
      assert.equal(records.requests, 150);
      assert.ok(kept < 32, `${kept} MB kept`);
      // The received bytes are garbage, which Node collects later.
      assert.ok(resident < 256, `${resident} MB resident`);
    },
  );
}

test('unfinished bodies are held only up to the limit', TIMEOUT, async (t) => {
  const sandbox = await startMeasured(t);
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  const { kept } = await growthBy(sandbox, 200, async () => {
    const socket = connect(sandbox.port, '127.0.0.1').on('error', () => {});
    sockets.push(socket);
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${TEN_MB.length}\r\n\r\n`);
    // This is more than the system buffers, so that the sandbox has read some of it.
    await new Promise((resolve) => socket.write(TEN_MB.subarray(MB), resolve));
  });
  for (const socket of sockets) socket.destroy();
  assert.ok(kept < 48, `${kept} MB kept`);
});

test('the records hold a limited number of bytes', TIMEOUT, async (t) => {
  const sandbox = await startMeasured(t);
  const parameters = {
    ...goodParameters,
    ...OVERSEAS,
    // A notification template accepts texts of any length.
    TemplateId: '1200003',
    PhoneNumberSet: Array.from({ length: 20 }, (_, index) => `+12025550${index + 100}`),
    TemplateParamSet: ['x'.repeat(60_000)],
  };
  const body = JSON.stringify(parameters);
  const signed = signedHeaders(sandbox.url, body, { timestamp: machineSeconds() });
  const sent = await growthBy(sandbox, 200, async () => {
    const { answer } = await exchange(sandbox.url, { headers: signed, body });
    assert.equal(answer.SendStatusSet[0].Code, 'Ok');
  });
  assert.ok(sent.kept < 64, `${sent.kept} MB kept of 240 MB of messages`);

  const headers = { ...signed, 'X-Long': 'x'.repeat(12_000) };
  const long = await growthBy(sandbox, 2000, () => exchange(sandbox.url, { headers, body: '' }));
  assert.ok(long.kept < 32, `${long.kept} MB kept of headers`);
});

test('requests to the target of a redirect are limited in the same way', TIMEOUT, async (t) => {
  const sandbox = await startMeasured(t);
  const body = '{"fault":"redirect-308"}';
  const headers = { 'Content-Type': 'application/json' };
  const chosen = { method: 'PUT', path: '/control/fault', headers, body };
  assert.equal((await exchange(sandbox.url, chosen)).status, 200);
  const redirect = await fetch(sandbox.url, { method: 'POST', redirect: 'manual' });
  const location = redirect.headers.get('location') ?? '';

  const { kept, records } = await growthBy(sandbox, 150, () =>
    exchange(location, { headers: { 'Content-Length': TEN_MB.length }, body: TEN_MB }),
  );
  assert.equal(records.redirected, 150);
  assert.ok(kept < 32, `${kept} MB kept`);
  const many = await growthBy(sandbox, 4900, () => exchange(location));
  assert.equal(many.records.redirected, 5000);
});

test(
  'a client that follows the events without reading them is disconnected',
  TIMEOUT,
  async (t) => {
    const sandbox = await startMeasured(t);
    const idle = http.get(`${sandbox.url}/api/events`);
    const [following] = await once(idle, 'response');
    const parameters = {
      ...goodParameters,
      ...OVERSEAS,
      TemplateId: '1200003',
      PhoneNumberSet: Array.from({ length: 200 }, (_, index) => `+12025550${index + 100}`),
      TemplateParamSet: ['x'.repeat(50_000)],
    };
    const body = JSON.stringify(parameters);
    const signed = signedHeaders(sandbox.url, body, { timestamp: machineSeconds() });
    const { kept } = await growthBy(sandbox, 30, () =>
      exchange(sandbox.url, { headers: signed, body }),
    );
    assert.ok(kept < 96, `${kept} MB kept of 600 MB of events`);
    following.resume();
    await assert.rejects(once(following, 'end'), { code: 'ECONNRESET' });
  },
);
