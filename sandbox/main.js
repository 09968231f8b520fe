/**
 * The sandbox on the command line. It prints the config of the connector, then one line for each message or refusal.
 * It never prints the content of an Authorization header.
 */
import { parseArgs } from 'node:util';
import { defaultAccount } from './account.js';
import { AccountFileError, readAccountFile } from './account-file.js';
import { findFault } from './faults/faults.js';
import { startSandbox } from './server.js';
import { withoutAuthorization } from './without-authorization.js';

const HELP = `Usage: node sandbox/main.js [--port <number>] [--account <file>] [--fault <name>]
       node sandbox/main.js --print-account

A local stand-in for Tencent Cloud's SMS API, version 2021-01-11. It checks requests as Tencent
does, shows the messages in a page of its own, and sends nothing.

  --port <number>   where to listen on 127.0.0.1 (default 4180; 0 for any free port)
  --account <file>  the account to play: keys, applications, signatures, templates, packages, and
                    actions that its key may not call; JSON, each section in the default's place
  --print-account   print the default account, to start a file from
  --fault <name>    how every request fails, until changed; the sandbox's help page lists the names
  --help            show this
`;

/** An error in the command line, with a message for people. */
class UsageError extends Error {
  /**
   * @param {number} exitCode
   * @param {string} message
   */
  constructor(exitCode, message) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * @param {string[]} args the arguments without the names of Node and of the program
 * @returns {Promise<number>} the exit code; if it is 0, the sandbox may have started, and runs until SIGINT or SIGTERM
 */
async function main(args) {
  try {
    const flags = readFlags(args);
    if (flags.help) process.stdout.write(HELP);
    else if (flags.printAccount) console.log(JSON.stringify(defaultAccount, null, 2));
    else await run(flags);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const lines = error.message.split('\n').map(onOneLine);
    process.stderr.write(`sandbox: ${lines.join('\n')}\n`);
    return error.exitCode;
  }
}

/** @param {string[]} args */
function readFlags(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4180' },
        account: { type: 'string' },
        'print-account': { type: 'boolean', default: false },
        fault: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (!/^\d+$/.test(values.port) || Number(values.port) > 65535) {
      throw new Error(`--port takes a number from 0 to 65535, not "${values.port}"`);
    }
    if (values.fault !== undefined && !findFault(values.fault)) {
      throw new Error(`--fault: there is no fault "${values.fault}"`);
    }
    const { 'print-account': printAccount, ...others } = values;
    return { ...others, printAccount, port: Number(values.port) };
  } catch (error) {
    throw new UsageError(2, `${messageOf(error)}\n\n${HELP}`);
  }
}

/** @param {ReturnType<typeof readFlags>} flags */
async function run({ port, account: file, fault }) {
  const account = file === undefined ? defaultAccount : accountOf(file);
  const sandbox = await startSandbox({ port, account, onRequest: report }).catch((error) => {
    throw new UsageError(
      1,
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Choose another with --port, or --port 0 for any free one.`
        : `Cannot listen on port ${port}: ${messageOf(error)}`,
    );
  });
  sandbox.setFault(fault);
  console.log(`Tencent Cloud SMS sandbox at ${sandbox.url} (Ctrl-C ends it)`);
  console.log('Open it in a browser to see the messages arrive, and to make it fail.');
  console.log(`The last message as JSON: curl '${sandbox.url}/api/messages/latest?wait=30'`);
  console.log('The connector config for it:\n');
  console.log(`${JSON.stringify(sandbox.config, null, 2)}\n`);

  const stop = () => sandbox.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

/** @param {string} file */
function accountOf(file) {
  try {
    return readAccountFile(file);
  } catch (error) {
    if (error instanceof AccountFileError) throw new UsageError(2, `--account:\n${error.message}`);
    throw error;
  }
}

/** @param {import('./server.js').ReceivedRequest} request */
function report({ receivedAt, method, headers, action, parameters, messages, answer, fault }) {
  const { Error: refusal, SendStatusSet = [] } = answer?.Response ?? {};
  const outcomes = SendStatusSet.map(({ SerialNo, PhoneNumber, Code, Message }) => {
    const message = messages.find(({ serialNo }) => serialNo === SerialNo);
    const result = message ? message.text : `${Code}: ${Message}`;
    return `${PhoneNumber}  template ${parameters?.TemplateId}  ${result}`;
  });
  if (refusal) outcomes.push(`${refusal.Code}: ${refusal.Message}`);
  if (!answer) outcomes.push('not processed');
  if (answer && !refusal && action !== 'SendSms') outcomes.push('answered');
  for (const outcome of outcomes) {
    const struck = fault ? `  (fault: ${fault})` : '';
    const line = `${receivedAt.slice(11, 19)}  ${action ?? method}  ${outcome}${struck}`;
    console.log(onOneLine(withoutAuthorization(line, headers)));
  }
}

/**
 * Replaces the characters that move the terminal's cursor, begin a line, or change the direction or the look of the
 * text after them. Texts from requests and from files may contain such characters.
 * @param {string} text
 */
function onOneLine(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await main(process.argv.slice(2));
