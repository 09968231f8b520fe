/**
 * Turns, which bound how many requests open a connection at the same time.
 *
 * `fetch` opens a connection for each request that finds none idle. A thousand handshakes share one
 * event loop, and each would be given up before it is done; so requests take turns. A request keeps its
 * turn for the handshake and a moment longer, in which a healthy server answers, so that the next
 * request finds its connection idle. A request that hangs loses its turn, so that no other request
 * waits for it, whether that goes to another server or to the same one.
 */

/** Requests that may have a turn: their handshakes take a fraction of a second, on one slow core too. */
const mostTurns = 128;

/** Requests that may be under way, with or without a turn. Each of them may hold a socket. */
const mostUnderWay = 2048;

/** The time for which a request keeps its turn after it has left. */
const keptAfterLeavingMs = 20;

/** The time for which a request keeps its turn that is not known to have left. */
const keptMs = 1000;

/** The interval in which turns are taken back while a request waits for one. */
const lookEveryMs = 10;

/**
 * A request's place among the others.
 *
 * @typedef {object} Turn
 * @property {number} keptUntil a time of `performance.now()`
 * @property {((isGranted: boolean) => void) | undefined} start ends the waiting
 */

/** The requests under way. @type {Set<Turn>} */
const underWay = new Set();

/** Those of them that have a turn, oldest first. @type {Set<Turn>} */
const held = new Set();

/** The requests that wait, oldest first. One that has given up has no `start`. @type {Turn[]} */
let waiting = [];
let givenUp = 0;

/** @type {NodeJS.Timeout | undefined} */
let looking;

/**
 * Takes a turn, at once or after waiting. A turn that came must be ended.
 *
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<Turn | undefined>} undefined where the turn did not come
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
  looking ??= setInterval(look, lookEveryMs);
  const isGranted = await new Promise((resolve) => {
    turn.start = resolve;
    waiting.push(turn);
    signal.addEventListener('abort', () => giveUp(turn), { once: true });
  });
  return isGranted ? turn : undefined;
}

/**
 * Says that a request has left: from now on it waits for its answer.
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
  return held.size < mostTurns && underWay.size < mostUnderWay;
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

function look() {
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

/** Starts those that came last: they have the most time left, and a storm before them costs them least. */
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
    clearInterval(looking);
    looking = undefined;
  }
}
