#!/usr/bin/env node
/** The command line of the package: `npx connector-tencent-sms-wasm doctor …` and `… setup …`. */

import { parseArgs } from 'node:util';
import { language, quoted, useLanguage } from './core.js';
import { doctor } from './doctor.js';
import { limits } from './limits.js';
import { setup } from './setup.js';
import { texts } from './texts/texts.js';

// A reader such as `head` may close the pipe before the end. Whatever else is printed is lost on purpose, and
// the exit status stays that of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

/** @type {Record<string, typeof doctor>} */
const commands = { doctor, limits, setup };
const args = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  strict: false,
  options: { lang: { type: 'string' } },
});
const { lang } = values;
if (typeof lang === 'string') {
  useLanguage(lang);
}
const sentences = texts[language()];
const [command] = positionals;
const usageError = (/** @type {string} */ problem) => {
  process.stderr.write(`${problem}\n\n${sentences.help}`);
  return 2;
};
if (lang !== undefined && !(typeof lang === 'string' && Object.hasOwn(texts, lang))) {
  process.exitCode = usageError(sentences.noLanguage(quoted(String(lang))));
} else if (command === undefined || command === 'help') {
  process.stdout.write(sentences.help);
} else if (Object.hasOwn(commands, command)) {
  const ofCommand = args.toSpliced(args.indexOf(command), 1);
  process.exitCode = await commands[command]?.(ofCommand, sentences);
} else {
  process.exitCode = usageError(sentences.noCommand(quoted(command)));
}
