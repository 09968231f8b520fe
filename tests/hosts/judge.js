/** The rules that every cell must keep. */

import { allowancesFor } from './allowances.js';
import { needsHttp2 } from './dimensions.js';

/** The send may take this much longer than its deadline, on a machine that is busy. */
const toleranceMs = 500;

/** A host of the matrix that repeats does so twice. */
const mostRepeats = 2;

/** The servers that accept the message and answer it, so that the outcome must be `sent`. */
const accepting = [
  'right answer',
  'late answer',
  'reset after the answer',
  '100 Continue',
  '103 Early Hints',
  'mock answers',
];

/**
 * @param {import('./dimensions.js').Cell} cell
 * @param {string} node the version of Node
 * @param {import('./run-cell.js').Observation} seen
 * @param {import('./allowances.js').Allowance[]} [allowances]
 * @returns {string[]} the broken rules, each as `kind: details`
 */
export function faultsOf(cell, node, seen, allowances = allowancesFor(cell, node)) {
  const { report, exit, after, timeoutSeconds } = seen;
  const faults = [];
  const isUnknown = allowances.some(({ allows }) => allows === 'unknown outcome');
  const mayConnect = allowances.some(({ allows }) => allows === 'empty connection');
  if (seen.complete > 1) {
    faults.push(`sent twice: ${seen.complete} complete messages`);
  } else if (seen.requests > 1) {
    faults.push(`left twice: the headers of ${seen.requests} requests, with Authorization`);
  }
  if (!report || (exit.code !== 0 && exit.signal === null)) {
    faults.push(`process died: ${exit.code ?? exit.signal} ${firstError(exit.stderr)}`);
  } else if (exit.signal !== null) {
    faults.push('does not end');
  }
  if (!report) {
    return faults;
  }
  const isEmpty = /^(connection|tunnel) /;
  const empty = after.filter((event) => isEmpty.test(event));
  // undici replaces the connection of an aborted request by an empty one, without the connector as well.
  const wasAborted = report.ms >= timeoutSeconds * 1000;
  const connections = Number(wasAborted) + (mayConnect ? mostRepeats : 0);
  const goingOn = [
    ...after.filter((event) => !isEmpty.test(event)),
    // One through a proxy is seen twice.
    ...empty.slice(connections * (seen.tunnels > 0 ? 2 : 1)),
  ];
  if (seen.openRequests > 0) {
    goingOn.push(`${seen.openRequests} requests still open`);
  }
  if (seen.resources.includes('Timeout')) {
    goingOn.push('a timer');
  }
  if (goingOn.length > 0) {
    faults.push(`goes on after the end: ${goingOn.join(', ')}`);
  }

  const { outcome, ms, lines } = report;
  const told = lines.join('\n');
  const saysUnsent = told.includes('nothing was sent');
  if (saysUnsent && seen.requests > 0) {
    faults.push(`reported as unsent: ${seen.requests} requests arrived`);
  }
  if (outcome === 'sent' && seen.accepted === 0) {
    faults.push('reported as sent: no message was accepted');
  }
  if (outcome !== 'sent' && !isUnknown && accepting.includes(cell.server)) {
    faults.push(`not reported as sent: ${outcome}, ${lastLine(told)}`);
  }
  if (!saysUnsent && !isUnknown && cell.server === 'refuses connections') {
    faults.push(`not reported as unsent: ${lastLine(told)}`);
  }
  if (ms > timeoutSeconds * 1000 + toleranceMs) {
    faults.push(`too late: ${ms.toFixed(0)} ms, the deadline is ${timeoutSeconds} s`);
  }
  return [...faults, ...vacuous(cell, seen)];
}

/**
 * A cell whose host does not use what it was given tests nothing.
 *
 * @param {import('./dimensions.js').Cell} cell
 * @param {import('./run-cell.js').Observation} seen
 */
function vacuous({ dispatcher, undici, fetch, server }, { report, requests, versions, ...seen }) {
  const unused = [];
  if (undici !== 'none' && report?.dispatched === 0) {
    unused.push('the dispatcher');
  }
  if (fetch !== 'untouched' && fetch !== 'OpenTelemetry' && report?.fetched === 0) {
    unused.push('the fetch');
  }
  if (fetch === 'OpenTelemetry' && requests > 0 && seen.traced + (report?.mocked ?? 0) === 0) {
    unused.push('OpenTelemetry');
  }
  if (dispatcher.toLowerCase().includes('proxy') && seen.tunnels === 0) {
    unused.push('the proxy');
  }
  const isHttp2Expected = needsHttp2(server) || dispatcher.endsWith('HTTP/2');
  if (isHttp2Expected && versions[0] === '1.1') {
    unused.push('HTTP/2');
  }
  return unused.map((what) => `vacuous: ${what} was not used`);
}

/** @param {string} stderr */
const firstError = (stderr) => /^.*Error.*$/m.exec(stderr)?.[0] ?? '';

/** @param {string} text */
const lastLine = (text) => text.split('\n').at(-1) ?? '';
