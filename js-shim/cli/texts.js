/**
 * The sentences of the command line, by language. The sentences of the report are the core's: they stand in its
 * catalogue of texts.
 */

const en = {
  help: `Usage: connector-tencent-sms-wasm doctor <file> [options]

Finds mistakes in a config of this connector before a user does. The doctor checks the config, and asks Tencent
Cloud about its key, application, signatures, templates, packages and deliveries, without changing anything.

  <file>             the config as JSON, or the answer of Logto's GET /api/connectors; - for standard input
  --to <number>      send one real message to this number afterwards, and follow it to the phone
  --number <number>  show what became of the last messages to this number, and send nothing
  --offline          check the config only
  --json             print the findings as JSON
  --help             show this text

Write a number with + and its calling code, such as +8613800138000.

If the config has no accessKeyId and no accessKeySecret, the key is taken from the environment:
TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for a temporary key, TENCENTCLOUD_TOKEN.

Exit status: 0 without errors, 1 with errors, 2 if the doctor could not run.
`,
  /** @param {string} name */
  noCommand: (name) => `There is no command "${name}".`,
  oneFile: 'The doctor takes one file: the config.',
  toOrOffline: '--to sends a message, but --offline forbids it: choose one.',
  numberOrOffline: '--number asks Tencent, but --offline forbids it: choose one.',
  numberOrTo: '--number shows earlier messages, but --to sends a new one: choose one.',
  standardInput: 'Standard input',
  /** @param {string} name @param {string} code */
  notReadable: (name, code) => `${name} cannot be read: ${code}`,
  unknownError: 'unknown error',
  examining: 'asking Tencent',
  following: 'following the message, for a minute at most',
  stopped: 'The core stopped unexpectedly. Please report this, with the version of Node.',
};

/** @typedef {typeof en} Texts */

/** @type {Record<'en', Texts>} */
export const texts = { en };
