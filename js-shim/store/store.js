/**
 * The counts that several processes share: when to ask the Redis for them, and for how long to wait.
 *
 * A send never fails because of the Redis, and hardly waits for it. Without a reply in time, the core counts in
 * memory.
 */

import { now } from '../clock.js';
import { logStore } from '../debug-log.js';
import { Connection } from './connection.js';
import { codeOf, StoreError } from './problem.js';

/** @typedef {import('../wasm/core.js').StoreCommand} StoreCommand */
/** @typedef {import('../wasm/core.js').Event} Event */

/** The longest that a send waits for a reply. */
const patienceMs = 100;

/** The longest that the first sends of a process wait. The first of them loads the client and connects. */
const firstPatienceMs = 500;

/** The number of replies in sequence that are late before no send waits any more. */
const maxLate = 3;

/** The shortest and the longest time before the Redis is tried again after it failed. */
const shortestPauseMs = 1000;
const longestPauseMs = 60_000;

/** The longest time for the connection when the Redis is tried again. No send waits for it. */
const reconnectMs = 3000;

/** @type {Connection | undefined} */
let connection;
/** The time of this process's first command. */
let startedAt = 0;
/** True until the first reply, or the first failure. */
let isStarting = true;
/** The number of late replies since the last reply in time. */
let late = 0;
/** True if no send waits, because the Redis failed. */
let isAway = false;
let isTrying = false;
let triedAt = 0;
let backAt = 0;
let pauseMs = shortestPauseMs;

/**
 * The functions that end the waiting of sends.
 *
 * @type {Set<(error: unknown) => void>}
 */
const waiting = new Set();

/**
 * Performs a command. Never rejects.
 *
 * @param {StoreCommand} command
 * @returns {Promise<Event>} without a reply if there is none in time
 */
export async function askStore(command) {
  const event = { store: command.action };
  if (isAway) {
    tryAgain(command);
    return event;
  }
  if (command.action === 'giveBack') {
    // The user need not wait for it. A place that is lost is free again after its time.
    connected().run(command).catch(noticeFailure);
    return event;
  }
  const askedAt = now();
  startedAt ||= askedAt;
  const patience = isStarting
    ? Math.max(patienceMs, startedAt + firstPatienceMs - askedAt)
    : patienceMs;
  try {
    const reply = await inTime(connected().run(command), patience);
    late = 0;
    isStarting = false;
    logStore(command.action, 'replied', askedAt);
    return { ...event, reply };
  } catch (error) {
    noticeFailure(error);
    logStore(command.action, `failed (${codeOf(error)})`, askedAt);
    return event;
  }
}

function connected() {
  connection ??= new Connection(disconnect);
  return connection;
}

function disconnect() {
  connection?.close();
  connection = undefined;
}

/**
 * Rejects if a promise takes too long, or if the Redis proves to be away meanwhile.
 *
 * @template Value
 * @param {Promise<Value>} promise
 * @param {number} patience in milliseconds
 * @param {{ isAwaited: boolean }} [options] `isAwaited` unless the process may end before
 * @returns {Promise<Value>}
 */
function inTime(promise, patience, { isAwaited } = { isAwaited: true }) {
  return new Promise((resolve, reject) => {
    // If this process stood still, its timers come before what arrived meanwhile, and immediates after it.
    const timer = setTimeout(() => setImmediate(giveUp, new StoreError('late')), patience);
    if (!isAwaited) {
      timer.unref();
    }
    const end = () => {
      clearTimeout(timer);
      waiting.delete(giveUp);
    };
    /** @param {unknown} error */
    const giveUp = (error) => {
      end();
      reject(error);
    };
    waiting.add(giveUp);
    promise.then((value) => {
      end();
      resolve(value);
    }, giveUp);
  });
}

/** @param {unknown} error */
function noticeFailure(error) {
  if (isAway) {
    return;
  }
  const code = codeOf(error);
  if (code === 'late' && connection?.isReady) {
    late += 1;
    if (late < maxLate) {
      return;
    }
  }
  isAway = true;
  isStarting = false;
  late = 0;
  triedAt = now();
  // A Redis that fails again and again is tried less and less, so that the console stays readable.
  const isRecent = backAt > 0 && triedAt - backAt < longestPauseMs;
  pauseMs = isRecent ? Math.min(2 * pauseMs, longestPauseMs) : shortestPauseMs;
  disconnect();
  for (const giveUp of waiting) {
    giveUp(error);
  }
  print(code);
}

/**
 * Tries the Redis again with the command of a send that does not wait for it, at most once in each pause.
 *
 * @param {StoreCommand} command
 */
async function tryAgain(command) {
  const sinceLast = now() - triedAt;
  if (command.action === 'giveBack' || isTrying || (sinceLast >= 0 && sinceLast < pauseMs)) {
    return;
  }
  isTrying = true;
  triedAt = now();
  try {
    const inBackground = { isAwaited: false };
    await inTime(connected().open(), reconnectMs, inBackground);
    await inTime(connected().run(command), patienceMs, inBackground);
    isAway = false;
    backAt = now();
    print();
  } catch {
    disconnect();
  }
  isTrying = false;
}

/**
 * Prints the operator's line. The command line has a core of its own, and loads the connector's only for this.
 *
 * @param {string} [code] the reason for which the Redis cannot be used; nothing if it can be used again
 */
async function print(code) {
  try {
    const { printOperatorLine, storeLine } = await import('../core.js');
    printOperatorLine(storeLine(code));
  } catch {
    // The send goes on without the line.
  }
}
