/**
 * The sandbox on the command line: prints what to paste into Logto, then a line for each message
 * or refusal. Never prints what came in an Authorization header.
 */
import { parseArgs } from 'node:util';
import { findFault } from './faults/faults.js';
import { startSandbox } from './server.js';

const HELP = `Usage: node sandbox/main.js [--port <number>] [--fault <name>]

A local stand-in for Tencent Cloud's SMS API (SendSms, version 2021-01-11). It checks requests as
Tencent does, shows the messages and sends nothing.

  --port <number>  where to listen on 127.0.0.1 (default 4180; 0 for any free port)
  --fault <name>   how every request fails, until changed; the sandbox's own page lists the names
  --help           show this
`;

const { port, fault, help } = readFlags();
if (help) {
  process.stdout.write(HELP);
} else {
  await run(port, fault);
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4180' },
        fault: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (!/^\d+$/.test(values.port) || Number(values.port) > 65535) {
      throw new Error(`--port takes a number from 0 to 65535, not "${values.port}"`);
    }
    if (values.fault !== undefined && !findFault(values.fault)) {
      throw new Error(`--fault: there is no fault "${values.fault}"`);
    }
    return { port: Number(values.port), fault: values.fault, help: values.help === true };
  } catch (error) {
    return fail(2, `${messageOf(error)}\n\n${HELP}`);
  }
}

/**
 * @param {number} port
 * @param {string} [fault]
 */
async function run(port, fault) {
  const sandbox = await startSandbox({ port, onRequest: report }).catch((error) =>
    fail(
      1,
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Choose another with --port, or --port 0 for any free one.\n`
        : `Cannot listen on port ${port}: ${messageOf(error)}\n`,
    ),
  );
  sandbox.setFault(fault);
  console.log(`Tencent Cloud SMS sandbox at ${sandbox.url} (Ctrl-C ends it)`);
  console.log('Open it in a browser to learn how to make it fail.');
  console.log('The connector config for it:\n');
  console.log(`${JSON.stringify(sandbox.config, null, 2)}\n`);

  const stop = () => sandbox.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
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
    console.log(printable(line, headers));
  }
}

/**
 * What came over the wire may not move the terminal's cursor, and some faults quote what is not for
 * printing.
 * @param {string} line
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function printable(line, { authorization }) {
  const withoutSecret = authorization ? line.replaceAll(authorization, '…') : line;
  return withoutSecret.replace(/\p{Cc}/gu, ' ');
}

/**
 * @param {number} exitCode
 * @param {string} message
 * @returns {never}
 */
function fail(exitCode, message) {
  process.stderr.write(`sandbox: ${message}`);
  process.exit(exitCode);
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
