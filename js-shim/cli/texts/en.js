/** The sentences of the command line in English. The sentences of the reports are the core's. */

export const en = {
  help: `Usage: connector-tencent-sms-wasm doctor <file> [options]
       connector-tencent-sms-wasm setup <file> --logto <url> [options]
       connector-tencent-sms-wasm limits <file> --to <number> [options]

  doctor  finds mistakes in a config of this connector before a user does
  setup   stores a config in a running Logto; without --apply, it shows what would change
  limits  shows the counts of a number that all Logto processes share, and frees them

"doctor --help", "setup --help" and "limits --help" explain the options.
`,
  /** @param {string} name */
  noCommand: (name) => `There is no command "${name}".`,
  /** @param {string} name */
  noLanguage: (name) => `--lang must be en or zh-CN, not "${name}".`,
  standardInput: 'Standard input',
  /** @param {string} name @param {string} code */
  notReadable: (name, code) => `${name} cannot be read: ${code}`,
  unknownError: 'unknown error',
  stopped: 'The core stopped unexpectedly. Please report this, with the version of Node.',

  doctor: {
    help: `Usage: connector-tencent-sms-wasm doctor <file> [options]
       connector-tencent-sms-wasm doctor --logto <url> [options]

Finds mistakes in a config of this connector before a user does. The doctor checks the config, and asks Tencent
Cloud about its key, application, signatures, templates, packages and deliveries, without changing anything.

  <file>             the config as JSON, or the answer of Logto's GET /api/connectors; - for standard input
  --logto <url>      in place of a file: check the config in this Logto, and Logto's own settings; needs LOGTO_APP_ID
                     and LOGTO_APP_SECRET, see setup --help
  --to <number>      send one real message to this number afterwards, and follow it to the phone
  --number <number>  show what became of the last messages to this number, and send nothing
  --offline          check the config only
  --json             print the findings as JSON, in English
  --lang <language>  print everything else in en or zh-CN; default: TENCENT_SMS_LANG, or the locale
  --help             show this text

Write a number with + and its calling code, such as +8613800138000.

If the config has no accessKeyId and no accessKeySecret, the key is taken from the environment:
TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for a temporary key, TENCENTCLOUD_TOKEN.

Exit status: 0 without errors, 1 with errors, 2 if the doctor could not run.
`,
    oneFile: 'The doctor takes one file: the config; or --logto in its place.',
    toOrOffline: '--to sends a message, but --offline forbids it: choose one.',
    numberOrOffline: '--number asks Tencent, but --offline forbids it: choose one.',
    numberOrTo: '--number shows earlier messages, but --to sends a new one: choose one.',
    examining: 'asking Tencent',
    following: 'following the message, for a minute at most',
  },

  limits: {
    help: `Usage: connector-tencent-sms-wasm limits <file> --to <number> [options]

Shows the counts of a number in the Redis that all Logto processes share (limits.store). It runs in the connector's
folder inside Logto, where it finds the package redis, with Logto's REDIS_URL or TENCENT_SMS_REDIS_URL.

  <file>           the config as JSON, or the answer of Logto's GET /api/connectors; - for standard input
  --to <number>    the number, with + and its calling code
  --ip <address>   show the count of this user's address, too
  --reset <limit>  first free the places of this limit: perIp, perNumber, perRange, perCallingCode or total
  --lang <tag>     print in en or zh-CN; default: TENCENT_SMS_LANG, or the locale
  --help           show this text

Exit status: 0 if the counts are known, 1 if not, 2 if the command could not run.
`,
    fileAndNumber: 'limits takes one file, the config, and --to with a number.',
  },

  logto: {
    noUrl:
      '--logto or LOGTO_ENDPOINT must give the URL of Logto, such as https://auth.example.com.',
    wrongUrl:
      '--logto must be a URL that begins with https:// or http://, without a password, ? or #.',
    noApplication:
      'LOGTO_APP_ID and LOGTO_APP_SECRET must give a machine-to-machine application of Logto: see setup --help.',
    plain:
      'This URL begins with http://, so secrets are not encrypted on their way. Use it only within a machine or a private network.',
    asking: 'asking Logto',
  },

  setup: {
    help: `Usage: connector-tencent-sms-wasm setup <file> --logto <url> [options]
       connector-tencent-sms-wasm setup --export --logto <url>

Stores a config of this connector in a running Logto, through its Management API. Without --apply, it only shows
what would change. Secrets are never shown.

  <file>           the config as JSON; - for standard input
  --logto <url>    the URL of Logto's sign-in page, such as https://auth.example.com; else LOGTO_ENDPOINT
  --apply          store the config, and read it back
  --test <number>  let Logto send one real message with the config; with --apply, before the config is stored
  --replace <id>   allow the SMS connector with this ID to be replaced; it is first written to a file in this folder
  --restore        put back a connector: the file is one that --replace wrote
  --export         print the stored config, with its secrets masked
  --json           print the result as JSON, in English
  --lang <tag>     print everything else in en or zh-CN; default: TENCENT_SMS_LANG, or the locale
  --help           show this text

Create a machine-to-machine application in Logto's Console (Applications > Create application >
Machine-to-machine), and give it the role "Logto Management API access". Its ID and secret are taken from the
environment: LOGTO_APP_ID and LOGTO_APP_SECRET.

Exit status: 0 if Logto has the config, 1 if it has not (there are differences, the test message failed, or the
config was refused), 2 if setup could not run, for example because Logto cannot be reached.
`,
    oneFile: 'setup takes one file: the config.',
    exportAlone: '--export takes no file, and none of --apply, --test, --replace and --restore.',
    /** @param {string} file */
    wrote: (file) =>
      `The other connector, with its secrets, is in ${file}. To put it back, run setup with this file and the options --restore, --apply and --replace <id>, with the ID of the connector that is in use then.`,
    /** @param {string} file @param {string} code */
    notWritten: (file, code) => `${file} cannot be written: ${code}. Nothing was changed.`,
  },
};

/** @typedef {typeof en} Texts */
