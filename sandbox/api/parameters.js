/**
 * The parameters of an action, read from the bytes of the body, or from the query of a GET. Invalid ones lead to
 * Tencent's common errors.
 */
import { ApiError } from './api-error.js';
import { parametersInQuery } from './requested.js';

/**
 * The type of a parameter. Integers are unsigned, as in Tencent's SDK.
 * @typedef {'string' | 'string[]' | 'integer' | 'integer[]'} ParameterType
 * @typedef {Record<string, { type: ParameterType, required?: true }>} ParameterTable
 */

/** @type {Record<string, (value: unknown) => boolean>} */
const isOf = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};

/**
 * @param {import('./api.js').ApiRequest} request
 * @param {ParameterTable} table
 * @returns {Record<string, unknown>} parameters that match the table
 */
export function parseParameters({ method, query, body }, table) {
  const parameters = method === 'GET' ? parseQuery(query, table) : parseObject(body);
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
 * Reads a query, in which every value is a text.
 * @param {string | undefined} query
 * @param {ParameterTable} table
 */
function parseQuery(query, table) {
  /** @param {string | string[]} value @param {ParameterType | undefined} type */
  const typed = (value, type) => {
    if (!type?.startsWith('integer')) return value;
    const numbers = [value].flat().map((text) => (/^\d+$/.test(text) ? Number(text) : text));
    return Array.isArray(value) ? numbers : numbers[0];
  };
  return Object.fromEntries(
    Object.entries(parametersInQuery(query)).map(([name, value]) => [
      name,
      typed(value, Object.hasOwn(table, name) ? table[name].type : undefined),
    ]),
  );
}

/**
 * Reads a JSON object. A body that is none gets the common code InvalidParameter ("format, type"), because the API
 * gateway has to read the body before any action can. Tencent also documents FailedOperation.JsonParseFail for
 * SendSms. That code comes from the SMS backend behind the gateway, about a packet that the gateway accepted. It is
 * inferred that a broken body gets the first of the two.
 * @param {Buffer} body
 */
function parseObject(body) {
  /** @type {unknown} */
  let value;
  try {
    // JSON is UTF-8. A lenient decoder would turn broken bytes into U+FFFD.
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
