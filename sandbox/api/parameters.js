/**
 * From the body's bytes to an action's parameters, or the common error that says why not.
 */
import { ApiError } from './api-error.js';

/**
 * Integers are unsigned, as in Tencent's SDK.
 * @typedef {'string' | 'string[]' | 'integer' | 'integer[]'} ParameterType
 * @typedef {Record<string, { type: ParameterType, required?: true }>} ParameterTable
 */

/** @type {Record<string, (value: unknown) => boolean>} */
const isOf = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};

/**
 * @param {Buffer} body
 * @param {ParameterTable} table
 * @returns {Record<string, unknown>} fit for the table
 */
export function parseParameters(body, table) {
  const parameters = parseObject(body);
  for (const [name, value] of Object.entries(parameters)) {
    if (!Object.hasOwn(table, name)) {
      throw new ApiError('UnknownParameter', `The parameter ${name} is not defined.`);
    }
    if (!isOfType(value, table[name].type)) {
      throw new ApiError(
        'InvalidParameter',
        `The parameter ${name} is not of type ${table[name].type}.`,
      );
    }
  }
  for (const [name, { required }] of Object.entries(table)) {
    if (required && !Object.hasOwn(parameters, name)) {
      throw new ApiError('MissingParameter', `The parameter ${name} is missing.`);
    }
  }
  return parameters;
}

/**
 * What is no JSON object gets the common InvalidParameter ("format, type"): the API gateway has to
 * read the body before any action can. FailedOperation.JsonParseFail, which Tencent documents for
 * SendSms, is said by the SMS backend behind the gateway, about a packet that the gateway let pass.
 * Which of the two a broken body really meets is an inference.
 * @param {Buffer} body
 */
function parseObject(body) {
  /** @type {unknown} */
  let value;
  try {
    // JSON is UTF-8; a lenient decoder would let broken bytes through as U+FFFD.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    throw new ApiError('InvalidParameter', 'The body is not JSON in UTF-8.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('InvalidParameter', 'The body is not a JSON object.');
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @param {unknown} value
 * @param {ParameterType} type
 */
function isOfType(value, type) {
  const [item, list] = type.split('[');
  if (list === undefined) return isOf[item](value);
  return Array.isArray(value) && value.every(isOf[item]);
}
