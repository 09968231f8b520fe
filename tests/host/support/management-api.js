/**
 * A stand-in for Logto's Management API, as far as the command line uses it. Its answers have the shapes that a
 * Logto 1.42, built from its source, gave to the same requests. The connectors and their guards are the real ones.
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { ConnectorError, validateConfig } from '@logto/connector-kit';
import { officialFactory, ourFactory } from './connectors.js';
import { buildConnector } from './logto-instance.js';

const factories = [ourFactory, officialFactory];

export const application = {
  id: '4dn85e72638dp02vzaxek',
  secret: 'eY1VZWbOq8fRjV0a3cQe7XlT2sN5hKuM',
};

const accessToken = 'eyJhbGciOiJFUzM4NCIsInR5cCI6ImF0K2p3dCJ9.eyJzY29wZSI6ImFsbCJ9.c2lnbmF0dXJl';

/** The texts that no command may print. */
export const secrets = [application.secret, accessToken, basic(application.id, application.secret)];

/** @param {string} id @param {string} secret */
function basic(id, secret) {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/** @typedef {{ id: string, connectorId: string, config: Record<string, unknown> }} Row */
/** @typedef {{ status: number, body?: unknown }} Answer */

/**
 * @typedef {object} Logto
 * @property {string} url
 * @property {Record<string, string>} env the environment of a command that uses this Logto
 * @property {Row[]} rows the stored connectors
 * @property {string[]} requests the methods and paths of all requests
 * @property {Record<string, unknown>} signInExperience
 * @property {boolean} isAllowed false if the application has no role
 * @property {Set<string>} missing the IDs of the connectors that are not loaded
 * @property {(() => void) | undefined} onWrite called before each change
 */

/**
 * Runs a test with a Logto that has these connectors.
 *
 * @template Result
 * @param {Row[]} rows
 * @param {(logto: Logto) => Promise<Result>} use
 */
export async function withLogto(rows, use) {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(logto, request);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  /** @type {Logto} */
  const logto = {
    url,
    env: {
      LOGTO_ENDPOINT: url,
      LOGTO_APP_ID: application.id,
      LOGTO_APP_SECRET: application.secret,
    },
    rows,
    requests: [],
    signInExperience: {},
    isAllowed: true,
    missing: new Set(),
    onWrite: undefined,
  };
  try {
    return await use(logto);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/**
 * @param {Logto} logto
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Answer>}
 */
async function answer(logto, request) {
  const { method = '', url: path = '' } = request;
  const content = await text(request);
  const { authorization } = request.headers;
  logto.requests.push(`${method} ${path}`);
  if (path === '/oidc/token') {
    return tokenAnswer(authorization, new URLSearchParams(content));
  }
  if (authorization !== `Bearer ${accessToken}`) {
    const data = { code: 'ERR_JWS_INVALID', name: 'JWSInvalid' };
    const message = 'Unauthorized. Please check credentials and its scope.';
    return { status: 401, body: { code: 'auth.unauthorized', data, message } };
  }
  if (!logto.isAllowed) {
    const message = 'Forbidden. Please check your user roles and permissions.';
    return { status: 403, body: { code: 'auth.forbidden', message } };
  }
  try {
    return await route(logto, method, path, content && JSON.parse(content));
  } catch (error) {
    return connectorError(error);
  }
}

/**
 * @param {string | undefined} authorization
 * @param {URLSearchParams} parameters
 * @returns {Answer}
 */
function tokenAnswer(authorization, parameters) {
  /** @param {number} status @param {string} error @param {string} error_description @param {string} message */
  const refusal = (status, error, error_description, message) => ({
    status,
    body: { code: `oidc.${error}`, message, error, error_description },
  });
  if (authorization !== basic(application.id, application.secret)) {
    const message = 'An OIDC error occurred: oidc.invalid_client.';
    return refusal(401, 'invalid_client', 'client authentication failed', message);
  }
  const { resource, scope, grant_type } = Object.fromEntries(parameters);
  if (resource !== 'https://default.logto.app/api' || grant_type !== 'client_credentials') {
    const description = 'resource indicator is missing, or unknown';
    return refusal(400, 'invalid_target', description, 'Invalid resource indicator.');
  }
  const body = { access_token: accessToken, expires_in: 3600, token_type: 'Bearer', scope };
  return { status: 200, body };
}

/**
 * @param {Logto} logto
 * @param {string} method
 * @param {string} path
 * @param {any} body
 * @returns {Promise<Answer>}
 */
async function route(logto, method, path, body) {
  const [, id = '', rest = ''] =
    /^\/api\/(?:connectors|connector-factories)\/([^/]+)(\/test)?$/.exec(path) ?? [];
  /** @param {string} wanted */
  const find = (wanted) =>
    factories.find(({ metadata }) => metadata.id === wanted && !logto.missing.has(wanted));
  switch (`${method} ${id ? path.replace(`/${id}`, '/:id') : path}`) {
    case 'GET /api/connectors':
      return { status: 200, body: await Promise.all(logto.rows.map(shownRow)) };
    case 'GET /api/sign-in-exp':
      return { status: 200, body: logto.signInExperience };
    case 'GET /api/custom-phrases':
      return { status: 200, body: [] };
    case 'GET /api/connector-factories/:id': {
      const factory = find(id);
      return factory
        ? { status: 200, body: { type: factory.type, isDemo: false, ...factory.metadata } }
        : { status: 404, body: notFound };
    }
    case 'POST /api/connectors': {
      const factory = find(body.connectorId);
      if (!factory) {
        const message = 'Can not find connector with given standard connector id.';
        return { status: 422, body: { code: 'connector.not_found_with_connector_id', message } };
      }
      logto.onWrite?.();
      validateConfig(body.config, factory.configGuard);
      // A new SMS connector replaces the others.
      const row = { ...body, id: `r${logto.requests.length}`, config: cleaned(body.config) };
      logto.rows.splice(0, Number.POSITIVE_INFINITY, row);
      return { status: 200, body: await shownRow(row) };
    }
    case 'PATCH /api/connectors/:id': {
      const row = logto.rows.find((row) => row.id === id);
      const factory = row && find(row.connectorId);
      if (!row || !factory) {
        return { status: 404, body: notFound };
      }
      logto.onWrite?.();
      validateConfig(body.config, factory.configGuard);
      row.config = cleaned(body.config);
      return { status: 200, body: await shownRow(row) };
    }
    case 'POST /api/connectors/:id/test': {
      const factory = find(id);
      if (!factory || rest === '') {
        const message = 'Cannot find any available connector for type: Sms.';
        return { status: 400, body: { code: 'connector.not_found', message } };
      }
      const connector = await buildConnector(factory, async () => ({}));
      const data = {
        to: body.phone,
        type: 'Generic',
        payload: { code: '000000' },
        ip: '127.0.0.1',
      };
      await connector.sendMessage(data, body.config);
      return { status: 204 };
    }
    default:
      return { status: 404, body: notFound };
  }
}

const notFound = { code: 'entity.not_found', message: 'The resource does not exist.' };

/** A row as Logto answers it. @param {Row} row */
async function shownRow({ id, connectorId, config }) {
  const factory = factories.find(({ metadata }) => metadata.id === connectorId);
  const { id: _, ...metadata } = factory?.metadata ?? { id: '' };
  const more = { syncProfile: false, enableTokenStorage: false, isDemo: false, extraInfo: {} };
  return { id, ...more, config, metadata: {}, connectorId, ...metadata, type: 'Sms', usage: 6 };
}

/**
 * Logto's `cleanDeep`.
 *
 * @param {any} value
 * @returns {any}
 */
function cleaned(value) {
  /** @param {any} each */
  const isEmpty = (each) =>
    each === null || each === '' || (typeof each === 'object' && Object.keys(each).length === 0);
  if (Array.isArray(value)) {
    return value.map(cleaned).filter((each) => !isEmpty(each));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value).map(([key, each]) => [key, cleaned(each)]);
  return Object.fromEntries(entries.filter(([, each]) => !isEmpty(each)));
}

/**
 * The answer to a connector's error.
 *
 * @param {unknown} error
 * @returns {Answer}
 */
function connectorError(error) {
  if (!(error instanceof ConnectorError)) {
    throw error;
  }
  const { code } = error;
  /** @type {any} */
  const data = error.data;
  if (code === 'invalid_config') {
    const message = "The connector's config is invalid.";
    const issues = data.issues;
    return {
      status: 400,
      body: { code: `connector.${code}`, data: { issues, name: 'ZodError' }, message },
    };
  }
  const message = `Error occurred in connector: ${data.errorDescription}`;
  return { status: 400, body: { code: `connector.${code}`, data, message } };
}
