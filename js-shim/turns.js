/**
 * Turns, which bound how many requests open a connection at the same time.
 *
 * `fetch` opens a connection for each request that finds none idle. A thousand handshakes share one
 * event loop, and none of them would finish in time, so requests take turns. A request keeps its
 * turn for the handshake and a moment longer, in which a healthy server answers, so that the next
 * request finds its connection idle. A request that hangs loses its turn, so that no other request, to
 * the same server or another one, waits for it.
 */

/**
 * The most requests with a turn. Their handshakes take a fraction of a second, even on one slow CPU
 * core.
 */
const maxTurns = 128;

/** The most requests under way, with or without a turn. Each of them may hold a socket. */
const maxUnderWay = 2048;

/** The time for which a request keeps its turn after it was sent. */
const keptAfterLeavingMs = 20;

/** The time for which a request keeps its turn if it is not known to have been sent. */
const keptMs = 1000;

/** The interval in which turns are taken back while a request waits for one. */
const checkIntervalMs = 10;

/**
 * A request's place among the others.
 *
 * @typedef {object} Turn
 * @property {number} keptUntil a time of `performance.now()`
 * @property {((isGranted: boolean) => void) | undefined} start ends the waiting
 */

/** The requests under way. @type {Set<Turn>} */
const underWay = new Set();

/** The requests under way that have a turn, oldest first. @type {Set<Turn>} */
const held = new Set();

/** The waiting requests, oldest first. A request that has given up has no `start`. @type {Turn[]} */
let waiting = [];
let givenUp = 0;

/** The timer that takes turns back while a request waits. @type {NodeJS.Timeout | undefined} */
let timer;

/**
 * Takes a turn, at once or after waiting. The caller must end the turn.
 *
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<Turn | undefined>} undefined if the signal ended the waiting
 */
export async function takeTurn(signal) {
  /** @type {Turn} */
  const turn = { keptUntil: 0, start: undefined };
  if (!isFree()) {
    takeBack();
  }
  if (isFree()) {
    begin(turn);
    return turn;
  }
  timer ??= setInterval(checkTurns, checkIntervalMs);
  const isGranted = await new Promise((resolve) => {
    turn.start = resolve;
    waiting.push(turn);
    signal.addEventListener('abort', () => giveUp(turn), { once: true });
  });
  return isGranted ? turn : undefined;
}

/**
 * Records that a request was sent, so that it only waits for its answer from now on.
 *
 * @param {Turn} turn
 */
export function hasLeft(turn) {
  turn.keptUntil = Math.min(turn.keptUntil, performance.now() + keptAfterLeavingMs);
}

/** @param {Turn} turn */
export function endTurn(turn) {
  underWay.delete(turn);
  held.delete(turn);
  startWaiting();
}

function isFree() {
  return held.size < maxTurns && underWay.size < maxUnderWay;
}

/** @param {Turn} turn */
function begin(turn) {
  turn.keptUntil = performance.now() + keptMs;
  underWay.add(turn);
  held.add(turn);
}

/** @param {Turn} turn */
function giveUp(turn) {
  if (!turn.start) {
    return;
  }
  turn.start(false);
  turn.start = undefined;
  givenUp += 1;
  if (givenUp > waiting.length / 2) {
    waiting = waiting.filter(({ start }) => start);
    givenUp = 0;
  }
}

function checkTurns() {
  takeBack();
  startWaiting();
}

/** Takes back the turns of requests that wait for their answers. */
function takeBack() {
  const time = performance.now();
  for (const turn of held) {
    if (turn.keptUntil <= time) {
      held.delete(turn);
    }
  }
}

/**
 * Starts waiting requests, the newest first. They have the most time left, and a surge of earlier
 * requests delays them least.
 */
function startWaiting() {
  while (waiting.length > 0 && isFree()) {
    const turn = waiting.pop();
    if (turn?.start) {
      begin(turn);
      turn.start(true);
      turn.start = undefined;
    } else {
      givenUp -= 1;
    }
  }
  if (waiting.length === 0) {
    clearInterval(timer);
    timer = undefined;
  }
}
