/** The tracing channel, by which observability tools in the host's process see each send. */

import { strict as assert } from 'node:assert';
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { mock, test } from 'node:test';
import { withSandbox } from '../shared/with-sandbox.js';
import { ours } from './support/connectors.js';

/** @typedef {import('../../js-shim/index.js').SendTrace} SendTrace */

const name = 'connector-tencent-sms-wasm:send';
const to = '8613800138000';
const code = '935172';

/**
 * Sends a message with subscribers, and returns the events of the channel.
 *
 * @param {object} config
 * @param {object} [data]
 */
async function tracedSend(config, data = { to, type: 'SignIn', payload: { code } }) {
  /** @type {[string, SendTrace][]} */
  const events = [];
  const handlers = Object.fromEntries(
    ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((event) => [
      event,
      (/** @type {any} */ message) => {
        events.push([event, { ...message }]);
      },
    ]),
  );
  const channel = tracingChannel(name);
  const console_ = mock.method(console, 'error', () => {});
  channel.subscribe(/** @type {any} */ (handlers));
  try {
    const sender = await ours(undefined);
    await sender.send(data, /** @type {Record<string, unknown>} */ (config)).catch(() => {});
  } finally {
    channel.unsubscribe(/** @type {any} */ (handlers));
    console_.mock.restore();
  }
  const text = JSON.stringify(events);
  for (const secret of [to, to.slice(2), code, 'AKIDSANDBOX', 'SANDBOX0not0a0real0key']) {
    assert.ok(!text.includes(secret), secret);
  }
  return { names: events.map(([event]) => event), trace: events.at(-1)?.[1] };
}

test('an accepted message is traced with its IDs', () =>
  withSandbox({}, async ({ config, messages }) => {
    const { names, trace } = await tracedSend(config);
    assert.deepEqual(names, ['start', 'end', 'asyncStart', 'asyncEnd']);
    assert.ok(trace && trace.durationMs >= 0 && /^[0-9a-f-]{36}$/.test(trace.requestId ?? ''));
    const { durationMs, requestId, ...rest } = trace;
    delete (/** @type {any} */ (rest).result);
    assert.deepEqual(rest, {
      side: 'mainland',
      usageType: 'SignIn',
      outcome: 'accepted',
      tencentCode: undefined,
      serialNo: messages[0]?.serialNo,
      attempts: 1,
    });
  }));

test('each outcome is traced', () =>
  withSandbox({}, async ({ config, setFault }) => {
    for (const [fault, expected] of /** @type {const} */ ([
      [
        'status:LimitExceeded.PhoneNumberDailyLimit',
        ['refused', 'LimitExceeded.PhoneNumberDailyLimit', 1],
      ],
      ['reset-after', ['unknown', undefined, 1]],
    ])) {
      setFault(fault);
      const { names, trace } = await tracedSend(config);
      assert.deepEqual(names, ['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
      assert.deepEqual([trace?.outcome, trace?.tencentCode, trace?.attempts], expected);
    }
    const unsent = await tracedSend({ ...config, allowedCallingCodes: ['852'] });
    assert.deepEqual([unsent.trace?.outcome, unsent.trace?.attempts], ['not-sent', 0]);
    const unreadable = await tracedSend({ ...config, templates: [] });
    assert.deepEqual([unreadable.trace?.outcome, unreadable.trace?.side], ['not-sent', undefined]);
  }));

test('an unknown usage type is traced as other, and an overseas number by its side', () =>
  withSandbox({}, async ({ config }) => {
    const data = { to: '85251234567', type: `Call ${to}`, payload: { code } };
    const { trace } = await tracedSend(config, data);
    assert.deepEqual([trace?.side, trace?.usageType], ['overseas', 'other']);
  }));

test('a listener of one channel is enough', () =>
  withSandbox({}, async ({ config }) => {
    /** @type {unknown[]} */
    const seen = [];
    const listener = (/** @type {unknown} */ message) => void seen.push(message);
    subscribe(`tracing:${name}:asyncEnd`, listener);
    const sender = await ours(undefined);
    await sender.send({ to, type: 'SignIn', payload: { code } }, config);
    unsubscribe(`tracing:${name}:asyncEnd`, listener);
    await sender.send({ to, type: 'SignIn', payload: { code } }, config);
    assert.equal(seen.length, 1);
  }));
