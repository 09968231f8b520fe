/** The address of the Redis, in the forms that Logto reads. */

import { readFileSync } from 'node:fs';

/** The environment's variables with the address, the one with priority first. Logto uses the second. */
const variables = ['TENCENT_SMS_REDIS_URL', 'REDIS_URL'];

/** Logto's words for a variable that only switches something on. */
const truthy = ['1', 'true', 'y', 'yes', 'yep', 'yeah'];

/** @param {string | null} text */
const isTruthy = (text) => truthy.includes(text?.toLowerCase() ?? '');

/**
 * @typedef {object} Server
 * @property {string} host
 * @property {number} port
 *
 * @typedef {object} Address
 * @property {Server[]} servers the servers to try, one of a cluster is enough
 * @property {string} [username]
 * @property {string} [password]
 * @property {number} [database]
 * @property {Record<string, unknown>} tls the options of the socket for TLS
 */

/** An address that cannot be used. The code is one for the operator, see `wasm/boundary.d.ts`. */
export class AddressError extends Error {
  /** @param {'no-url' | 'wrong-url'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * Reads the address from the environment. Throws an `AddressError`, or the error of a certificate's file that
 * cannot be read.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {Address}
 */
export function readAddress(environment) {
  const text = variables.map((name) => environment[name]).find(Boolean);
  if (text === undefined) {
    throw new AddressError('no-url');
  }
  const url = parse(isTruthy(text) ? 'redis://' : text);
  const parameters = url.searchParams;
  const hosts = isTruthy(parameters.get('cluster')) ? parameters.getAll('host') : [];
  const others = hosts.map((host) => parse(`redis://${host}`));
  const servers = (url.hostname || others.length === 0 ? [url, ...others] : others).map(serverOf);
  const path = url.pathname.slice(1);
  const database = Number(path);
  if (!Number.isInteger(database)) {
    throw new AddressError('wrong-url');
  }
  return {
    servers,
    ...(url.username && { username: decode(url.username) }),
    ...(url.password && { password: decode(url.password) }),
    ...(path && { database }),
    tls: url.protocol === 'rediss:' ? tlsOptions(parameters) : {},
  };
}

/** @param {string} text */
function parse(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'redis:' && url?.protocol !== 'rediss:') {
    throw new AddressError('wrong-url');
  }
  return url;
}

/**
 * @param {URL} url
 * @returns {Server}
 */
const serverOf = ({ hostname, port }) => ({
  host: hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost',
  port: Number(port || 6379),
});

/** @param {string} text a part of a URL, in which people do not always escape a `%` */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Returns the options for TLS. Without `reject_unauthorized`, Logto accepts every certificate; with other rules
 * here, an address that works in Logto could not work here.
 *
 * @param {URLSearchParams} parameters
 */
function tlsOptions(parameters) {
  /** @param {string} name */
  const file = (name) => {
    const path = parameters.get(name);
    return path ? readFileSync(path, 'utf8') : undefined;
  };
  return {
    tls: true,
    rejectUnauthorized: isTruthy(parameters.get('reject_unauthorized')),
    cert: file('cert'),
    key: file('key'),
    ca: file('certroot'),
  };
}
