/** The command `setup`: stores a config in a running Logto. The core compares and decides. */

import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { isDoctorInputError, operatorLanguage, quoted, setUp, useLanguage } from '../core.js';
import { perform } from '../perform.js';
import { readLogtoAccess } from './logto-access.js';
import { startProgress } from './progress.js';
import { textsOf } from './setup-texts.js';

/** The exit statuses. */
const stored = 0;
const notStored = 1;
const notAsked = 2;

/**
 * The longest answer of Logto's that is read, in UTF-16 code units. A connector in the list of connectors has
 * about 20 KB, because it contains its guide.
 */
const maxAnswerLength = 16 * 1024 * 1024;

/** @typedef {import('../wasm/core.js').SetUpReport} SetUpReport */
/** @typedef {import('../wasm/core.js').SetUpTask} SetUpTask */

/**
 * Runs the command.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit status
 */
export async function setup(args) {
  const options = readArguments(args);
  const texts = textsOf(operatorLanguage());
  /** @param {string} problem */
  const fail = (problem) => {
    process.stderr.write(`setup: ${problem.trimEnd()}\n`);
    return notAsked;
  };
  if (typeof options === 'string') {
    return fail(`${options}\n\n${texts.help}`);
  }
  const { file, to, replace, restores, isJson } = options;
  if (options.help) {
    process.stdout.write(texts.help);
    return stored;
  }
  const found = readLogtoAccess(options.logto);
  if ('problem' in found) {
    return fail(texts[found.problem]);
  }
  if (found.isPlain) {
    process.stderr.write(`${texts.plain}\n`);
  }
  const { access } = found;
  const name = file === '-' ? texts.standardInput : quoted(file);
  const colors = !isJson && process.stdout.isTTY && !process.env.NO_COLOR;

  /** @param {SetUpTask} task */
  const run = async (task) => {
    const stop = startProgress(texts.asking);
    try {
      const report = await perform((events) => setUp(task, events, colors), maxAnswerLength);
      if (!report.outcome) {
        throw new NotAsked(report.text);
      }
      return report;
    } finally {
      stop();
    }
  };
  /** @param {SetUpTask} task */
  const runAndShow = async (task) => {
    const report = await run(task);
    if (!isJson) {
      process.stdout.write(report.text);
    }
    return report;
  };

  try {
    if (options.export) {
      return showExport(await run({ ...access, kind: 'export' }));
    }
    const wanted = { ...access, content: await readContent(file), restores, replace };
    let result = await runAndShow({ ...wanted, kind: 'preview', applies: options.apply });
    if (to !== undefined && result.outcome !== 'refused') {
      const test = await runAndShow({ ...wanted, kind: 'test', to });
      result = test.outcome === 'refused' ? test : result;
    }
    if (options.apply && result.outcome === 'differs') {
      const { state, replaced } = result;
      if (replaced) {
        process.stderr.write(`${texts.wrote(await writeBackup(replaced))}\n`);
      }
      result = await runAndShow({ ...wanted, kind: 'apply', state });
    }
    if (isJson) {
      const { outcome, differences, replaced } = result;
      const json = { outcome, differences, replaces: replaced?.connectorId };
      process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    }
    return result.outcome === 'same' || result.outcome === 'applied' ? stored : notStored;
  } catch (error) {
    if (error instanceof NotAsked) {
      return fail(error.message);
    }
    if (isDoctorInputError(error)) {
      return fail(`${name} ${error.message}`);
    }
    if (error instanceof Error && 'syscall' in error && 'code' in error) {
      const place = 'path' in error ? quoted(String(error.path)) : name;
      return fail(texts.file(place, String(error.code)));
    }
    // The error is not printed, because the core's data may contain a key.
    return fail(texts.stopped);
  }
}

/** An error: Logto cannot be asked. The message is a sentence of the core's. */
class NotAsked extends Error {}

/** @param {SetUpReport} report */
function showExport(report) {
  process.stderr.write(report.text);
  if (report.config === undefined) {
    return notStored;
  }
  process.stdout.write(`${JSON.stringify(JSON.parse(report.config), null, 2)}\n`);
  return stored;
}

/** @param {string} file */
function readContent(file) {
  return file === '-' ? text(process.stdin) : readFile(file, 'utf8');
}

/**
 * Writes the config of the connector that will be replaced to a new file in the working folder.
 *
 * @param {{ connectorId: string, content: string }} replaced
 * @returns {Promise<string>} the name of the file
 */
async function writeBackup({ connectorId, content }) {
  const time = new Date().toISOString().replace(/\.\d+|[:-]/g, '');
  const file = `${connectorId.replace(/[^\w-]/g, '_')}-${time}.json`;
  const json = `${JSON.stringify(JSON.parse(content), null, 2)}\n`;
  // The file contains secrets, and must not replace an older one.
  await writeFile(file, json, { mode: 0o600, flag: 'wx' });
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
 * @returns {Options | string} the options, or a text about a mistake in the arguments
 */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        logto: { type: 'string' },
        apply: { type: 'boolean', default: false },
        test: { type: 'string' },
        replace: { type: 'string' },
        restore: { type: 'boolean', default: false },
        export: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.lang !== undefined) {
      useLanguage(values.lang);
    }
    const texts = textsOf(operatorLanguage());
    const [file = '', ...others] = positionals;
    const { logto, apply, test, replace, restore: restores, json: isJson, help } = values;
    const changes = apply || restores || test !== undefined || replace !== undefined;
    if (!help && (values.export ? file !== '' || changes : file === '' || others.length > 0)) {
      return values.export ? texts.exportAlone : texts.oneFile;
    }
    return { file, logto, to: test, replace, apply, restores, export: values.export, isJson, help };
  } catch (error) {
    return quoted(error instanceof Error ? error.message : String(error));
  }
}
