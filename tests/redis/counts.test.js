/** One count for several processes: with each version of the package `redis`, in each kind of server. */

import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import selfsigned from 'selfsigned';
import { removeInstance } from '../host/support/logto-instance.js';
import {
  configWith,
  createHost,
  messages,
  resultsOf,
  startApi,
  startFleet,
} from './support/fleet.js';
import { freePort, programs, startCluster, startServer } from './support/servers.js';

/** The versions that Logto's releases bring, and what may follow. */
const clients = ['redis-4', 'redis-5', 'redis-6'];

const api = await startApi((number) =>
  number.endsWith('404')
    ? { Response: { Error: { Code: 'FailedOperation.PhoneNumberInBlacklist' }, RequestId: '1' } }
    : undefined,
);
const hosts = new Map(
  await Promise.all(clients.map(async (name) => [name, await createHost(name)])),
);
after(async () => {
  api.close();
  await Promise.all([...hosts.values()].map(({ root }) => removeInstance(root)));
});

/** @param {string} client */
const hostOf = (client) => hosts.get(client) ?? assert.fail();

/**
 * Lets three processes send 10 messages each to one number, of which 7 may leave.
 *
 * @param {string} client
 * @param {string} url
 */
async function share(client, url) {
  const fleet = await startFleet(3, hostOf(client), { REDIS_URL: url });
  const config = configWith(api.url, { perNumber: '7/1h', total: '100/1h' });
  const outcomes = await fleet.send(() => ({ config, messages: messages(10) }));
  assert.deepEqual(resultsOf(outcomes), { sent: 7, rate_limit_exceeded: 23 });
  const lines = outcomes.flatMap((outcome) => outcome.lines);
  assert.deepEqual(
    [...new Set(lines)],
    ['[connector-tencent-sms-wasm] The limit limits.perNumber is reached; nothing was sent.'],
  );
  await fleet.end();
}

for (const [program, path] of programs) {
  for (const client of clients) {
    test(`three processes share a count in ${program} by ${client}`, async () => {
      const server = await startServer({ program: path });
      await share(client, server.url);
      await server.stop();
    });
  }
}

for (const client of clients) {
  test(`three processes share a count in a cluster by ${client}`, async () => {
    const cluster = await startCluster();
    await share(client, cluster.url);
    // All keys of the config are on one of the nodes.
    const sizes = await Promise.all(cluster.nodes.map((node) => node.run('DBSIZE')));
    assert.deepEqual(sizes.flat().sort(), [0, 0, 3]);
    await cluster.stop();
  });
}

test('a cluster is found by any of its nodes, even if the first ones are down', async () => {
  const cluster = await startCluster();
  const [, , third] = cluster.nodes;
  for (const url of [
    `redis://127.0.0.1:1?cluster=true&host=127.0.0.1:2&host=127.0.0.1:${third?.port}`,
    `redis://?cluster=yes&host=127.0.0.1:${third?.port}`,
    `redis://127.0.0.1:${third?.port}`,
  ]) {
    await share('redis-4', url);
    await Promise.all(cluster.nodes.map((node) => node.run('FLUSHALL')));
  }
  await cluster.stop();
});

test('a user with the rights of docs/fleets.md is enough', async () => {
  const docs = await readFile(new URL('../../docs/fleets.md', import.meta.url), 'utf8');
  const rights = /^ACL SETUSER logto on >PASSWORD (.*)$/m.exec(docs)?.[1] ?? assert.fail();
  const server = await startServer({ args: ['--user', 'logto', 'on', '>p', ...rights.split(' ')] });
  for (const client of clients) {
    await share(client, `redis://logto:p@127.0.0.1:${server.port}`);
    await server.run('FLUSHALL');
  }
  await server.stop();
});

test('TLS with the parameters of Logto', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
  const { private: key, cert } = await selfsigned.generate(
    [{ name: 'commonName', value: '127.0.0.1' }],
    {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    },
  );
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await Promise.all([writeFile(keyFile, key), writeFile(certFile, cert)]);
  const tlsPort = await freePort();
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile];
  const args = ['--tls-port', String(tlsPort), ...files, '--tls-ca-cert-file', certFile];
  const server = await startServer({ args: [...args, '--tls-auth-clients', 'optional'] });
  for (const client of clients) {
    for (const parameters of ['', `?certroot=${certFile}&reject_unauthorized=true`]) {
      await share(client, `rediss://127.0.0.1:${tlsPort}${parameters}`);
      await server.run('FLUSHALL');
    }
  }
  // Nobody vouches for the certificate.
  const env = { REDIS_URL: `rediss://127.0.0.1:${tlsPort}?reject_unauthorized=1` };
  const fleet = await startFleet(1, hostOf('redis-4'), env);
  const config = configWith(api.url, { total: '7/1h' });
  const [outcome] = await fleet.send(() => ({ config, messages: messages(1) }));
  assert.equal(outcome?.results[0]?.result, 'sent');
  assert.match(String(outcome?.lines), /cannot be used: (DEPTH_ZERO_)?SELF_SIGNED_CERT/);
  await fleet.end();
  await server.stop();
  await rm(folder, { recursive: true });
});

test('a config whose counts cannot be shared is refused when it is saved', async () => {
  const without = await createHost(undefined);
  for (const [host, env, problem] of /** @type {const} */ ([
    [without, { REDIS_URL: 'redis://127.0.0.1', WITHOUT_REDIS: 'yes' }, /package redis/],
    [hostOf('redis-4'), { REDIS_URL: '' }, /neither TENCENT_SMS_REDIS_URL nor REDIS_URL is set/],
    [hostOf('redis-4'), { REDIS_URL: 'localhost' }, /must begin with redis:/],
    [hostOf('redis-4'), { REDIS_URL: '1' }, undefined],
  ])) {
    const fleet = await startFleet(1, host, env);
    const issues = await fleet.save(configWith(api.url, { total: '1/1h' }));
    if (problem) {
      assert.equal(issues.length, 1);
      assert.deepEqual(issues[0]?.path, ['limits', 'store']);
      assert.match(issues[0]?.message ?? '', problem);
    } else {
      assert.deepEqual(issues, []);
    }
    await fleet.end();
  }
  await removeInstance(without.root);
});

describe('in one Redis', async () => {
  const server = await startServer();
  after(() => server.stop());

  test('TENCENT_SMS_REDIS_URL goes before REDIS_URL', async () => {
    await server.run('FLUSHALL');
    const env = { TENCENT_SMS_REDIS_URL: `${server.url}/3`, REDIS_URL: 'redis://127.0.0.1:1' };
    const fleet = await startFleet(1, hostOf('redis-4'), env);
    const config = configWith(api.url, { perNumber: '7/1h' });
    await fleet.send(() => ({ config, messages: messages(1) }));
    const [, size] = await server.run('SELECT 3', 'DBSIZE');
    assert.equal(size, 2);
    await fleet.end();
  });

  test('keys and values contain nothing personal, and end by themselves', async () => {
    await server.run('FLUSHALL');
    const fleet = await startFleet(1, hostOf('redis-4'), { REDIS_URL: server.url });
    const limits = { perIp: '5/2s', perNumber: '5/1s', perRange: '5/1s', total: '5/1s' };
    const order = {
      config: configWith(api.url, limits),
      messages: messages(3, () => ({ ip: '203.0.113.7' })),
    };
    assert.deepEqual(resultsOf(await fleet.send(() => order)), { sent: 3 });
    const [keys] = /** @type {string[][]} */ (await server.run('KEYS *'));
    assert.equal(keys?.length, 5);
    for (const key of keys ?? []) {
      assert.match(key, /^tencent-sms:\{[0-9a-f]{12}\}([0-9a-f]{24}|clock)$/);
      const [value, ttl] = await server.run(`GET ${key}`, `PTTL ${key}`);
      assert.match(String(value), /^\d{16}( \d+)?$/);
      assert.ok(Number(ttl) > 0 && Number(ttl) <= 4000, `${ttl}`);
    }
    await wait(4100);
    assert.deepEqual(await server.run('DBSIZE'), [0]);
    await fleet.end();
  });

  test('a message that certainly was not sent gives its place back', async () => {
    await server.run('FLUSHALL');
    const fleet = await startFleet(1, hostOf('redis-5'), { REDIS_URL: server.url });
    const config = configWith(api.url, { total: '1/1h' });
    /** @param {string} to */
    const send = async (to) =>
      resultsOf(await fleet.send(() => ({ config, messages: messages(1, () => ({ to })) })));
    for (let count = 0; count < 3; count += 1) {
      const [result] = Object.keys(await send('8613800000404'));
      assert.notEqual(result, 'sent');
      assert.notEqual(result, 'rate_limit_exceeded');
    }
    assert.deepEqual(await send('8613800000001'), { sent: 1 });
    assert.deepEqual(await send('8613800000001'), { rate_limit_exceeded: 1 });
    await fleet.end();
  });

  test('the script is loaded again after the server forgot it', async () => {
    await server.run('FLUSHALL');
    const fleet = await startFleet(2, hostOf('redis-6'), { REDIS_URL: server.url });
    const config = configWith(api.url, { total: '100/1h' });
    for (let count = 0; count < 3; count += 1) {
      const outcomes = await fleet.send(() => ({ config, messages: messages(5) }));
      assert.deepEqual(resultsOf(outcomes), { sent: 10 });
      assert.deepEqual(
        outcomes.flatMap(({ lines }) => lines),
        [],
      );
      await server.run('SCRIPT FLUSH');
    }
    // Once the server has the script, only its hash is sent.
    const scriptsSent = async () =>
      /cmdstat_eval:calls=(\d+)/.exec(String(await server.run('INFO commandstats')))?.[1];
    await fleet.send(() => ({ config, messages: messages(1) }));
    const sent = await scriptsSent();
    await fleet.send(() => ({ config, messages: messages(5) }));
    assert.equal(await scriptsSent(), sent);
    await fleet.end();
  });
});
