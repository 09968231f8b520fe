/** The command `setup`: stores a config in a running Logto. The core compares and decides. */

import { writeFile } from 'node:fs/promises';
import { perform } from '../perform.js';
import { fail, parseArguments, problemOf } from './command.js';
import { setUp, useLanguage } from './core.js';
import { maxLogtoAnswerLength, readLogtoAccess } from './logto-access.js';
import { withProgress } from './progress.js';
import { codeOf, readContent } from './read-content.js';

/** The exit statuses, next to that of a command that could not run. */
const stored = 0;
const notStored = 1;

/** @typedef {import('./texts/texts.js').Texts} Texts */
/** @typedef {import('./wasm/core.js').SetUpReport} SetUpReport */
/** @typedef {import('./wasm/core.js').SetUpTask} SetUpTask */

/**
 * Runs the command.
 *
 * @param {string[]} args
 * @param {Texts} texts
 * @returns {Promise<number>} the exit status
 */
export async function setup(args, texts) {
  const options = readArguments(args, texts);
  if (typeof options === 'string') {
    return fail('setup', `${options}\n\n${texts.setup.help}`);
  }
  if (options.help) {
    process.stdout.write(texts.setup.help);
    return stored;
  }
  if (options.isJson) {
    // Programs read the same in every language.
    useLanguage('en');
  }
  const access = readLogtoAccess(options.logto, texts);
  if (typeof access === 'string') {
    return fail('setup', access);
  }
  if (options.export) {
    const nothing = { name: '', content: new Uint8Array() };
    return attempt(texts, nothing, async (run) =>
      showExport(await run({ ...access, kind: 'export' })),
    );
  }
  const input = await readContent(options.file, texts);
  if ('problem' in input) {
    return fail('setup', input.problem);
  }
  const { replace, restores } = options;
  const wanted = { ...access, replace, restores };
  return attempt(texts, input, async (run) => {
    const result = await change(wanted, options, texts, run);
    if (options.isJson) {
      const { outcome, sentences, differences, replaced } = result;
      const json = { outcome, sentences, differences, replaces: replaced?.connectorId };
      process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    }
    return result.outcome === 'same' || result.outcome === 'applied' ? stored : notStored;
  });
}

/**
 * Shows the preview, and does what the options ask for.
 *
 * @param {import('./wasm/core.js').LogtoAccess & import('./wasm/core.js').WantedConfig} wanted
 * @param {Options} options
 * @param {Texts} texts
 * @param {Run} run
 * @returns {Promise<SetUpReport>} the last result, except that of a message that was sent
 */
async function change(wanted, { to, apply, isJson }, texts, run) {
  /** @param {SetUpTask} task */
  const runAndShow = async (task) => {
    const report = await run(task);
    if (!isJson) {
      process.stdout.write(report.text);
    }
    return report;
  };
  const preview = await runAndShow({ ...wanted, kind: 'preview', applies: apply });
  if (to !== undefined && preview.outcome !== 'refused') {
    const test = await runAndShow({ ...wanted, kind: 'test', to });
    if (test.outcome === 'refused') {
      return test;
    }
  }
  const { outcome, state, replaced } = preview;
  if (!apply || outcome !== 'differs') {
    return preview;
  }
  if (replaced) {
    process.stderr.write(`${texts.setup.wrote(await writeBackup(replaced, texts))}\n`);
  }
  return runAndShow({ ...wanted, kind: 'apply', state });
}

/** @typedef {(task: SetUpTask) => Promise<SetUpReport>} Run */

/** An error that ends the command. The message is a sentence for the operator. */
class Failure extends Error {}

/**
 * Runs the tasks of the command, and reports their errors.
 *
 * @param {Texts} texts
 * @param {{ name: string, content: Uint8Array }} input
 * @param {(run: Run) => Promise<number>} tasks
 * @returns {Promise<number>} the exit status
 */
async function attempt(texts, { name, content }, tasks) {
  const colors = process.stdout.isTTY && !process.env.NO_COLOR;
  try {
    return await tasks(async (task) => {
      const report = await withProgress(texts.logto.asking, () =>
        perform((events) => setUp(task, content, events, colors), maxLogtoAnswerLength),
      );
      if (!report.outcome) {
        throw new Failure(report.text);
      }
      return report;
    });
  } catch (error) {
    const problem = error instanceof Failure ? error.message : problemOf(error, name, texts);
    return fail('setup', problem);
  }
}

/** @param {SetUpReport} report */
function showExport(report) {
  process.stderr.write(report.text);
  if (report.config === undefined) {
    return notStored;
  }
  process.stdout.write(`${JSON.stringify(JSON.parse(report.config), null, 2)}\n`);
  return stored;
}

/**
 * Writes the connector that will be replaced to a new file in the working folder.
 *
 * @param {{ connectorId: string, content: string }} replaced
 * @param {Texts} texts
 * @returns {Promise<string>} the name of the file
 */
async function writeBackup({ connectorId, content }, texts) {
  const time = new Date().toISOString().replace(/\.\d+|[:-]/g, '');
  const file = `${connectorId.replace(/[^\w-]/g, '_')}-${time}.json`;
  const json = `${JSON.stringify(JSON.parse(content), null, 2)}\n`;
  try {
    // The file contains secrets, and must not replace an older one.
    await writeFile(file, json, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new Failure(texts.setup.notWritten(file, codeOf(error) ?? texts.unknownError));
  }
  return file;
}

/**
 * @typedef {object} Options
 * @property {string} file
 * @property {string} [logto]
 * @property {string} [to]
 * @property {string} [replace]
 * @property {boolean} apply
 * @property {boolean} restores
 * @property {boolean} export
 * @property {boolean} isJson
 * @property {boolean} help
 */

/**
 * @param {string[]} args
 * @param {Texts} texts
 * @returns {Options | string} the options, or a text about a mistake in the arguments
 */
function readArguments(args, texts) {
  const parsed = parseArguments(args, {
    logto: { type: 'string' },
    apply: { type: 'boolean', default: false },
    test: { type: 'string' },
    replace: { type: 'string' },
    restore: { type: 'boolean', default: false },
    export: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (typeof parsed === 'string') {
    return parsed;
  }
  const { values, positionals } = parsed;
  const [file = '', ...others] = positionals;
  const { logto, apply, test: to, replace, restore: restores, json: isJson, help } = values;
  const changes = apply || restores || to !== undefined || replace !== undefined;
  if (!help && values.export && (file !== '' || changes)) {
    return texts.setup.exportAlone;
  }
  if (!help && !values.export && (file === '' || others.length > 0)) {
    return texts.setup.oneFile;
  }
  return { file, logto, to, replace, apply, restores, export: values.export, isJson, help };
}
