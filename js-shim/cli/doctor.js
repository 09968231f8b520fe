/** The command `doctor`: reads files, uses the network and prints reports. The core does the checks. */

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { now } from '../clock.js';
import { examine, isDoctorInputError, quoted, sendTestMessage } from '../core.js';
import { perform } from '../perform.js';
import { startProgress } from './progress.js';

/** The exit statuses. */
const ok = 0;
const wrong = 1;
const notChecked = 2;

/**
 * Runs the command.
 *
 * @param {string[]} args
 * @param {string} help
 * @returns {Promise<number>} the exit status
 */
export async function doctor(args, help) {
  const options = readArguments(args);
  if (typeof options === 'string') {
    return fail(`${options}\n\n${help}`);
  }
  if (options.help) {
    process.stdout.write(help);
    return ok;
  }
  const input = await readInput(options.file);
  if ('problem' in input) {
    return fail(input.problem);
  }
  const { name, content } = input;
  const environment = {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
    token: process.env.TENCENTCLOUD_TOKEN,
  };
  const isJson = options.json;
  const colors = !isJson && process.stdout.isTTY && !process.env.NO_COLOR;

  /** @type {import('../wasm/core.js').Report[]} */
  const reports = [];
  /** @param {import('../wasm/core.js').Report} report */
  const addReport = (report) => {
    reports.push(report);
    if (!isJson) {
      process.stdout.write(report.text);
    }
  };
  try {
    const report = await performWithProgress('asking Tencent', (events) =>
      examine(content, environment, !options.offline, events, now(), colors),
    );
    addReport(report);
    const { to } = options;
    if (to !== undefined && report.canSend) {
      addReport(
        await performWithProgress('following the message, for a minute at most', (events) =>
          sendTestMessage(content, environment, to, events, now(), colors),
        ),
      );
    }
  } catch (error) {
    if (isDoctorInputError(error)) {
      return fail(`${name} ${error.message}`);
    }
    // The error is not printed, because the core's data may contain a key.
    return fail('The core stopped unexpectedly. Please report it, with the version of Node.');
  }
  const isWrong = reports.some((report) => report.isWrong);
  if (isJson) {
    const findings = reports.flatMap((report) => report.findings);
    process.stdout.write(`${JSON.stringify({ isWrong, findings }, null, 2)}\n`);
  }
  return isWrong ? wrong : ok;
}

/**
 * @param {string[]} args
 * @returns {{ file: string, to?: string, offline: boolean, json: boolean, help: boolean } | string}
 *   the options, or a text about a mistake in the arguments
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
 * Performs one of the core's tasks and shows its progress.
 *
 * @param {string} activity
 * @param {Parameters<typeof perform<import('../wasm/core.js').Report>>[0]} nextStep
 */
async function performWithProgress(activity, nextStep) {
  const stop = startProgress(activity);
  try {
    return await perform(nextStep);
  } finally {
    stop();
  }
}

/** @param {string} problem */
function fail(problem) {
  process.stderr.write(`doctor: ${problem.trimEnd()}\n`);
  return notChecked;
}
