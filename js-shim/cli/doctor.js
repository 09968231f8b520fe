/** The command `doctor`: reads files, uses the network and prints reports. The core does the checks. */

import { now } from '../clock.js';
import { perform } from '../perform.js';
import { fail, keyInEnvironment, parseArguments, problemOf } from './command.js';
import { examine, readLogto, sendTestMessage, showLastMessages, useLanguage } from './core.js';
import { maxLogtoAnswerLength, readLogtoAccess } from './logto-access.js';
import { withProgress } from './progress.js';
import { readContent } from './read-content.js';

/** The exit statuses, next to that of a command that could not run. */
const ok = 0;
const wrong = 1;

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
    return fail('doctor', `${options}\n\n${texts.doctor.help}`);
  }
  if (options.help) {
    process.stdout.write(texts.doctor.help);
    return ok;
  }
  const input = await readInput(options, texts);
  if ('problem' in input) {
    return fail('doctor', input.problem);
  }
  const { name, content } = input;
  const environment = keyInEnvironment();
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
    const report = await withProgress(activity, () => perform(nextStep));
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
    return fail('doctor', problemOf(error, name, texts));
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
  const parsed = parseArguments(args, {
    logto: { type: 'string' },
    to: { type: 'string' },
    number: { type: 'string' },
    offline: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (typeof parsed === 'string') {
    return parsed;
  }
  const { logto, to, number, offline, help } = parsed.values;
  const [file = '', ...others] = parsed.positionals;
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
  return { ...parsed.values, file };
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
  const reading = await withProgress(texts.logto.asking, () =>
    perform((events) => readLogto(access, events), maxLogtoAnswerLength),
  );
  return 'problem' in reading
    ? reading
    : { name: access.url, content: Buffer.from(reading.content) };
}
