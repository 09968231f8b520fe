/** A connection to the Redis, by the host's own package `redis`, and the script that counts. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { greet } from './greeting.js';
import { codeOf, StoreError } from './problem.js';
import { readAddress } from './redis-url.js';

/** @typedef {import('../wasm/core.js').StoreCommand} StoreCommand */
/** @typedef {import('./redis-url.js').Server} Server */

/**
 * The parts of the package `redis`, from version 4, that are used here.
 *
 * @typedef {object} Client
 * @property {(event: 'error', listener: (error: unknown) => void) => void} on
 * @property {() => Promise<unknown>} connect
 * @property {(args: string[]) => Promise<unknown>} sendCommand
 * @property {() => void} unref
 * @property {() => Promise<void>} [close] since version 5
 * @property {() => void} [destroy] since version 5
 * @property {() => Promise<unknown>} quit
 * @property {() => Promise<void>} disconnect
 */

/** The time for a connection to a server. Sends do not wait that long, but the next of them may use it. */
const connectTimeoutMs = 2000;

/** The most times that a command follows a cluster to another server. */
const maxMoves = 3;

/** @type {{ text: string, hash: string } | undefined} */
let script;

/** Reads the script when it is first needed, so that nobody else pays for it. */
function readScript() {
  const text = readFileSync(new URL('./count.lua', import.meta.url), 'utf8');
  return { text, hash: createHash('sha1').update(text).digest('hex') };
}

/** A connection to one server, which follows a cluster to the server with the counts. */
export class Connection {
  /** True once the connection can be used. */
  isReady = false;
  #isClosed = false;
  #opened;
  #onEnd;
  /** @type {((server: Server) => Promise<Client>) | undefined} */
  #createClient;
  /** @type {Client | undefined} */
  #client;
  /** @type {Server | undefined} */
  #server;
  /** @type {Promise<void> | undefined} */
  #connected;

  /** @param {() => void} onEnd is called when the connection breaks */
  constructor(onEnd) {
    this.#onEnd = onEnd;
    this.#opened = this.#open();
    // Each command reports the failure.
    this.#opened.catch(() => {});
  }

  /** Resolves when the connection can be used. */
  open() {
    return this.#opened;
  }

  /** Connects to the first server that answers. */
  async #open() {
    // The name is a variable because the package is not a dependency of this one.
    const name = 'redis';
    const redis = await import(name);
    const createClient = redis.createClient ?? redis.default.createClient;
    const { servers, tls, ...login } = readAddress(process.env);
    this.#createClient = async (server) => {
      const socket = { ...server, ...tls };
      await greet(socket, connectTimeoutMs);
      const socketOptions = {
        ...socket,
        connectTimeout: connectTimeoutMs,
        // A client that reconnects by itself would do so without an end.
        reconnectStrategy: false,
      };
      return createClient({ ...login, socket: socketOptions, disableOfflineQueue: true });
    };
    let problem;
    for (const server of servers) {
      try {
        await this.#use(server);
        this.isReady = true;
        return;
      } catch (error) {
        problem = error;
      }
    }
    throw problem;
  }

  /**
   * Uses a server from now on.
   *
   * @param {Server} server
   */
  async #use(server) {
    if (this.#server?.host !== server.host || this.#server.port !== server.port) {
      this.#server = server;
      this.#connected = this.#connect(server);
    }
    await this.#connected;
  }

  /** @param {Server} server */
  async #connect(server) {
    const client = await this.#createClient?.(server);
    if (!client || this.#isClosed) {
      throw new StoreError('closed');
    }
    const previous = this.#client;
    this.#client = client;
    client.on('error', () => {
      if (this.isReady && this.#client === client) {
        this.#onEnd();
      }
    });
    // The connection does not keep the process from ending.
    client.unref();
    await client.connect();
    if (this.#isClosed) {
      // A client of version 4 that is closed while it connects goes on.
      end(client);
    }
    // Commands may still be on their way to the previous server.
    (previous?.close?.() ?? previous?.quit())?.catch(() => {});
  }

  /**
   * Runs the script.
   *
   * @param {StoreCommand} command
   * @returns {Promise<number[]>}
   */
  async run({ action, keys, times }) {
    script ??= readScript();
    const { text, hash } = script;
    await this.#opened;
    const parameters = [String(keys.length), ...keys, action, ...times.map(String)];
    const reply = await this.#send(['EVALSHA', hash, ...parameters]).catch((error) => {
      if (codeOf(error) !== 'NOSCRIPT') {
        throw error;
      }
      return this.#send(['EVAL', text, ...parameters]);
    });
    if (!Array.isArray(reply) || !reply.every(isCount)) {
      throw new StoreError('wrong-reply');
    }
    return reply;
  }

  /**
   * Sends a command to the server that has its keys. A cluster says which one it is.
   *
   * @param {string[]} command
   * @returns {Promise<unknown>}
   */
  async #send(command) {
    for (let moves = 0; ; moves += 1) {
      try {
        return await this.#client?.sendCommand(command);
      } catch (error) {
        const [code, , place = ''] = String(/** @type {Error} */ (error).message).split(' ');
        if (code !== 'MOVED' || moves === maxMoves) {
          throw error;
        }
        const colon = place.lastIndexOf(':');
        // Without a host, the server that replied is meant.
        const host = place.slice(0, colon) || this.#server?.host || '';
        await this.#use({ host, port: Number(place.slice(colon + 1)) });
      }
    }
  }

  /** Returns the server's description of itself, or nothing if it is not allowed. */
  async info() {
    const sections = ['server', 'memory'].map((section) =>
      this.#client?.sendCommand(['INFO', section]),
    );
    const texts = await Promise.all(sections).catch(() => undefined);
    return texts?.map(String).join('\n');
  }

  close() {
    this.#isClosed = true;
    end(this.#client);
  }
}

/** @param {Client | undefined} client */
function end(client) {
  try {
    if (client?.destroy) {
      client.destroy();
    } else {
      client?.disconnect().catch(() => {});
    }
  } catch {
    // It has ended already.
  }
}

/** @param {unknown} number */
const isCount = (number) => Number.isSafeInteger(number) && Number(number) >= 0;
