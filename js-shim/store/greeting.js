/**
 * The first words with a server, before a client gets the connection.
 *
 * Version 4 of the package `redis` throws an error that nobody can catch, and so ends the process, when a server
 * speaks another protocol. A wrong port is enough.
 */

import net from 'node:net';
import tls from 'node:tls';
import { StoreError } from './problem.js';

const ping = '*1\r\n$4\r\nPING\r\n';

/** The answers of a Redis to somebody who has not logged in. */
const greetings = /^(\+PONG|-NOAUTH|-NOPERM)/;

/**
 * Rejects if a server is no Redis, or cannot be used now.
 *
 * @param {import('node:tls').ConnectionOptions & { host: string, port: number }} options with `tls: true` for TLS
 * @param {number} timeoutMs
 * @returns {Promise<void>}
 */
export function greet(options, timeoutMs) {
  const isTls = 'tls' in options;
  const socket = isTls ? tls.connect(options) : net.connect(options);
  socket.unref();
  /** @type {Promise<void>} */
  const greeted = new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once(isTls ? 'secureConnect' : 'connect', () => socket.write(ping));
    socket.setTimeout(timeoutMs, () => reject(new StoreError('late')));
    socket.once('close', () => reject(new StoreError('wrong-reply')));
    socket.once('data', (data) => {
      const answer = data.toString('latin1');
      if (greetings.test(answer)) {
        resolve();
      } else {
        // An error of a Redis begins with its code.
        reject(new StoreError(/^-([A-Z]{2,20}) /.exec(answer)?.[1] ?? 'wrong-reply'));
      }
    });
  });
  return greeted.finally(() => socket.destroy());
}
