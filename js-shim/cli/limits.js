/** The command `limits`: prints the counts of a number that several processes share, and frees them. */

import { perform } from '../perform.js';
import { fail, keyInEnvironment, parseArguments, problemOf } from './command.js';
import { countsOf } from './core.js';
import { readContent } from './read-content.js';

/** The exit statuses, next to that of a command that could not run. */
const ok = 0;
const notKnown = 1;

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
    return fail('limits', `${problem}\n\n${sentences.limits.help}`);
  }
  const { file, to, ip, reset } = options;
  const input = await readContent(file, sentences);
  if ('problem' in input) {
    return fail('limits', input.problem);
  }
  const environment = keyInEnvironment();
  try {
    const counts = await perform((events) =>
      countsOf(input.content, environment, to, ip, reset, events),
    );
    process.stdout.write(counts.lines.map((line) => `${line}\n`).join(''));
    return counts.isKnown ? ok : notKnown;
  } catch (error) {
    return fail('limits', problemOf(error, input.name, sentences));
  }
}

/** @param {string[]} args */
function readArguments(args) {
  const parsed = parseArguments(args, {
    to: { type: 'string' },
    ip: { type: 'string' },
    reset: { type: 'string' },
  });
  if (typeof parsed === 'string') {
    return parsed;
  }
  const { values, positionals } = parsed;
  return { ...values, file: positionals.length === 1 ? positionals[0] : undefined };
}
