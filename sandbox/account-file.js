/**
 * The account from a JSON file. The file may have any of the account's sections, and each replaces the section of
 * the default account. Every mistake is reported with its path.
 */
import { readFileSync } from 'node:fs';
import { defaultAccount } from './account.js';
import { actionNames } from './api/api.js';
import { textIn } from './text/catalogue.js';

/** @typedef {import('./text/catalogue.js').TextOf} TextOf */

/** The mistakes in an account file, with one line for each. */
export class AccountFileError extends Error {}

/**
 * @param {string} path
 * @param {TextOf} [textOf]
 * @returns {import('./account.js').Account}
 * @throws {AccountFileError}
 */
export function readAccountFile(path, textOf = textIn('en')) {
  let content;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const id = code === 'ENOENT' ? 'account.no-file' : 'account.unreadable';
    throw new AccountFileError(textOf(id, { path, cause: message }));
  }
  let value;
  try {
    value = JSON.parse(content.replace(/^\ufeff/, ''));
  } catch (error) {
    const cause = /** @type {Error} */ (error).message;
    throw new AccountFileError(textOf('account.not-json', { path, cause }));
  }
  const { account, mistakes } = parseAccount(value, textOf);
  if (!account) {
    const lines = mistakes.map((mistake) => textOf('account.in-file', { file: path, mistake }));
    throw new AccountFileError(lines.join('\n'));
  }
  return account;
}

/**
 * @param {unknown} value
 * @param {TextOf} [textOf]
 * @returns {{ account?: import('./account.js').Account, mistakes: string[] }}
 */
export function parseAccount(value, textOf = textIn('en')) {
  const mistakes = accountFile(value, '').map(([id, { path, ...values }]) =>
    textOf(id, { path: path || textOf('account.whole-file'), ...values }),
  );
  if (mistakes.length > 0) return { mistakes };
  return { account: { ...defaultAccount, .../** @type {object} */ (value) }, mistakes };
}

/**
 * A mistake: the id of its text, and the values.
 * @typedef {[id: string, values: { path: string } & Record<string, unknown>]} Mistake
 */

/**
 * A function that returns the mistakes in a value and in its parts.
 * @typedef {(value: unknown, path: string) => Mistake[]} Check
 */

const key = text(/^\S+$/, 'account.key');
const anyText = text(/^/, 'account.text');
const count = integer(0);
const time = integer(0, 'account.time');
const standing = oneOf(0, 1, 2, -1);

const accountFile = record({
  secretId: optional(text(/^[^\s/,]+$/, 'account.secret-id')),
  secretKey: optional(key),
  securityToken: optional(key),
  smsSdkAppIds: optional(list(text(/^\d+$/, 'account.sdk-app-id'), { atLeastOne: true })),
  signatures: optional(
    list(
      record({
        signId: integer(1),
        signName: text(/^[^【】]+$/, 'account.sign-name'),
        international: oneOf(0, 1),
        statusCode: standing,
        reviewReply: optional(anyText),
        createTime: optional(time),
        qualification: optional(
          record({
            qualificationId: integer(1),
            qualificationName: anyText,
            statusCode: oneOf(0, 1, 2, 3, 4, 5),
          }),
        ),
      }),
      { distinct: 'signId' },
    ),
  ),
  templates: optional(
    list(
      record({
        templateId: text(/^[1-9]\d{0,14}$/, 'account.template-id'),
        templateName: optional(anyText),
        kind: oneOf('verification', 'notification'),
        content: templateContent,
        international: oneOf(0, 1, 3),
        statusCode: standing,
        reviewReply: optional(anyText),
        createTime: optional(time),
        usageTypes: optional(list(text(/^[A-Za-z]+$/, 'account.usage-type'))),
      }),
      { distinct: 'templateId' },
    ),
  ),
  packages: optional(
    list(
      record({
        packageId: integer(1),
        packageType: oneOf(0, 1),
        amount: count,
        currentUsage: count,
        createTime: time,
        effectiveTime: time,
        expiredTime: time,
      }),
      { distinct: 'packageId' },
    ),
  ),
  restrictions: optional(
    record(
      Object.fromEntries(
        actionNames.map((name) => [
          name,
          optional(text(/^[A-Za-z]+(\.[A-Za-z]+)?$/, 'account.error-code')),
        ]),
      ),
    ),
  ),
  deliveryReportSeconds: optional(integer(0)),
});

/**
 * @param {Record<string, Check & { optional?: true }>} fields
 * @returns {Check}
 */
function record(fields) {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return isWrong('account.object', path);
    }
    const at = path && `${path}.`;
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
    const names = Object.keys(fields).join(', ');
    const given = /** @type {Record<string, unknown>} */ (value);
    return [
      ...unknown.flatMap((name) => isWrong('account.unknown', `${at}${name}`, { names })),
      ...Object.entries(fields).flatMap(([name, check]) => {
        if (Object.hasOwn(given, name)) return check(given[name], `${at}${name}`);
        return check.optional ? [] : isWrong('account.missing', `${at}${name}`);
      }),
    ];
  };
}

/** @param {Check} check @returns {Check & { optional: true }} */
function optional(check) {
  /** @type {Check} */
  const own = (value, path) => check(value, path);
  return Object.assign(own, { optional: /** @type {const} */ (true) });
}

/**
 * @param {Check} item
 * @param {{ distinct?: string, atLeastOne?: boolean }} [rules]
 * @returns {Check}
 */
function list(item, { distinct, atLeastOne = false } = {}) {
  return (value, path) => {
    if (!Array.isArray(value)) return isWrong('account.list', path);
    if (atLeastOne && value.length === 0) return isWrong('account.empty-list', path);
    const mistakes = value.flatMap((each, index) => item(each, `${path}[${index}]`));
    const ids = value.map((each) => distinct && each?.[distinct]);
    const repeated = ids.flatMap((id, index) => {
      const first = ids.indexOf(id);
      const isRepeated = id !== undefined && first < index;
      const other = `${path}[${first}]`;
      return isRepeated
        ? isWrong('account.repeated', `${path}[${index}].${distinct}`, { other })
        : [];
    });
    return [...mistakes, ...repeated];
  };
}

/**
 * @param {RegExp} pattern
 * @param {string} mistake
 * @returns {Check}
 */
function text(pattern, mistake) {
  // The value is not quoted, because it may be a key.
  return (value, path) =>
    typeof value === 'string' && pattern.test(value) ? [] : isWrong(mistake, path);
}

/**
 * @param {number} least
 * @param {string} [mistake]
 * @returns {Check}
 */
function integer(least, mistake = 'account.number') {
  return (value, path) =>
    Number.isSafeInteger(value) && Number(value) >= least ? [] : isWrong(mistake, path, { least });
}

/**
 * @param {...(string | number)} choices
 * @returns {Check}
 */
function oneOf(...choices) {
  const written = choices.map((choice) => JSON.stringify(choice));
  const last = written.pop();
  return (value, path) =>
    choices.some((choice) => choice === value)
      ? []
      : isWrong('account.one-of', path, { choices: written.join(', '), last });
}

/** @type {Check} */
function templateContent(value, path) {
  if (typeof value !== 'string' || value === '') return isWrong('account.text', path);
  const numbers = new Set(Array.from(value.matchAll(/\{(\d+)\}/g), ([, digits]) => digits));
  const missing = Array.from(numbers, (_, index) => String(index + 1)).find(
    (number) => !numbers.has(number),
  );
  return missing ? isWrong('account.variables', path, { number: missing }) : [];
}

/**
 * @param {string} id
 * @param {string} path
 * @param {Record<string, unknown>} [values]
 * @returns {Mistake[]}
 */
function isWrong(id, path, values) {
  return [[id, { path, ...values }]];
}
