/** The costs of the counts that several processes share in a Redis: time, load and memory of the server. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from 'redis-4';
import { startServer } from '../tests/redis/support/servers.js';
import { ourFile, ourPackage } from './contenders.js';
import { short, spread } from './report.js';
import { alternate } from './rounds.js';

/** A process of its own, so that the client is fresh. @param {string} url */
async function latency(url) {
  const child = fork(fileURLToPath(new URL('redis-process.js', import.meta.url)), {
    env: { ...process.env, REDIS_URL: url },
  });
  const [report] = await once(child, 'message');
  return report;
}

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const server = await startServer();
  // The package takes the client from the folder above it, as in Logto.
  const link = new URL('../node_modules/redis', ourPackage);
  await rm(link, { force: true });
  await mkdir(new URL('.', link), { recursive: true });
  await symlink(fileURLToPath(new URL('../node_modules/redis-4', import.meta.url)), link);
  try {
    const { asked } = await alternate(5, { asked: () => latency(server.url) });
    await server.run('FLUSHALL');
    const { decisions, bytes } = await load(server.url);
    const day = 24 * 60 * 60;
    return {
      tables: [
        {
          columns: ['what a send pays', 'µs'],
          rows: [
            ['time, median', spread(asked.median)],
            ['time, 99th percentile', spread(asked.p99)],
            ['CPU of the Logto process', spread(asked.cpu)],
            [
              'time of the first send, with the client’s load and the connection',
              spread({
                median: asked.first.median * 1000,
                low: asked.first.low * 1000,
                high: asked.first.high * 1000,
              }),
            ],
          ],
        },
        {
          columns: ['one server', ''],
          rows: [
            ['decisions about five limits per second of its CPU', short(decisions)],
            ['memory per million counts, MB', short(bytes)],
          ],
        },
        {
          columns: ['sends, each of which is a decision', 'share of one core'],
          rows: [1, 100, 1000, 10_000].map((perSecond) => [
            `${perSecond} a second, ${short((perSecond * day) / 1e6)} million a day`,
            `${short((100 * perSecond) / decisions)} %`,
          ]),
        },
      ],
      goals: [
        {
          goal: 'a send waits at most 100 ms',
          measured: `${short(asked.p99.median / 1000)} ms (99th percentile)`,
          isMet: asked.p99.median <= 100_000,
        },
      ],
    };
  } finally {
    await server.stop();
  }
}

/**
 * Counts a million messages to different numbers, and measures the server.
 *
 * @param {string} url
 */
async function load(url) {
  const script = await readFile(ourFile('store/count.lua'), 'utf8');
  const client = createClient({ url });
  await client.connect();
  const hash = await client.sendCommand(['SCRIPT', 'LOAD', script]);
  /** @param {string} section @param {RegExp} field */
  const info = async (section, field) =>
    Number(field.exec(String(await client.sendCommand(['INFO', section])))?.[1]);
  const cpu = async () =>
    (await info('cpu', /used_cpu_user:([\d.]+)/)) + (await info('cpu', /used_cpu_sys:([\d.]+)/));
  const memory = () => info('memory', /used_memory:(\d+)/);
  const [cpuBefore, memoryBefore] = [await cpu(), await memory()];
  const messages = 200_000;
  for (let index = 0; index < messages; index += 64) {
    await Promise.all(
      Array.from({ length: Math.min(64, messages - index) }, (_, offset) => {
        const number = String(index + offset).padStart(23, '0');
        const keys = [...'12345'].map((kind) => `tencent-sms:{bench0000000}${kind}${number}`);
        // Places of an hour: no count ends before it is measured.
        const times = keys.flatMap(() => ['3600000000', '3600000000']);
        const parameters = ['6', ...keys, 'tencent-sms:{bench0000000}clock', 'take', ...times];
        return client.sendCommand(['EVALSHA', String(hash), ...parameters]);
      }),
    );
  }
  const decisions = messages / ((await cpu()) - cpuBefore);
  const bytes = ((await memory()) - memoryBefore) / (5 * messages);
  await client.disconnect();
  return { decisions, bytes };
}
