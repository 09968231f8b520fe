/** The commands `limits` and `doctor` of the packed connector, in Logto's folder, with a real Redis. */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { removeInstance } from '../host/support/logto-instance.js';
import {
  configWith,
  createHost,
  messages,
  resultsOf,
  startApi,
  startFleet,
} from './support/fleet.js';
import { startServer } from './support/servers.js';

const to = '8613800138000';
const api = await startApi();
const server = await startServer();
const host = await createHost('redis-4');
const config = configWith(api.url, { perIp: '9/1h', perNumber: '2/1h', total: '100/1h' });
const file = join(host.root, 'config.json');
await writeFile(file, JSON.stringify(config));
after(async () => {
  api.close();
  await Promise.all([server.stop(), removeInstance(host.root)]);
});

/**
 * @param {string[]} parameters
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ status: unknown, stdout: string, stderr: string }>}
 */
const command = (parameters, env) =>
  new Promise((resolve) => {
    const program = join(host.connector, 'lib/cli/main.js');
    const options = { env: { ...process.env, REDIS_URL: server.url, ...env } };
    execFile(process.execPath, [program, ...parameters], options, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stdout, stderr }),
    );
  });

test('limits shows the counts of a number and an address, and frees one', async () => {
  const fleet = await startFleet(1, host, { REDIS_URL: server.url });
  const send = async () => {
    const order = { config, messages: messages(1, () => ({ to, ip: '203.0.113.7' })) };
    return Object.keys(resultsOf(await fleet.send(() => order)))[0];
  };
  assert.deepEqual(
    [await send(), await send(), await send()],
    ['sent', 'sent', 'rate_limit_exceeded'],
  );
  const ip = ['--ip', '203.0.113.7'];
  const before = await command(['limits', file, '--to', `+${to}`, ...ip]);
  assert.equal(before.status, 0, before.stderr);
  const [ofIp, ofNumber, total] = before.stdout.split('\n');
  assert.match(ofIp ?? '', /^perIp 9\/1h: 2 of 9 places taken; all free in (800|79\d) s$/);
  assert.match(ofNumber ?? '', /^perNumber 2\/1h: 2 of 2 places taken; all free in 3(600|59\d) s$/);
  assert.match(total ?? '', /^total 100\/1h: 2 of 100 places taken; all free in (72|7[01]|6\d) s$/);
  const freed = await command(['limits', file, '--to', `+${to}`, '--reset', 'perNumber']);
  assert.match(
    freed.stdout,
    /^perNumber 2\/1h: 0 of 2 places taken; all free in 0 s\ntotal .*: 2 of/,
  );
  assert.equal(await send(), 'sent');
  await fleet.end();
});

test('limits says why it does not know the counts', async () => {
  const down = await command(['limits', file, '--to', `+${to}`], {
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  assert.deepEqual([down.status, down.stdout], [1, 'the Redis did not reply\n']);
  assert.match(down.stderr, /ECONNREFUSED/);
  const inMemory = join(host.root, 'memory.json');
  await writeFile(inMemory, JSON.stringify({ ...config, limits: { total: '1/1h' } }));
  const { status, stdout } = await command(['limits', inMemory, '--to', `+${to}`]);
  assert.equal(status, 1);
  assert.match(stdout, /^limits\.store is memory/);
  for (const [parameters, problem] of /** @type {const} */ ([
    [[file], /takes one file, the config, and --to/],
    [[file, '--to', 'x'], /--to must be/],
    [[file, '--to', to, '--ip', 'x'], /--ip must be an IP address/],
    [[file, '--to', to, '--reset', 'all'], /--reset must be perIp/],
    [[join(host.root, 'none.json'), '--to', to], /cannot be read: ENOENT/],
  ])) {
    const wrong = await command(['limits', ...parameters]);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, problem);
  }
});

test('the doctor examines the Redis', async () => {
  /** @param {Record<string, string>} [env] */
  const finding = async (env) => {
    const { stdout } = await command(['doctor', file, '--json'], env);
    const { findings } = JSON.parse(stdout);
    return findings.find((/** @type {{ check: string }} */ { check }) => check === 'store');
  };
  const ok = await finding();
  assert.equal(ok.finding.id, 'finding.store.ok', JSON.stringify(ok));
  const down = await finding({ REDIS_URL: 'redis://127.0.0.1:1' });
  assert.deepEqual([down.state, down.finding.id], ['wrong', 'finding.store.failed']);
  assert.equal((await finding({ REDIS_URL: '' })).state, 'unknown');
  await server.run('CONFIG SET maxmemory 100mb', 'CONFIG SET maxmemory-policy allkeys-lru');
  assert.equal((await finding()).finding.id, 'finding.store.evicts');
  server.pause();
  const late = await finding();
  server.resume();
  assert.deepEqual([late.state, late.finding.values.problem.id], ['wrong', 'store.late']);
});
