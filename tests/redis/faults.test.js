/**
 * A Redis that fails in any way: no send fails for it, none waits for long, and the operator reads one line when it
 * goes and one when it comes back. Meanwhile the process counts for itself.
 */

import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import net from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { removeInstance } from '../host/support/logto-instance.js';
import { portOf } from '../shared/port-of.js';
import {
  configWith,
  createHost,
  linesOf,
  messages,
  resultsOf,
  startApi,
  startFleet,
  timesOf,
} from './support/fleet.js';
import { freePort, startServer, until } from './support/servers.js';

/** The time that a busy machine may take in addition. A send that waits for a Redis without end takes longer. */
const slack = 1000;
/** The longest that sends may take in all: the longest wait for the Redis, and some time for the rest. */
const first = 500 + slack;
const later = 100 + slack;
/** The same without a wait. */
const withoutWait = slack;

const api = await startApi();
const clients = ['redis-4', 'redis-5', 'redis-6'];
const hosts = await Promise.all(clients.map(createHost));
const withoutPackage = await createHost(undefined);
after(async () => {
  api.close();
  await Promise.all([...hosts, withoutPackage].map(({ root }) => removeInstance(root)));
});

const config = configWith(api.url, { perNumber: '3/1h', total: '100000/1h' });
const prefix = '[connector-tencent-sms-wasm] The Redis for limits.store ';

/** @param {string} problem */
const away = (problem) =>
  `${prefix}cannot be used: ${problem}; until it can, this process counts for itself.`;
const back = `${prefix}can be used again; all processes count together.`;

let lastNumber = 0;

/** Returns a number to which no message has been sent. */
const newNumber = () => {
  lastNumber += 1;
  return `86138${String(lastNumber).padStart(8, '0')}`;
};

/**
 * Starts a process whose Redis fails from the beginning, and lets it send.
 *
 * @param {{ connector: string }} host
 * @param {Record<string, string>} env
 * @param {string} problem
 */
async function failFromTheBeginning(host, env, problem) {
  const fleet = await startFleet(1, host, { REDIS_URL: '', ...env });
  const to = newNumber();
  const one = async () => {
    const outcomes = await fleet.send(() => ({ config, messages: messages(1, () => ({ to })) }));
    return { result: resultsOf(outcomes), ms: timesOf(outcomes)[0] ?? 0, lines: linesOf(outcomes) };
  };
  const begin = await one();
  assert.deepEqual(begin.result, { sent: 1 });
  assert.ok(begin.ms < first, `the first send took ${begin.ms} ms`);
  assert.deepEqual(begin.lines, [away(problem)]);
  // The process counts for itself, and waits no more.
  for (const result of ['sent', 'sent', 'rate_limit_exceeded']) {
    const next = await one();
    assert.deepEqual(next.result, { [result]: 1 });
    assert.ok(next.ms < withoutWait, `a later send took ${next.ms} ms`);
    assert.ok(next.lines.every((line) => !line.startsWith(prefix)));
  }
  // It is tried again in the background, which prints nothing, and does not keep the process.
  await wait(1100);
  const last = await one();
  assert.ok(last.ms < withoutWait && !last.lines.some((line) => line.startsWith(prefix)));
  const startedAt = performance.now();
  await fleet.end();
  assert.ok(performance.now() - startedAt < 2 * slack, 'the process ended late');
}

/**
 * Starts a server that speaks in some way.
 *
 * @param {(socket: net.Socket) => void} speak
 */
async function startSpeaker(speak) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    speak(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `redis://127.0.0.1:${portOf(server)}`, close: () => server.close() };
}

for (const [index, client] of clients.entries()) {
  const host = hosts[index] ?? assert.fail();

  test(`${client}: nothing listens`, async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    await failFromTheBeginning(host, { REDIS_URL: url }, 'ECONNREFUSED');
  });

  test(`${client}: a server that accepts connections and says nothing`, async () => {
    const silent = await startSpeaker(() => {});
    await failFromTheBeginning(host, { REDIS_URL: silent.url }, 'it does not answer in time');
    silent.close();
  });

  test(`${client}: a wrong password, and a user who may not run scripts`, async () => {
    const server = await startServer({ args: ['--requirepass', 'right'] });
    const { port } = server;
    const wrong = `redis://:wrong@127.0.0.1:${port}`;
    await failFromTheBeginning(host, { REDIS_URL: wrong }, 'WRONGPASS');
    await server.stop();
    const other = await startServer({ args: '--user u on >p ~* +@all -@scripting'.split(' ') });
    const url = `redis://u:p@127.0.0.1:${other.port}`;
    await failFromTheBeginning(host, { REDIS_URL: url }, 'NOPERM');
    await other.stop();
  });

  test(`${client}: a server that is full, and one that only reads`, async () => {
    const full = await startServer({ args: ['--maxmemory', '1'] });
    await failFromTheBeginning(host, { REDIS_URL: full.url }, 'OOM');
    const replica = await startServer({ args: ['--replicaof', '127.0.0.1', String(full.port)] });
    await failFromTheBeginning(host, { REDIS_URL: replica.url }, 'READONLY');
    await Promise.all([full.stop(), replica.stop()]);
  });

  test(`${client}: a server that is no Redis`, async () => {
    for (const answer of [
      '+OK\r\n'.repeat(20),
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      '$-5\r\n*\r\n',
    ]) {
      const speaker = await startSpeaker((socket) => socket.on('data', () => socket.write(answer)));
      const fleet = await startFleet(1, host, { REDIS_URL: speaker.url });
      const outcomes = [];
      for (let count = 0; count < 3; count += 1) {
        const to = newNumber();
        outcomes.push(
          ...(await fleet.send(() => ({ config, messages: messages(1, () => ({ to })) }))),
        );
      }
      assert.deepEqual(resultsOf(outcomes), { sent: 3 });
      assert.ok(Math.max(...timesOf(outcomes)) < first, `${timesOf(outcomes)}`);
      const lines = linesOf(outcomes);
      assert.ok(
        lines.length === 1 && lines[0]?.startsWith(`${prefix}cannot be used: `),
        `${lines}`,
      );
      await fleet.end();
      speaker.close();
    }
  });

  test(`${client}: a server that stops while it is in use, and goes on`, async () => {
    const server = await startServer();
    const fleet = await startFleet(1, host, { REDIS_URL: server.url });
    /** @param {string} to */
    const send = (to) => fleet.send(() => ({ config, messages: messages(1, () => ({ to })) }));
    const to = newNumber();
    assert.deepEqual(resultsOf([...(await send(to)), ...(await send(to))]), { sent: 2 });
    server.pause();
    /** @type {Awaited<ReturnType<typeof send>>} */
    const stopped = [];
    for (let count = 0; count < 10; count += 1) {
      stopped.push(...(await send(newNumber())));
    }
    assert.deepEqual(resultsOf(stopped), { sent: 10 });
    const times = timesOf(stopped);
    assert.ok(Math.max(...times) < later, `${times}`);
    // Three sends wait, and then none does.
    assert.equal(times.filter((ms) => ms >= 99).length, 3, `${times}`);
    assert.deepEqual(linesOf(stopped), [away('it does not answer in time')]);
    server.resume();
    /** @type {string[]} */
    const lines = [];
    await until(async () => {
      lines.push(...linesOf(await send(newNumber())));
      await wait(100);
      return lines.length > 0;
    });
    assert.deepEqual(lines, [back]);
    // The count of before goes on.
    assert.deepEqual(resultsOf([...(await send(to)), ...(await send(to))]), {
      sent: 1,
      rate_limit_exceeded: 1,
    });
    await fleet.end();
    await server.stop();
  });

  test(`${client}: a server that is killed and started again`, async () => {
    const server = await startServer();
    const fleet = await startFleet(1, host, { REDIS_URL: server.url });
    const send = () =>
      fleet.send(() => ({ config, messages: messages(1, () => ({ to: newNumber() })) }));
    assert.deepEqual(linesOf(await send()), []);
    await server.stop();
    const killed = [...(await send()), ...(await send()), ...(await send())];
    assert.deepEqual(resultsOf(killed), { sent: 3 });
    assert.ok(Math.max(...timesOf(killed)) < later, `${timesOf(killed)}`);
    assert.deepEqual(linesOf(killed), [away('ECONNREFUSED')]);
    const again = await startServer({ port: server.port });
    /** @type {string[]} */
    const lines = [];
    await until(async () => {
      lines.push(...linesOf(await send()));
      await wait(100);
      return lines.length > 0;
    });
    assert.deepEqual(lines, [back]);
    await again.stop();
    await fleet.end();
  });

  test(`${client}: a restart between two sends costs nothing`, async () => {
    const server = await startServer();
    const fleet = await startFleet(1, host, { REDIS_URL: server.url });
    const send = () =>
      fleet.send(() => ({ config, messages: messages(1, () => ({ to: newNumber() })) }));
    await send();
    await server.stop();
    const again = await startServer({ port: server.port });
    const outcomes = await send();
    assert.deepEqual([resultsOf(outcomes), linesOf(outcomes)], [{ sent: 1 }, []]);
    // The number's count and the clock. The count of the total ends after 36 ms.
    const [size = 0] = await again.run('DBSIZE');
    assert.ok(Number(size) >= 2, `${size}`);
    await again.stop();
    await fleet.end();
  });

  test(`${client}: a slow server`, async () => {
    const server = await startServer();
    const slow = await startSpeaker((socket) => {
      const upstream = net.connect(server.port, '127.0.0.1');
      upstream.on('error', () => {});
      socket.on('data', (data) => setTimeout(() => upstream.write(data), 150));
      upstream.on('data', (data) => socket.write(data));
      socket.on('close', () => upstream.destroy());
    });
    const fleet = await startFleet(1, host, { REDIS_URL: slow.url });
    const outcomes = [];
    for (let count = 0; count < 60; count += 1) {
      const to = newNumber();
      outcomes.push(
        ...(await fleet.send(() => ({ config, messages: messages(1, () => ({ to })) }))),
      );
      await wait(50);
    }
    assert.deepEqual(resultsOf(outcomes), { sent: 60 });
    const [beginning = 0, ...times] = timesOf(outcomes);
    assert.ok(beginning < first && Math.max(...times) < later, `${beginning}, ${times}`);
    // The first send may wait long enough for the reply. After it, three wait in vain.
    assert.ok(times.filter((ms) => ms >= 99).length <= times.length / 4, `${times}`);
    assert.deepEqual(linesOf(outcomes), [away('it does not answer in time')]);
    await fleet.end();
    slow.close();
    await server.stop();
  });
}

test('without the package redis, and without a usable URL', async () => {
  const [host = assert.fail()] = hosts;
  const env = { REDIS_URL: 'redis://127.0.0.1:1', WITHOUT_REDIS: 'yes' };
  const noPackage =
    "the package redis, which Logto contains, cannot be found from the connector's folder";
  await failFromTheBeginning(withoutPackage, env, noPackage);
  const noUrl = 'neither TENCENT_SMS_REDIS_URL nor REDIS_URL is set';
  await failFromTheBeginning(host, {}, noUrl);
  const wrongUrl =
    'TENCENT_SMS_REDIS_URL, or else REDIS_URL, must begin with redis:// or rediss://';
  for (const url of ['localhost:6379', 'http://localhost', 'redis', 'redis://[', 'redis://h/x']) {
    await failFromTheBeginning(host, { REDIS_URL: url }, wrongUrl);
  }
});
