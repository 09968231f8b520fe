#!/usr/bin/env node
/** The command line of the package: `npx connector-tencent-sms-wasm doctor …`. */

import { quoted } from '../core.js';
import { doctor } from './doctor.js';
import { setup } from './setup.js';

const help = `Usage: connector-tencent-sms-wasm doctor <file> [options]

Says what is wrong with a config of this connector before a user finds out: looks at the config, then
asks Tencent Cloud, read-only, about its key, application, signatures, templates and packages.

  <file>           the config as JSON, or the answer of Logto's GET /api/connectors; - for standard input
  --to <number>    afterwards send one real message there, and follow it to the phone
  --offline        look at the config only
  --json           the findings as JSON
  --help           show this

Where the config has no accessKeyId and accessKeySecret, the key is taken from the environment:
TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for a temporary key, TENCENTCLOUD_TOKEN.

Exit status: 0 nothing is wrong, 1 something is wrong, 2 the doctor could not look.

Another command stores a config in a running Logto: connector-tencent-sms-wasm setup --help
`;

const [command, ...args] = process.argv.slice(2);
if (command === 'doctor') {
  process.exitCode = await doctor(args, help);
} else if (command === 'setup') {
  process.exitCode = await setup(args);
} else if (command === undefined || command === '--help' || command === 'help') {
  process.stdout.write(help);
} else {
  process.stderr.write(`There is no command "${quoted(command)}".\n\n${help}`);
  process.exitCode = 2;
}
