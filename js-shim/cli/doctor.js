/** The command `doctor`: reads files, uses the network and prints reports. The core does the checks. */

import { parseArgs } from 'node:util';
import { now } from '../clock.js';
import { perform } from '../perform.js';
import {
  examine,
  isDoctorInputError,
  quoted,
  readLogto,
  sendTestMessage,
  showLastMessages,
  useLanguage,
} from './core.js';
import { maxLogtoAnswerLength, readLogtoAccess } from './logto-access.js';
import { startProgress } from './progress.js';
import { readContent } from './read-content.js';

/** The exit statuses. */
const ok = 0;
const wrong = 1;
const notChecked = 2;

/** @typedef {import('./texts/texts.js').Texts} Texts */
/** @typedef {import('./wasm/core.js').Report} Report */
/** @typedef {Parameters<typeof perform<Report>>[0]} NextStep */

/**
 * Runs the command.
 *
 * @param {string[]} args
 * @param {Texts} texts
 * @returns {Promise<number>} the exit status
 */
export async function doctor(args, texts) {
  const options = readArguments(args, texts);
  if (typeof options === 'string') {
    return fail(`${options}\n\n${texts.doctor.help}`);
  }
  if (options.help) {
    process.stdout.write(texts.doctor.help);
    return ok;
  }
  const input = await readInput(options, texts);
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
  if (isJson) {
    // Programs read the same in every language.
    useLanguage('en');
  }
  const colors = !isJson && process.stdout.isTTY && !process.env.NO_COLOR;

  /** @type {Report[]} */
  const reports = [];
  /** @param {string} activity @param {NextStep} nextStep */
  const addReport = async (activity, nextStep) => {
    const report = await performWithProgress(activity, nextStep);
    reports.push(report);
    if (!isJson) {
      process.stdout.write(report.text);
    }
    return report;
  };
  try {
    const { canSend } = await addReport(texts.doctor.examining, (events) =>
      examine(content, environment, !options.offline, events, now(), colors),
    );
    const { to, number } = options;
    if (to !== undefined && canSend) {
      await addReport(texts.doctor.following, (events) =>
        sendTestMessage(content, environment, to, events, now(), colors),
      );
    }
    if (number !== undefined && canSend) {
      await addReport(texts.doctor.examining, (events) =>
        showLastMessages(content, environment, number, events, now(), colors),
      );
    }
  } catch (error) {
    if (isDoctorInputError(error)) {
      return fail(`${name} ${error.message}`);
    }
    // The error is not printed, because the core's data may contain a key.
    return fail(texts.stopped);
  }
  const isWrong = reports.some((report) => report.isWrong);
  if (isJson) {
    const findings = reports.flatMap((report) => report.findings);
    process.stdout.write(`${JSON.stringify({ isWrong, findings }, null, 2)}\n`);
  }
  return isWrong ? wrong : ok;
}

/**
 * @typedef {object} Options
 * @property {string} file
 * @property {string} [logto]
 * @property {string} [to]
 * @property {string} [number]
 * @property {boolean} offline
 * @property {boolean} json
 * @property {boolean} help
 */

/**
 * @param {string[]} args
 * @param {Texts} texts
 * @returns {Options | string} the options, or a text about a mistake in the arguments
 */
function readArguments(args, texts) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        logto: { type: 'string' },
        to: { type: 'string' },
        number: { type: 'string' },
        offline: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        // main.js reads the language, because errors in the arguments have a language too.
        lang: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const { logto, to, number, offline, help } = values;
    const [file = '', ...others] = positionals;
    if (!help && ((file === '') === (logto === undefined) || others.length > 0)) {
      return texts.doctor.oneFile;
    }
    if (offline && to !== undefined) {
      return texts.doctor.toOrOffline;
    }
    if (offline && number !== undefined) {
      return texts.doctor.numberOrOffline;
    }
    if (to !== undefined && number !== undefined) {
      return texts.doctor.numberOrTo;
    }
    return { ...values, file };
  } catch (error) {
    return quoted(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads the file, or the settings of a running Logto.
 *
 * @param {Options} options
 * @param {Texts} texts
 * @returns {Promise<{ name: string, content: Uint8Array } | { problem: string }>}
 */
async function readInput({ file, logto }, texts) {
  if (logto === undefined) {
    return readContent(file, texts);
  }
  const access = readLogtoAccess(logto, texts);
  if (typeof access === 'string') {
    return { problem: access };
  }
  const stop = startProgress(texts.logto.asking);
  try {
    const reading = await perform((events) => readLogto(access, events), maxLogtoAnswerLength);
    return 'problem' in reading
      ? reading
      : { name: access.url, content: Buffer.from(reading.content) };
  } finally {
    stop();
  }
}

/**
 * Performs one of the core's tasks and shows its progress.
 *
 * @param {string} activity
 * @param {NextStep} nextStep
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
