/**
 * The JSON API, which gives end-to-end tests and the inbox page the received messages. The control endpoint, under
 * `/control/`, makes the sandbox fail.
 */
import { curlCommand, formFields } from '../logto.js';
import { MOST_BYTES } from '../records.js';
import { chosenFault } from './control.js';
import { json, notAllowed } from './json.js';

/** @typedef {import('./pages.js').Page} Page */
/** @typedef {import('./pages.js').PageContext} PageContext */
/** @typedef {import('./pages.js').PageRequest} PageRequest */

const LONGEST_WAIT = 30;

/** The most bytes that a client of the events may leave unread. The whole inbox as JSON is smaller. */
const MOST_UNREAD = 3 * MOST_BYTES;

/**
 * The query parameters of a path, and a handler for each method.
 * @typedef {object} Route
 * @property {(keyof typeof PARAMETERS)[]} [query]
 * @property {(call: Call) => Page | Promise<Page>} GET
 * @property {(call: Call) => Page} [DELETE]
 */

/** @typedef {PageRequest & PageContext & { query: Query }} Call */

/**
 * @typedef {object} Query
 * @property {string} [to] the digits of a number
 * @property {number} [limit]
 * @property {number} [wait] seconds
 * @property {number} [since] UNIX milliseconds
 */

/** @type {Record<string, Route>} */
const ROUTES = {
  '/api/messages': {
    query: ['to', 'since', 'limit'],
    GET: ({ inbox, query }) => list(inbox.messages(query), query),
    DELETE: ({ inbox }) => json(200, { deleted: inbox.clear() }),
  },
  '/api/messages/latest': { query: ['to', 'since', 'wait'], GET: latest },
  '/api/messages/latest/code': { query: ['to', 'since', 'wait'], GET: latestCode },
  '/api/refusals': {
    query: ['to', 'since', 'limit'],
    GET: ({ inbox, query }) => list(inbox.refusals(query), query),
  },
  '/api/events': { GET: events },
  '/api/account': {
    GET: ({ account: { secretKey, securityToken, ...account } }) => json(200, account),
  },
  '/api/config': { GET: ({ config }) => json(200, config) },
  '/api/logto': {
    GET: ({ config }) => json(200, { fields: formFields(config), curl: curlCommand(config) }),
  },
};

/**
 * The query parameters. `read` returns undefined for an invalid text, and `what` describes a valid one.
 * @satisfies {Record<string, { read: (text: string) => string | number | undefined, what: string }>}
 */
const PARAMETERS = {
  to: {
    // A + in a query means a space, unless it is written as %2B.
    read: (text) => (/^[\s+]*\d[\d\s()-]*$/.test(text) ? text.replace(/\D/g, '') : undefined),
    what: 'a phone number with its country code, such as +8613800138000',
  },
  limit: { read: wholeNumber(1, 1000), what: 'a whole number from 1 to 1000' },
  wait: { read: wholeNumber(0, LONGEST_WAIT), what: `whole seconds, at most ${LONGEST_WAIT}` },
  since: {
    read(text) {
      const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
      return Number.isNaN(time) ? undefined : time;
    },
    what: 'a time such as 2026-03-01T12:00:00Z',
  },
};

/**
 * @param {PageRequest} request
 * @param {PageContext} context
 * @returns {Page | Promise<Page>}
 */
export function answerJsonApi(request, context) {
  const [path, search = ''] = request.path.split('?', 2);
  if (!Object.hasOwn(ROUTES, path)) {
    return json(404, { error: `There is ${Object.keys(ROUTES).join(', ')}.` });
  }
  const route = ROUTES[path];
  const { method } = request;
  const handler = method === 'GET' || method === 'DELETE' ? route[method] : undefined;
  if (!handler) return notAllowed(route.DELETE ? 'GET, DELETE' : 'GET');
  const { query, error } = readQuery(search, route.query ?? []);
  if (error) return json(400, { error });
  return handler({ ...request, ...context, query });
}

/**
 * @param {string} search
 * @param {(keyof typeof PARAMETERS)[]} known
 * @returns {{ query: Query, error?: string }}
 */
function readQuery(search, known) {
  /** @type {Record<string, string | number>} */
  const query = {};
  for (const [name, text] of new URLSearchParams(search)) {
    const parameter = known.find((each) => each === name);
    if (!parameter) {
      const those = known.length > 0 ? `there is ${known.join(', ')}` : 'there is none';
      return { query, error: `There is no parameter "${name}" here; ${those}.` };
    }
    const value = PARAMETERS[parameter].read(text);
    if (value === undefined) return { query, error: `"${name}" is ${PARAMETERS[parameter].what}.` };
    query[name] = value;
  }
  return { query };
}

/**
 * @param {number} least
 * @param {number} most
 */
function wholeNumber(least, most) {
  return (/** @type {string} */ text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  };
}

/**
 * @param {unknown[]} found
 * @param {Query} query
 */
function list(found, { limit = 50 }) {
  return json(200, found.slice(0, limit));
}

/**
 * Answers with the newest message, which may arrive during the wait.
 * @param {Call} call
 */
async function latest({ inbox, query, closed }) {
  const message = await found(() => inbox.messages(query)[0], { inbox, query, closed });
  return message ? json(200, message) : json(404, { error: whyNone('message', inbox, query) });
}

/**
 * Answers with the newest code as plain text, for a line of shell.
 * @param {Call} call
 * @returns {Promise<Page>}
 */
async function latestCode({ inbox, query, closed }) {
  const there = () => inbox.messages(query).find(({ code }) => code !== null)?.code;
  const code = await found(there, { inbox, query, closed });
  return {
    status: code ? 200 : 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: code || whyNone('message with a code', inbox, query),
  };
}

/**
 * @param {string} what
 * @param {import('../inbox.js').Inbox} inbox
 * @param {Query} query
 */
function whyNone(what, inbox, query) {
  const number = query.to ? ` to +${query.to}` : '';
  const [refusal] = inbox.refusals(query);
  const because = refusal
    ? ` The last request for one was refused: ${refusal.code ?? 'no code'}: ${refusal.message}`
    : '';
  return `No ${what}${number} was accepted.${because}`;
}

/**
 * Looks for something in the inbox, and waits for it as long as the query says.
 * @template Found
 * @param {() => Found | undefined} look
 * @param {Pick<Call, 'inbox' | 'query' | 'closed'>} call
 * @returns {Promise<Found | undefined>}
 */
async function found(look, { inbox: { changes }, query: { wait = 0 }, closed }) {
  const there = look();
  if (there || wait === 0) return there;
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      changes.off('entry', onEntry);
      closed.removeEventListener('abort', finish);
      resolve(look());
    };
    const onEntry = () => {
      if (look()) finish();
    };
    const timer = setTimeout(finish, wait * 1000);
    changes.on('entry', onEntry);
    closed.addEventListener('abort', finish);
  });
}

/**
 * Sends Server-Sent Events: all entries of the inbox, then `live`, then each new event. A browser that lost the
 * connection sends the ID of its last event, and gets only the entries after it.
 * @param {Call} call
 * @returns {Page}
 */
function events({ headers, inbox, faultChoice, closed }) {
  const [run, id] = String(headers['last-event-id'] ?? '').split('-');
  const seen = run === inbox.run ? Number(id) || 0 : undefined;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream' },
    stream(response) {
      /** @param {string} event @param {unknown} data @param {number} [entryId] */
      const send = (event, data, entryId) => {
        const id = entryId === undefined ? '' : `id: ${inbox.run}-${entryId}\n`;
        response.write(`${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        // A client that reads again later reconnects, and gets the entries that it missed.
        if (response.writableLength > MOST_UNREAD) response.destroy();
      };
      const onEntry = (/** @type {import('../inbox.js').InboxEntry} */ { event, data, id }) =>
        send(event, data, id);
      const onClear = () => send('clear', null, inbox.clearId);
      const onFault = () => send('fault', chosenFault(faultChoice));

      response.write('retry: 1000\n\n');
      send('run', { id: inbox.run, keep: inbox.keep });
      if (seen === undefined || seen < inbox.clearId) onClear();
      for (const entry of inbox.entriesAfter(seen)) onEntry(entry);
      onFault();
      send('live', null);

      inbox.changes.on('entry', onEntry).on('clear', onClear);
      faultChoice.changes.on('change', onFault);
      closed.addEventListener('abort', () => {
        inbox.changes.off('entry', onEntry).off('clear', onClear);
        faultChoice.changes.off('change', onFault);
      });
    },
  };
}
