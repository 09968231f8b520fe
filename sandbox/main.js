#!/usr/bin/env node
/**
 * The sandbox on the command line. It prints the config of the connector, then one line for each message or refusal.
 * It never prints the content of an Authorization header.
 */
import { parseArgs } from 'node:util';
import { defaultAccount } from './account.js';
import { AccountFileError, readAccountFile } from './account-file.js';
import { isCallbackUrl } from './callback.js';
import { findFault } from './faults/faults.js';
import { BlockedPortError } from './http/listen.js';
import { startSandbox } from './server.js';
import { textIn } from './text/catalogue.js';
import { commandLanguage, isLanguage } from './text/language.js';
import { withoutAuthorization } from './without-authorization.js';

const COMMAND = 'tencent-sms-sandbox';

/** The options in the order of the help, with the placeholders of their values. */
const OPTIONS = /** @type {const} */ ({
  port: { type: 'string', default: '4180', value: '<number>' },
  host: { type: 'string', value: '<address>' },
  account: { type: 'string', value: '<file>' },
  fault: { type: 'string', value: '<name>' },
  callback: { type: 'string', value: '<url>' },
  'report-after': { type: 'string', value: '<seconds>' },
  lang: { type: 'string', value: '<en|zh-CN>' },
  'print-account': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

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

const args = process.argv.slice(2);
const text = textIn(chosenLanguage());
// The sandbox goes on if nobody reads its lines any more, as after `| head`.
process.stdout.on('error', () => {});
process.exitCode = await main();

/**
 * Returns the language, even if other options are wrong. An error about them is in this language too.
 */
function chosenLanguage() {
  const { values } = parseArgs({ args, options: { lang: { type: 'string' } }, strict: false });
  const flag = typeof values.lang === 'string' && isLanguage(values.lang) ? values.lang : undefined;
  return commandLanguage(flag, process.env);
}

/**
 * @returns {Promise<number>} the exit code; if it is 0, the sandbox may have started, and runs until SIGINT or SIGTERM
 */
async function main() {
  try {
    const flags = readFlags();
    if (flags.help) process.stdout.write(help());
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

function help() {
  const options = Object.entries(OPTIONS).map(([name, option]) => {
    const flag = 'value' in option ? `--${name} ${option.value}` : `--${name}`;
    return `  ${flag.padEnd(24)}  ${text(`cli.${name}`)}\n`;
  });
  const usage = text('cli.usage', { command: `${COMMAND} [options]` });
  return `${usage}\n\n${text('cli.summary')}\n${text('cli.promise')}\n\n${options.join('')}`;
}

function readFlags() {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    const { port, fault, lang, callback, 'report-after': reportAfter } = values;
    if (!/^\d+$/.test(port) || Number(port) > 65535)
      throw new Error(text('cli.bad-port', { port }));
    if (fault !== undefined && !findFault(fault)) throw new Error(text('cli.bad-fault', { fault }));
    if (lang !== undefined && !isLanguage(lang)) throw new Error(text('cli.bad-lang', { lang }));
    if (callback !== undefined && !isCallbackUrl(callback)) {
      throw new Error(text('cli.bad-callback', { callback }));
    }
    if (reportAfter !== undefined && !/^\d{1,6}$/.test(reportAfter)) {
      throw new Error(text('cli.bad-report-after', { seconds: reportAfter }));
    }
    const { 'print-account': printAccount, ...others } = values;
    return { ...others, printAccount, reportAfter, port: Number(port) };
  } catch (error) {
    throw new UsageError(2, `${messageOf(error)}\n\n${help()}`);
  }
}

/** @param {ReturnType<typeof readFlags>} flags */
async function run({ port, host, account: file, fault, callback, reportAfter }) {
  const account = { ...(file === undefined ? defaultAccount : accountOf(file)) };
  if (reportAfter !== undefined) account.deliveryReportSeconds = Number(reportAfter);
  const options = { port, host, account, callbackUrl: callback };
  const sandbox = await startSandbox({
    ...options,
    onRequest: report,
    onCallback: reportCallback,
  }).catch((error) => {
    throw new UsageError(1, whyNotListening(port, error));
  });
  sandbox.setFault(fault);
  console.log(text('cli.started', { url: sandbox.url }));
  if (!sandbox.isLoopback) console.log(text('cli.on-network'));
  console.log(text('cli.open'));
  const command = `curl '${sandbox.url}/api/messages/latest?wait=30'`;
  console.log(text('cli.latest', { command }));
  console.log(`${text('cli.config')}\n`);
  console.log(`${JSON.stringify(sandbox.config, null, 2)}\n`);

  const stop = () => sandbox.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

/**
 * @param {number} port
 * @param {Error & { code?: string }} error
 */
function whyNotListening(port, error) {
  if (error instanceof BlockedPortError) return text('cli.port-blocked', { port });
  if (error.code === 'EADDRINUSE') return text('cli.port-in-use', { port });
  return text('cli.cannot-listen', { port, cause: error.message });
}

/** @param {string} file */
function accountOf(file) {
  try {
    return readAccountFile(file, text);
  } catch (error) {
    if (!(error instanceof AccountFileError)) throw error;
    throw new UsageError(2, `${text('cli.bad-account')}\n${error.message}`);
  }
}

/** @param {import('./server.js').ReceivedRequest} request */
function report({ receivedAt, method, headers, action, parameters, messages, answer, fault }) {
  const { Error: refusal, SendStatusSet = [] } = answer?.Response ?? {};
  const template = text('cli.template', { id: parameters?.TemplateId });
  const outcomes = SendStatusSet.map(({ SerialNo, PhoneNumber, Code, Message }) => {
    const message = messages.find(({ serialNo }) => serialNo === SerialNo);
    return `${PhoneNumber}  ${template}  ${message ? message.text : `${Code}: ${Message}`}`;
  });
  if (refusal) outcomes.push(`${refusal.Code}: ${refusal.Message}`);
  if (!answer) outcomes.push(text('cli.lost'));
  if (answer && !refusal && action !== 'SendSms') outcomes.push(text('cli.answered'));
  for (const outcome of outcomes) {
    const struck = fault ? `  ${text('cli.under-fault', { fault })}` : '';
    const line = `${receivedAt.slice(11, 19)}  ${action ?? method}  ${outcome}${struck}`;
    console.log(onOneLine(withoutAuthorization(line, headers)));
  }
}

/** @param {import('./callback.js').CallbackOutcome} outcome */
function reportCallback({ url, status, error }) {
  const time = new Date().toISOString().slice(11, 19);
  const id = error === undefined ? 'cli.callback-answered' : 'cli.callback-failed';
  console.log(onOneLine(`${time}  ${text(id, { url, status, error })}`));
}

/**
 * Replaces the characters that move the terminal's cursor, begin a line, or change the direction or the look of the
 * text after them. Texts from requests and from files may contain such characters.
 * @param {string} line
 */
function onOneLine(line) {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
