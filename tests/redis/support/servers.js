/** Servers of Redis and Valkey on loopback, which end with the test. */

import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis-5';
import { portOf } from '../../shared/port-of.js';
import { endWithTests } from './started.js';

/** The programs by name, from the file that scripts/setup-redis.sh writes. */
export const programs = new Map(
  readFileSync(process.env.REDIS_SERVERS ?? '.tools/ready/redis-servers', 'utf8')
    .trim()
    .split('\n')
    .map((line) => /** @type {[string, string]} */ (line.split(' '))),
);

const redis = programs.get('redis') ?? assert.fail('no Redis');

/** @typedef {Awaited<ReturnType<typeof startServer>>} Server */

/**
 * Starts a server without persistence.
 *
 * @param {object} [options]
 * @param {string} [options.program]
 * @param {number} [options.port]
 * @param {string[]} [options.args]
 */
export async function startServer({ program = redis, port, args = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const usedPort = port ?? (await freePort());
  const parameters = [
    '--port',
    `${usedPort}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const child = endWithTests(
    spawn(program, [...parameters, '--dir', folder, ...args], { stdio: 'ignore' }),
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const server = {
    port: usedPort,
    url: `redis://127.0.0.1:${usedPort}`,
    pid: child.pid ?? 0,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    /** @param {NodeJS.Signals} [signal] */
    async stop(signal = 'SIGKILL') {
      child.kill(signal);
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
    /** @param {string[]} commands each a command with its words */
    run: (...commands) => run(usedPort, commands),
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isListening(usedPort)) {
      return server;
    }
    assert.equal(child.exitCode, null, `${program} ended`);
    await wait(50);
  }
  await server.stop();
  assert.fail(`${program} does not listen`);
}

/**
 * Starts a cluster of three masters, and a replica of each of the first `replicas`.
 *
 * @param {{ replicas?: number, args?: string[] }} [options]
 */
export async function startCluster({ replicas = 0, args = [] } = {}) {
  const nodes = await Promise.all(
    Array.from({ length: 3 + replicas }, () =>
      startServer({
        args: [
          ...['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000'],
          ...['--cluster-announce-ip', '127.0.0.1', ...args],
        ],
      }),
    ),
  );
  const [first, ...others] = nodes;
  assert.ok(first);
  const slots = ['0 5460', '5461 10922', '10923 16383'];
  for (const [index, range] of slots.entries()) {
    await nodes[index]?.run(
      `CLUSTER ADDSLOTSRANGE ${range}`,
      `CLUSTER SET-CONFIG-EPOCH ${index + 1}`,
    );
  }
  for (const { port } of others) {
    await first.run(`CLUSTER MEET 127.0.0.1 ${port}`);
  }
  await until(async () => {
    const infos = await Promise.all(nodes.map((node) => node.run('CLUSTER INFO')));
    return infos.every(
      ([info]) =>
        String(info).includes('cluster_slots_ok:16384') &&
        String(info).includes(`cluster_known_nodes:${nodes.length}`),
    );
  });
  for (let index = 0; index < replicas; index += 1) {
    const [id] = (await nodes[index]?.run('CLUSTER MYID')) ?? [];
    await nodes[3 + index]?.run(`CLUSTER REPLICATE ${id}`);
  }
  await until(async () => {
    const infos = await Promise.all(
      nodes.map((node) => node.run('CLUSTER INFO', 'INFO replication')),
    );
    return infos.every(
      ([cluster, replication]) =>
        String(cluster).includes('cluster_state:ok') &&
        !String(replication).includes('master_link_status:down'),
    );
  });
  return {
    nodes,
    url: `redis://127.0.0.1:${first.port}?cluster=1&${others.map(({ port }) => `host=127.0.0.1:${port}`).join('&')}`,
    /** @param {string} key */
    async masterOf(key) {
      const [slot] = await first.run(`CLUSTER KEYSLOT ${key}`);
      const index = [5460, 10922, 16383].findIndex((last) => Number(slot) <= last);
      return nodes[index] ?? assert.fail();
    },
    stop: () => Promise.all(nodes.map((node) => node.stop())),
  };
}

/**
 * Waits until a condition holds, for 20 s at most.
 *
 * @param {() => Promise<boolean> | boolean} condition
 */
export async function until(condition) {
  const end = performance.now() + 20_000;
  while (!(await condition())) {
    assert.ok(performance.now() < end, 'waited too long');
    await wait(20);
  }
}

/** Returns a port on which nobody listens. */
export async function freePort() {
  // The cluster's own port is 10,000 higher.
  const server = net.createServer();
  for (;;) {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    if (port < 55_000) {
      return port;
    }
  }
}

/** @param {number} port */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/**
 * @param {number} port
 * @param {string[]} commands
 */
async function run(port, commands) {
  const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  const replies = [];
  for (const command of commands) {
    replies.push(await client.sendCommand(command.split(' ')));
  }
  client.destroy();
  return replies;
}
