/**
 * The control endpoint, which lists the faults, sets the one for the next requests, and sends replies of phones.
 */
import { faultGroups } from '../faults/faults.js';
import { magicNumbers } from '../faults/magic-numbers.js';
import { textIn } from '../text/catalogue.js';
import { json, notAllowed } from './json.js';

/** @typedef {import('./pages.js').Page} Page */
/** @typedef {import('../faults/fault-choice.js').FaultChoice} FaultChoice */
/** @typedef {ReturnType<typeof listFaults>[number]} ListedFault */
/** @typedef {ReturnType<typeof chosenFault>} ChosenFault */

/**
 * @param {import('./pages.js').PageRequest} request
 * @param {import('./pages.js').PageContext} context
 * @returns {Page}
 */
export function answerControl(request, { faultChoice, reply }) {
  const { method, path } = request;
  if (path === '/control/faults') {
    return method === 'GET' ? json(200, listFaults()) : notAllowed('GET');
  }
  if (path === '/control/reply') {
    return method === 'POST' ? sendReply(request, reply) : notAllowed('POST');
  }
  if (path !== '/control/fault') {
    const error = 'There are /control/faults, /control/fault and /control/reply.';
    return json(404, { error });
  }
  if (method === 'PUT') {
    const { refusal, value } = jsonIn(request);
    if (refusal) return refusal;
    const error = choose(value, faultChoice);
    if (error) return json(400, { error });
  } else if (method === 'DELETE') {
    faultChoice.set(undefined);
  } else if (method !== 'GET') {
    return notAllowed('GET, PUT, DELETE');
  }
  return json(200, chosenFault(faultChoice));
}

function listFaults() {
  const text = textIn('en');
  return faultGroups.flatMap(({ id, faults }) =>
    faults.map((fault) => ({
      name: fault.name,
      group: text(id),
      description: text(...fault.text),
      accepted: fault.accepted,
      phoneNumbers: magicNumbers(fault),
    })),
  );
}

/**
 * Reads the JSON of a request.
 * @param {import('./pages.js').PageRequest} request
 * @returns {{ refusal?: Page, value?: any }}
 */
function jsonIn({ headers, body }) {
  // A page of another site can send other types without a CORS preflight. The sandbox refuses preflights.
  if (!/^application\/json(?:;|$)/i.test(headers['content-type'] ?? '')) {
    return { refusal: json(415, { error: 'The Content-Type must be application/json.' }) };
  }
  try {
    return { value: Object(JSON.parse(body.toString())) };
  } catch {
    return { refusal: json(400, { error: 'The body is not JSON.' }) };
  }
}

/**
 * @param {import('./pages.js').PageRequest} request `{ "from": number, "text": text }`
 * @param {import('./pages.js').PageContext['reply']} reply
 */
function sendReply(request, reply) {
  const { refusal, value } = jsonIn(request);
  if (refusal) return refusal;
  const { from, text, ...others } = value;
  if (typeof from !== 'string' || typeof text !== 'string' || Object.keys(others).length > 0) {
    return json(400, { error: 'There is "from", a phone number, and "text".' });
  }
  return reply(from, text)
    ? json(200, { from, text })
    : json(404, { error: `No message was sent to ${from}, so it cannot reply.` });
}

/**
 * @param {any} wish `{ "fault": name, "times": count, "action": name }`; `times` and `action` are optional
 * @param {FaultChoice} faultChoice
 * @returns {string | undefined} the mistake in it
 */
function choose(wish, faultChoice) {
  const { fault, times, action, ...others } = wish;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    return `There is "fault", "times" and "action", but no "${unknown}".`;
  }
  if (typeof fault !== 'string') return '"fault" must be the name of one; DELETE clears it.';
  try {
    faultChoice.set(fault, { times, action });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** @param {FaultChoice} faultChoice */
export function chosenFault({ current }) {
  return {
    fault: current?.name ?? null,
    // JSON.stringify writes Infinity as null, which stands for "until the next change".
    times: current?.times ?? null,
    // For null, every request.
    action: current?.action ?? null,
  };
}
