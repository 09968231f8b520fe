#!/usr/bin/env node
/** The command line of the package: `npx connector-tencent-sms-wasm doctor …`. */

import { quoted } from '../core.js';
import { doctor } from './doctor.js';
import { texts } from './texts.js';

// A reader such as `head` may close the pipe before the end. Whatever else is printed is lost on purpose, and
// the exit status stays that of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

const language = texts.en;
const [command, ...args] = process.argv.slice(2);
if (command === 'doctor') {
  process.exitCode = await doctor(args, language);
} else if (command === undefined || command === '--help' || command === 'help') {
  process.stdout.write(language.help);
} else {
  process.stderr.write(`${language.noCommand(quoted(command))}\n\n${language.help}`);
  process.exitCode = 2;
}
