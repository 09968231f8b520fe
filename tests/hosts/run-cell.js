/** Runs one cell: a host in a process of its own, a server, perhaps a proxy; and observes them. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import selfsigned from 'selfsigned';
import { extract } from 'tar';
import { createInstance, removeInstance } from '../host/support/logto-instance.js';
import { wayIn } from './dimensions.js';
import { modulesFolder } from './places.js';
import { startProxy } from './proxy.js';
import { startServer } from './server.js';

/** @typedef {Awaited<ReturnType<typeof setUpStage>>} Stage */
/** @typedef {Awaited<ReturnType<typeof runCell>>} Observation */

const inHost = fileURLToPath(new URL('in-host.js', import.meta.url));

/** The host lives on for this time after the send. */
const lingerMs = 1300;

/**
 * An event that is seen this soon after the end of the send belongs to it. undici opens an empty
 * connection when a request is aborted, and a busy machine sees it late.
 */
const graceMs = 400;

/** A process with nothing left to do ends in much less than this time. */
const longestExitMs = 3000;

/** A process that is not done after this time is ended. */
const longestRunMs = 20_000;

/**
 * Unpacks the package into the folders of a Logto instance, and makes a certificate for the server.
 *
 * @param {string} tarball
 */
export async function setUpStage(tarball) {
  const instance = await createInstance();
  const connector = join(instance, 'packages/core/connectors/tencent-sms');
  await mkdir(connector, { recursive: true });
  await extract({ file: tarball, cwd: connector, strip: 1 });
  const { private: key, cert } = await selfsigned.generate(
    [{ name: 'commonName', value: 'localhost' }],
    {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    },
  );
  const certificateFile = join(instance, 'certificate.pem');
  await writeFile(certificateFile, cert);
  return {
    connector,
    certificate: { key, cert },
    certificateFile,
    tearDown: () => removeInstance(instance),
  };
}

/**
 * @param {import('./dimensions.js').Cell} cell
 * @param {object} host
 * @param {string} host.node the version of Node
 * @param {string} host.binary its path
 * @param {Stage} stage
 */
export async function runCell(cell, { node, binary }, stage) {
  /** @type {import('./server.js').Sight[]} */
  const seen = [];
  /** @type {Parameters<typeof startServer>[2]} */
  const see = (what, request) => seen.push({ what, at: performance.now(), request });
  const server = await startServer(cell.server, stage.certificate, see);
  const hasProxy = cell.dispatcher.toLowerCase().includes('proxy');
  const proxy = hasProxy ? await startProxy(see) : undefined;
  const timeoutSeconds = cell.server === 'no answer' ? 2 : 5;
  const child = fork(inHost, {
    execPath: binary,
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: stage.certificateFile,
      ...(cell.dispatcher === 'environment proxy' && {
        NODE_USE_ENV_PROXY: '1',
        HTTPS_PROXY: proxy?.url,
        NO_PROXY: '',
      }),
    },
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), longestRunMs);
  try {
    const exit = once(child, 'exit');
    const stderr = text(/** @type {import('node:stream').Readable} */ (child.stderr));
    /** @type {import('./in-host.js').Report | undefined} */
    let report;
    /** @type {import('./in-host.js').Aftermath | undefined} */
    let aftermath;
    let openRequests = 0;
    let endedAt = Number.POSITIVE_INFINITY;
    child.on('message', async (message) => {
      if (!report) {
        report = /** @type {import('./in-host.js').Report} */ (message);
        endedAt = performance.now();
        return;
      }
      aftermath = /** @type {import('./in-host.js').Aftermath} */ (message);
      openRequests = server.openRequests();
      // Again and again, because an idle connection that came since may keep the process alive.
      for (const end = performance.now() + longestExitMs; performance.now() < end; ) {
        server.closeConnections();
        proxy?.closeConnections();
        await sleep(100);
      }
      child.kill('SIGTERM');
    });
    /** @type {import('./in-host.js').Task} */
    const task = {
      cell,
      wayIn: wayIn(cell, node),
      modules: modulesFolder,
      connector: stage.connector,
      url: `https://localhost:${server.port}`,
      proxy: proxy?.url,
      isWarm: cell.server === 'closed as the request arrives',
      timeoutSeconds,
      lingerMs,
    };
    child.send(task);
    const [code, signal] = await exit;
    /** @param {import('./server.js').Sight['what']} what */
    const count = (what) => seen.filter((it) => it.what === what).length;
    const requests = seen.flatMap(({ request }) => request ?? []);
    const mocked = aftermath?.mocked ?? report?.mocked ?? 0;
    return {
      timeoutSeconds,
      report,
      resources: aftermath?.resources ?? [],
      exit: { code, signal, stderr: await stderr },
      /** Messages that arrived complete. */
      complete: count('message') + mocked,
      accepted: count('accepted') + mocked,
      /** Requests for a message whose headers arrived. */
      requests: requests.length + mocked,
      traced: requests.filter(({ isTraced }) => isTraced).length,
      versions: requests.map(({ version }) => version),
      /** Requests that still wait for their answer when the host has lived on for a while. */
      openRequests,
      connections: count('connection'),
      tunnels: count('tunnel'),
      after: seen
        .filter(({ at }) => at > endedAt + graceMs)
        .map(({ what, at }) => `${what} after ${(at - endedAt).toFixed(0)} ms`),
    };
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await server.stop();
    await proxy?.stop();
  }
}
