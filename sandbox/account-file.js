/**
 * The account from a JSON file. The file may have any of the account's sections, and each replaces the section of
 * the default account. Every mistake is reported with its path.
 */
import { readFileSync } from 'node:fs';
import { defaultAccount } from './account.js';
import { actionNames } from './api/api.js';

/** The mistakes in an account file, with one line for each. */
export class AccountFileError extends Error {}

/**
 * @param {string} path
 * @returns {import('./account.js').Account}
 * @throws {AccountFileError}
 */
export function readAccountFile(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new AccountFileError(
      code === 'ENOENT' ? `${path} does not exist` : `${path} cannot be read: ${message}`,
    );
  }
  let value;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new AccountFileError(`${path} is not JSON: ${/** @type {Error} */ (error).message}`);
  }
  const { account, mistakes } = parseAccount(value);
  if (!account) {
    throw new AccountFileError(mistakes.map((mistake) => `${path}: ${mistake}`).join('\n'));
  }
  return account;
}

/**
 * @param {unknown} value
 * @returns {{ account?: import('./account.js').Account, mistakes: string[] }}
 */
export function parseAccount(value) {
  const mistakes = accountFile(value, '');
  if (mistakes.length > 0) return { mistakes };
  return { account: { ...defaultAccount, .../** @type {object} */ (value) }, mistakes };
}

/**
 * A function that returns the mistakes in a value and in its parts.
 * @typedef {(value: unknown, path: string) => string[]} Check
 */

const key = text(/^\S+$/, 'a text without white space');
const anyText = text(/^/, 'a text');
const count = integer(0);
const time = integer(0, 'UNIX seconds, such as 1767600000');
const standing = oneOf(0, 1, 2, -1);

const accountFile = record({
  secretId: optional(text(/^[^\s/,]+$/, 'a text without white space, / and ,')),
  secretKey: optional(key),
  securityToken: optional(key),
  smsSdkAppIds: optional(
    list(text(/^\d+$/, 'a text of digits, such as "1400006666"'), { atLeastOne: true }),
  ),
  signatures: optional(
    list(
      record({
        signId: integer(1),
        signName: text(/^[^【】]+$/, 'a text, without 【】'),
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
        templateId: text(/^[1-9]\d{0,14}$/, 'a text of digits, such as "1100001"'),
        templateName: optional(anyText),
        kind: oneOf('verification', 'notification'),
        content: templateContent,
        international: oneOf(0, 1, 3),
        statusCode: standing,
        reviewReply: optional(anyText),
        createTime: optional(time),
        usageTypes: optional(list(text(/^[A-Za-z]+$/, 'a usage type of Logto’s'))),
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
          optional(text(/^[A-Za-z]+(\.[A-Za-z]+)?$/, 'an error code of Tencent’s')),
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
      return [`${path || 'the file'} must be an object`];
    }
    const at = path && `${path}.`;
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
    const given = /** @type {Record<string, unknown>} */ (value);
    return [
      ...unknown.map(
        (name) => `${at}${name} is not known; there is ${Object.keys(fields).join(', ')}`,
      ),
      ...Object.entries(fields).flatMap(([name, check]) => {
        if (Object.hasOwn(given, name)) return check(given[name], `${at}${name}`);
        return check.optional ? [] : [`${at}${name} is missing`];
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
    if (!Array.isArray(value)) return [`${path} must be a list`];
    if (atLeastOne && value.length === 0) return [`${path} must not be empty`];
    const mistakes = value.flatMap((each, index) => item(each, `${path}[${index}]`));
    const ids = value.map((each) => distinct && each?.[distinct]);
    const repeated = ids.flatMap((id, index) =>
      id !== undefined && ids.indexOf(id) < index
        ? [`${path}[${index}].${distinct} is that of ${path}[${ids.indexOf(id)}] too`]
        : [],
    );
    return [...mistakes, ...repeated];
  };
}

/**
 * @param {RegExp} pattern
 * @param {string} what
 * @returns {Check}
 */
function text(pattern, what) {
  // The value is not quoted, because it may be a key.
  return (value, path) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${path} must be ${what}`];
}

/**
 * @param {number} least
 * @param {string} [what]
 * @returns {Check}
 */
function integer(least, what = `a whole number, ${least} or more`) {
  return (value, path) =>
    Number.isSafeInteger(value) && Number(value) >= least ? [] : [`${path} must be ${what}`];
}

/**
 * @param {...(string | number)} choices
 * @returns {Check}
 */
function oneOf(...choices) {
  const written = choices.map((choice) => JSON.stringify(choice));
  const what = `${written.slice(0, -1).join(', ')} or ${written.at(-1)}`;
  return (value, path) =>
    choices.some((choice) => choice === value) ? [] : [`${path} must be ${what}`];
}

/** @type {Check} */
function templateContent(value, path) {
  if (typeof value !== 'string' || value === '') return [`${path} must be a text`];
  const numbers = new Set(Array.from(value.matchAll(/\{(\d+)\}/g), ([, digits]) => digits));
  const missing = Array.from(numbers, (_, index) => String(index + 1)).find(
    (number) => !numbers.has(number),
  );
  return missing
    ? [`${path} must number its variables from {1} without gaps: {${missing}} is missing`]
    : [];
}
