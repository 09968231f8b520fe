/**
 * The control endpoint, which lists the faults and sets the one for the next requests.
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
 * @param {FaultChoice} faultChoice
 * @returns {Page}
 */
export function answerControl({ method, path, headers, body }, faultChoice) {
  if (path === '/control/faults') {
    return method === 'GET' ? json(200, listFaults()) : notAllowed('GET');
  }
  if (path !== '/control/fault') {
    return json(404, { error: 'There are /control/faults and /control/fault.' });
  }
  if (method === 'PUT') {
    // A page of another site can send other types without a CORS preflight. The sandbox refuses preflights.
    if (!/^application\/json(?:;|$)/i.test(headers['content-type'] ?? '')) {
      return json(415, { error: 'The Content-Type must be application/json.' });
    }
    const error = choose(body, faultChoice);
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
 * @param {Buffer} body `{ "fault": name, "times": count, "action": name }`; `times` and `action` are optional
 * @param {FaultChoice} faultChoice
 * @returns {string | undefined} the mistake in the body
 */
function choose(body, faultChoice) {
  let wish;
  try {
    wish = JSON.parse(body.toString());
  } catch {
    return 'The body is not JSON.';
  }
  const { fault, times, action, ...others } = Object(wish);
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
