/** The doctor's eyes, ears and mouth: files, the network, the terminal. What is wrong, the core knows. */

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { now } from '../clock.js';
import { examine, isDoctorInputError, quoted, sendTestMessage } from '../core.js';
import { perform } from '../perform.js';
import { startProgress } from './progress.js';

/** Exit statuses. */
const inOrder = 0;
const wrong = 1;
const couldNotLook = 2;

/**
 * @param {string[]} args
 * @param {string} help
 * @returns {Promise<number>} the exit status
 */
export async function doctor(args, help) {
  const wishes = readArguments(args);
  if (typeof wishes === 'string') {
    return refuse(`${wishes}\n\n${help}`);
  }
  if (wishes.help) {
    process.stdout.write(help);
    return inOrder;
  }
  const input = await readInput(wishes.file);
  if ('problem' in input) {
    return refuse(input.problem);
  }
  const { name, content } = input;
  const environment = {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
    token: process.env.TENCENTCLOUD_TOKEN,
  };
  const isJson = wishes.json;
  const colors = !isJson && process.stdout.isTTY && !process.env.NO_COLOR;

  /** @type {import('../wasm/core.js').Report[]} */
  const reports = [];
  /** @param {import('../wasm/core.js').Report} report */
  const tell = (report) => {
    reports.push(report);
    if (!isJson) {
      process.stdout.write(report.text);
    }
  };
  try {
    const report = await watched('asking Tencent', (events) =>
      examine(content, environment, !wishes.offline, events, now(), colors),
    );
    tell(report);
    const { to } = wishes;
    if (to !== undefined && report.canSend) {
      tell(
        await watched('following the message, for a minute at most', (events) =>
          sendTestMessage(content, environment, to, events, now(), colors),
        ),
      );
    }
  } catch (error) {
    if (isDoctorInputError(error)) {
      return refuse(`${name} ${error.message}`);
    }
    // What the core was working on may hold a key.
    return refuse('The core stopped unexpectedly. Please report it, with the version of Node.');
  }
  const isWrong = reports.some((report) => report.isWrong);
  if (isJson) {
    const findings = reports.flatMap((report) => report.findings);
    process.stdout.write(`${JSON.stringify({ isWrong, findings }, null, 2)}\n`);
  }
  return isWrong ? wrong : inOrder;
}

/**
 * @param {string[]} args
 * @returns {{ file: string, to?: string, offline: boolean, json: boolean, help: boolean } | string}
 *   a text says what is wrong
 */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        offline: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [file = '', ...others] = positionals;
    if (!values.help && (file === '' || others.length > 0)) {
      return 'The doctor takes one file: the config.';
    }
    if (values.offline && values.to !== undefined) {
      return '--to sends a message, --offline forbids it: choose one.';
    }
    return { ...values, file };
  } catch (error) {
    return quoted(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} file
 * @returns {Promise<{ name: string, content: string } | { problem: string }>}
 */
async function readInput(file) {
  const name = file === '-' ? 'Standard input' : quoted(file);
  try {
    return {
      name,
      content: file === '-' ? await text(process.stdin) : await readFile(file, 'utf8'),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown error';
    return { problem: `${name} cannot be read: ${code}` };
  }
}

/**
 * Does one of the core's tasks, with a sign of life.
 *
 * @param {string} what
 * @param {Parameters<typeof perform<import('../wasm/core.js').Report>>[0]} nextStep
 */
async function watched(what, nextStep) {
  const stop = startProgress(what);
  try {
    return await perform(nextStep);
  } finally {
    stop();
  }
}

/** @param {string} problem */
function refuse(problem) {
  process.stderr.write(`doctor: ${problem.trimEnd()}\n`);
  return couldNotLook;
}
