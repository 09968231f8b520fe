#!/usr/bin/env node
/** The command line of the package: `npx connector-tencent-sms-wasm doctor …` and `… setup …`. */

import { parseArgs } from 'node:util';
import { operatorLanguage, quoted, useLanguage } from './core.js';
import { doctor } from './doctor.js';
import { setup } from './setup.js';
import { textsOf } from './texts/texts.js';

// A reader such as `head` may close the pipe before the end. Whatever else is printed is lost on purpose, and
// the exit status stays that of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

const [command, ...args] = process.argv.slice(2);
// The language is set first, so that mistakes in the other arguments are reported in it.
const { lang } = parseArgs({ args, strict: false, options: { lang: { type: 'string' } } }).values;
if (typeof lang === 'string') {
  useLanguage(lang);
}
const texts = textsOf(operatorLanguage());
if (command === 'doctor') {
  process.exitCode = await doctor(args, texts);
} else if (command === 'setup') {
  process.exitCode = await setup(args, texts);
} else if (command === undefined || command === '--help' || command === 'help') {
  process.stdout.write(texts.help);
} else {
  process.stderr.write(`${texts.noCommand(quoted(command))}\n\n${texts.help}`);
  process.exitCode = 2;
}
