/**
 * The parameters that a request contains, read even if the rest of the request is wrong, because a fault is applied
 * before anything is checked.
 */

/** @typedef {import('./api.js').ApiRequest} ApiRequest */

/**
 * @param {ApiRequest} request
 * @returns {Record<string, any>} empty if they cannot be read
 */
export function requested({ method, query, body }) {
  if (method === 'GET') return parametersInQuery(query);
  try {
    return JSON.parse(body.toString()) ?? {};
  } catch {
    return {};
  }
}

/**
 * Reads the parameters of a GET request, where a list has one entry for each item: `PhoneNumberSet.0`, and so on.
 * @param {string} [query]
 */
export function parametersInQuery(query) {
  /** @type {Map<string, string | string[]>} */
  const parameters = new Map();
  for (const [name, value] of new URLSearchParams(query)) {
    const [, list] = /^(.+)\.\d+$/.exec(name) ?? [];
    if (list === undefined) parameters.set(name, value);
    else parameters.set(list, [parameters.get(list) ?? [], value].flat());
  }
  return Object.fromEntries(parameters);
}

/**
 * @param {ApiRequest} request
 * @returns {string[]}
 */
export function phoneNumbersIn(request) {
  const { PhoneNumberSet } = requested(request);
  return Array.isArray(PhoneNumberSet)
    ? PhoneNumberSet.filter((given) => typeof given === 'string')
    : [];
}
