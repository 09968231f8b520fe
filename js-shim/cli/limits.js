/** The command `limits`: prints the counts of a number that several processes share, and frees them. */

import { parseArgs } from 'node:util';
import { perform } from '../perform.js';
import { countsOf, isDoctorInputError, quoted } from './core.js';
import { readContent } from './read-content.js';

/** The exit statuses. */
const ok = 0;
const notKnown = 1;
const notRun = 2;

/**
 * Runs the command.
 *
 * @param {string[]} args
 * @param {import('./texts/texts.js').Texts} sentences
 * @returns {Promise<number>} the exit status
 */
export async function limits(args, sentences) {
  const options = readArguments(args);
  if (typeof options !== 'string' && options.help) {
    process.stdout.write(sentences.limits.help);
    return ok;
  }
  if (typeof options === 'string' || options.file === undefined || options.to === undefined) {
    const problem = typeof options === 'string' ? options : sentences.limits.fileAndNumber;
    return fail(`${problem}\n\n${sentences.limits.help}`);
  }
  const { file, to, ip, reset } = options;
  const input = await readContent(file, sentences);
  if ('problem' in input) {
    return fail(input.problem);
  }
  const { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey } = process.env;
  const environment = { secretId, secretKey, token: process.env.TENCENTCLOUD_TOKEN };
  try {
    const counts = await perform((events) =>
      countsOf(input.content, environment, to, ip, reset, events),
    );
    process.stdout.write(counts.lines.map((line) => `${line}\n`).join(''));
    return counts.isKnown ? ok : notKnown;
  } catch (error) {
    // The error is not printed, because the core's data may contain a key.
    return fail(isDoctorInputError(error) ? `${input.name} ${error.message}` : sentences.stopped);
  }
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        ip: { type: 'string' },
        reset: { type: 'string' },
        lang: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return { ...values, file: positionals.length === 1 ? positionals[0] : undefined };
  } catch (error) {
    return quoted(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} problem */
function fail(problem) {
  process.stderr.write(`limits: ${problem.trimEnd()}\n`);
  return notRun;
}
