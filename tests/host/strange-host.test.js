/**
 * Hosts that changed the clock, the console, randomness or `fetch`. A strange host may cost a line, a retry
 * or a signature, but never a true outcome and never the process.
 */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import diagnosticsChannel from 'node:diagnostics_channel';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import { promisify } from 'node:util';
import { ConnectorError, ConnectorErrorCodes } from '@logto/connector-kit';
import { withSandbox } from '../shared/with-sandbox.js';
import { acceptedAnswer } from './support/accepted-answer.js';
import { instance, ourFactory, ours } from './support/connectors.js';
import { captureConsole } from './support/console.js';

const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };

/**
 * Sends one message to the sandbox in a strange host.
 *
 * @param {() => () => void} disturb makes the host strange, and returns a function that restores it
 * @param {{ timeoutSeconds?: number, fault?: string }} [options]
 */
async function sendWhile(disturb, { timeoutSeconds = 2, fault } = {}) {
  return withSandbox({}, async ({ url, config, requests, totals, setFault }) => {
    setFault(fault);
    const { send } = await ours(url);
    const console = captureConsole();
    const restore = disturb();
    /** @type {unknown} */
    let outcome;
    try {
      outcome = await send(data, { ...config, timeoutSeconds }).then(
        () => 'sent',
        (error) => error,
      );
    } finally {
      restore();
      console.restore();
    }
    if (outcome !== 'sent') {
      assert.ok(outcome instanceof ConnectorError, String(outcome));
    }
    const code = outcome instanceof ConnectorError ? outcome.code : 'sent';
    return { code, line: console.text(), requests: requests.length, accepted: totals.messages };
  });
}

/** @param {typeof globalThis.fetch} replacement */
function withFetch(replacement) {
  const { fetch } = globalThis;
  return () => {
    globalThis.fetch = replacement;
    return () => {
      globalThis.fetch = fetch;
    };
  };
}

const { fetch: realFetch } = globalThis;

/** @param {() => unknown} clock */
const withClock = (clock) => () => {
  const mocked = mock.method(Date, 'now', clock);
  return () => mocked.mock.restore();
};

const clocks = {
  'with fractions': () => performance.timeOrigin + performance.now(),
  'before 1970': () => -1_000_000.5,
  'that is not a number': () => Number.NaN,
  'that is infinite': () => Number.POSITIVE_INFINITY,
  'of another type': () => BigInt(Math.trunc(performance.timeOrigin + performance.now())),
};

for (const [name, clock] of Object.entries(clocks)) {
  test(`a clock ${name} changes no outcome`, async () => {
    /** @param {string | undefined} fault */
    const codeUnder = async (fault) => (await sendWhile(withClock(clock), { fault })).code;
    assert.equal(await codeUnder('html-502'), ConnectorErrorCodes.InvalidResponse);
    assert.equal(await codeUnder('reset-after'), ConnectorErrorCodes.General);
    // Tencent would refuse a timestamp of 1970, so a stand-in for fetch accepts the message.
    const accepted = withFetch(async () => new Response(acceptedAnswer));
    const { code } = await sendWhile(() => {
      const restore = [accepted(), withClock(clock)()];
      return () => {
        for (const undo of restore) {
          undo();
        }
      };
    });
    assert.equal(code, 'sent');
  });
}

test('a clock with fractions signs with whole seconds', async () => {
  const { code, accepted } = await sendWhile(withClock(clocks['with fractions']));
  assert.equal(code, 'sent');
  assert.equal(accepted, 1);
});

test('a console that throws costs only the line', async () => {
  const silent = () => {
    const mocked = mock.method(console, 'error', () => {
      throw new Error('no console');
    });
    return () => mocked.mock.restore();
  };
  for (const [fault, expected] of [
    [undefined, 'sent'],
    // The message is accepted, with a warning to print.
    ['number-differs', 'sent'],
    ['html-502', ConnectorErrorCodes.InvalidResponse],
    ['error:LimitExceeded.PhoneNumberDailyLimit', ConnectorErrorCodes.RateLimitExceeded],
  ]) {
    assert.equal((await sendWhile(silent, { fault })).code, expected, fault);
  }
});

test('without randomness, each of 60 sends arrives once, with its own trace id', async () => {
  const { getRandomValues } = crypto;
  for (const replacement of [
    undefined,
    () => {
      throw new Error('no randomness');
    },
  ]) {
    Object.defineProperty(crypto, 'getRandomValues', { value: replacement, configurable: true });
    try {
      await withSandbox({}, async ({ url, config, requests, totals }) => {
        const { send } = await ours(url);
        await Promise.all(Array.from({ length: 60 }, () => send(data, config)));
        assert.equal(totals.messages, 60);
        const ids = requests.map(({ headers }) => headers['x-tc-traceid']);
        assert.equal(new Set(ids).size, 60);
      });
    } finally {
      Object.defineProperty(crypto, 'getRandomValues', {
        value: getRandomValues,
        configurable: true,
      });
    }
  }
});

test('a response of a wrapper needs only a body', async () => {
  /** @type {Record<string, object>} */
  const responses = {
    'with headers as a plain object': { status: 200, headers: {}, body: acceptedAnswer },
    'with a text function': { status: 200, text: async () => acceptedAnswer },
    'without headers': { status: 200, body: new Response(acceptedAnswer).body },
    'with a body of texts': {
      status: 200,
      body: (async function* () {
        yield acceptedAnswer;
      })(),
    },
    'with an invalid date': {
      status: 200,
      headers: new Headers({ date: 'yesterday' }),
      body: new Response(acceptedAnswer).body,
    },
    'without a status': { headers: new Headers(), body: acceptedAnswer },
    'with a status that is a text': { status: '200', body: acceptedAnswer },
  };
  for (const [name, response] of Object.entries(responses)) {
    const { code } = await sendWhile(withFetch(async () => /** @type {Response} */ (response)));
    assert.equal(code, 'sent', name);
  }
});

test('a value that is not a response is an unknown outcome', async () => {
  for (const response of [undefined, null, 'Ok', 42, {}, { status: 200 }]) {
    const fetch = async () => /** @type {any} */ (response);
    const { code, line } = await sendWhile(withFetch(fetch));
    assert.notEqual(code, 'sent');
    assert.match(line, /may or may not have been sent/);
  }
});

test('a send ends at its deadline even if fetch ignores its signal', async () => {
  const began = performance.now();
  const { code, line } = await sendWhile(
    withFetch(() => new Promise(() => {})),
    { timeoutSeconds: 1 },
  );
  assert.ok(performance.now() - began < 1500);
  assert.equal(code, ConnectorErrorCodes.General);
  assert.match(line, /No answer from Tencent's API in time; the message may or may not/);
});

test('a send ends at its deadline even if the body never ends', async () => {
  const body = new ReadableStream();
  const { line } = await sendWhile(
    withFetch(async () => new Response(body)),
    { timeoutSeconds: 1 },
  );
  assert.match(line, /No answer from Tencent's API in time/);
});

test('a host without fetch is reported, and nothing was sent', async () => {
  const { line, requests } = await sendWhile(withFetch(/** @type {any} */ (undefined)));
  assert.match(line, /no fetch.*nothing was sent/);
  assert.equal(requests, 0);
});

test('a fetch that throws synchronously is an unknown outcome, and is not retried', async () => {
  let calls = 0;
  const { line } = await sendWhile(
    withFetch(() => {
      calls += 1;
      throw new TypeError('no such thing');
    }),
  );
  assert.equal(calls, 1);
  assert.match(line, /may or may not have been sent/);
});

test('an error code is found on the error itself and on nested causes', async () => {
  const refusal = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
  const wrapped = new TypeError('fetch failed', { cause: refusal });
  for (const error of [refusal, wrapped, new Error('wrapper', { cause: wrapped })]) {
    let calls = 0;
    const { line } = await sendWhile(
      withFetch(async () => {
        calls += 1;
        throw error;
      }),
      { timeoutSeconds: 8 },
    );
    assert.match(line, /refused the connection.*nothing was sent/);
    assert.equal(calls, 3);
  }
});

test('a thrown value that is not an ordinary error is an unknown outcome', async () => {
  const hostile = {
    get code() {
      throw new Error('no code');
    },
  };
  const circular = new Error('circular');
  circular.cause = circular;
  for (const thrown of [undefined, null, 'ECONNREFUSED', 42, hostile, circular, Symbol('x')]) {
    const { code, line } = await sendWhile(
      withFetch(async () => {
        throw thrown;
      }),
    );
    assert.equal(code, ConnectorErrorCodes.General);
    assert.match(line, /may or may not have been sent/);
  }
});

/** @type {Record<string, typeof fetch>} */
const retrying = {
  'with the same init': async (url, init) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await realFetch(url, init).catch((error) => error);
      if (attempt === 3 || (response instanceof Response && response.ok)) {
        if (response instanceof Response) return response;
        throw response;
      }
    }
  },
  'without the signal': async (url, init) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await realFetch(url, { ...init, signal: null }).catch((error) => error);
      if (attempt === 3 || (response instanceof Response && response.ok)) {
        if (response instanceof Response) return response;
        throw response;
      }
    }
  },
};

for (const [name, fetch] of Object.entries(retrying)) {
  for (const fault of ['reset-after', 'reset-before', 'html-502', 'close-without-answer']) {
    test(`a wrapper that retries ${name} after ${fault} sends once, and is reported`, async () => {
      const { code, line, requests } = await sendWhile(withFetch(fetch), { fault });
      assert.equal(code, ConnectorErrorCodes.General);
      assert.equal(requests, 1);
      assert.match(line, /more than once/);
    });
  }
}

test('a wrapper that retries a failed connect sends no second message', async () => {
  // Nothing listens there any more.
  const closed = await withSandbox({}, async ({ url }) => url);
  const { line, requests } = await sendWhile(
    withFetch(async (_, init) => {
      const retry = retrying['with the same init'];
      return retry ? retry(closed, init) : Response.error();
    }),
  );
  assert.equal(requests, 0);
  assert.match(line, /may or may not have been sent.*more than once/);
});

test('messages of another shape on the channels of the HTTP client are ignored', async () => {
  const disturb = () => {
    for (const name of [
      'undici:request:create',
      'undici:client:sendHeaders',
      'undici:client:connected',
      'http.client.request.created',
    ]) {
      for (const message of [
        undefined,
        null,
        {},
        { request: null },
        { request: { headers: 1n } },
      ]) {
        diagnosticsChannel.channel(name).publish(message);
      }
    }
    return () => {};
  };
  assert.equal((await sendWhile(disturb)).code, 'sent');
});

test('a host whose diagnostics channels cannot be subscribed to sends all the same', async () => {
  await withSandbox({}, async ({ config, totals }) => {
    const script = `
      import { createRequire, syncBuiltinESMExports } from 'node:module';
      const channels = createRequire('/')('node:diagnostics_channel');
      delete channels.subscribe;
      syncBuiltinESMExports();
      const { default: createConnector } = await import(process.env.CONNECTOR);
      const getConfig = async () => JSON.parse(process.env.CONFIG);
      const { sendMessage } = await createConnector({ getConfig });
      await sendMessage(${JSON.stringify(data)});
    `;
    const env = {
      CONNECTOR: join(ourFactory.path, 'lib/index.js'),
      CONFIG: JSON.stringify(config),
    };
    const parameters = ['--input-type=module', '--eval', script];
    await promisify(execFile)(process.execPath, parameters, { cwd: instance, env });
    assert.equal(totals.messages, 1);
  });
});
