/**
 * The sandbox as an HTTP server. It passes requests to `api.js`, sends the answers, and records both.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { connectorConfig, defaultAccount } from './account.js';
import { answerRequest } from './api/api.js';
import { asE164 } from './api/phone-number.js';
import { DELIVERED } from './api/receipts.js';
import { createSendRecord } from './api/send-record.js';
import { createCallback } from './callback.js';
import { createFaultChoice } from './faults/fault-choice.js';
import { dateUnder, resultUnder, timeUnder } from './faults/under-fault.js';
import { startElsewhere } from './http/elsewhere.js';
import { refuseForeign } from './http/foreign.js';
import { close, listen } from './http/listen.js';
import { readBody } from './http/read-body.js';
import { reply as answerRight } from './http/reply.js';
import { createInbox } from './inbox.js';
import { answerPage, isApi } from './pages/pages.js';
import { createRecord } from './records.js';

/**
 * A request as it was received, with its result. It contains the Authorization header, which tests may read but
 * nobody may print.
 * @typedef {import('./api/api.js').ApiRequest & import('./faults/under-fault.js').FaultyResult & {
 *   receivedAt: string, requestId: string, rawHeaders: string[] }} ReceivedRequest
 */

/** @typedef {Awaited<ReturnType<typeof startSandbox>>} Sandbox */

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 for any free port
 * @param {string} [options.host] the address to listen on; without it, loopback
 * @param {import('./account.js').Account} [options.account]
 * @param {string} [options.callbackUrl] where to report deliveries
 * @param {() => number} [options.now] the sandbox's clock, UNIX milliseconds
 * @param {number} [options.keep] the number of the newest messages, requests, and entries of the inbox to keep; fewer
 *   are kept if they are large
 * @param {(request: ReceivedRequest) => void} [options.onRequest] called before the answer is sent
 * @param {(outcome: import('./callback.js').CallbackOutcome) => void} [options.onCallback]
 */
export async function startSandbox({
  port = 0,
  host,
  account = defaultAccount,
  callbackUrl,
  now = Date.now,
  keep = 5000,
  onRequest = () => {},
  onCallback = () => {},
} = {}) {
  const callback = callbackUrl === undefined ? undefined : createCallback(callbackUrl, onCallback);
  /** @type {ReturnType<typeof createRecord<import('./api/send-sms.js').Message>>} */
  const messages = createRecord(keep);
  /** @type {ReturnType<typeof createRecord<ReceivedRequest>>} */
  const requests = createRecord(keep);
  const totals = { messages: 0, requests: 0 };
  const sendRecord = createSendRecord(keep);
  const faultChoice = createFaultChoice();
  const inbox = createInbox(keep);
  const elsewhere = await startElsewhere(keep);

  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers, rawHeaders } = request;
    const forApi = isApi(method, path, headers);
    const onNetwork = host !== undefined;
    if (refuseForeign(request, response, { anyHost: forApi, onNetwork })) return;
    const body = await readBody(request);
    if (!body) return;
    if (forApi) {
      const [, query] = path.split('?', 2);
      answerApi({ method, query, headers, rawHeaders, body }, response);
    } else {
      await showPage({ method, path, headers, body }, response);
    }
  });

  /**
   * Sends a reply from a phone.
   * @param {string} from the number, to which a message was sent before
   * @param {string} content
   * @returns {boolean} false if no message was sent to this number
   */
  const reply = (from, content) => sendRecord.addReply(asE164(from), content, now());

  /**
   * @param {Omit<import('./pages/pages.js').PageRequest, 'closed'>} request
   * @param {import('node:http').ServerResponse} response
   */
  async function showPage(request, response) {
    const closing = new AbortController();
    response.once('close', () => closing.abort());
    const page = await answerPage(
      { ...request, closed: closing.signal },
      { account, config, faultChoice, inbox, reply },
    );
    response.writeHead(page.status, page.headers);
    if (page.stream) page.stream(response);
    else response.end(page.body);
  }

  /**
   * @param {import('./api/api.js').ApiRequest & { rawHeaders: string[] }} arrived
   * @param {import('node:http').ServerResponse} response
   */
  function answerApi(arrived, response) {
    const requestId = randomUUID();
    const fault = faultChoice.strike(arrived);
    const time = timeUnder(fault, now());
    const rightResult = answerRequest(arrived, { account, now: time, requestId, sendRecord });
    const result = resultUnder(fault, rightResult, arrived);
    const receivedAt = new Date(time).toISOString();
    const received = { receivedAt, requestId, ...arrived, ...result };
    requests.add(received);
    messages.add(...result.messages);
    const { SendStatusSet } = result.answer?.Response ?? {};
    if (SendStatusSet) {
      const receipt = fault?.receipt === undefined ? DELIVERED : fault.receipt;
      const delay = account.deliveryReportSeconds * 1000;
      const report = receipt ? { time: time + delay, receipt } : undefined;
      if (report) callback?.schedule(SendStatusSet, report, delay);
      const smsSdkAppId = String(result.parameters?.SmsSdkAppId);
      sendRecord.add({ smsSdkAppId, time, report }, SendStatusSet, result.messages);
    }
    totals.requests += 1;
    totals.messages += result.messages.length;
    inbox.add(received, now());
    onRequest(received);

    const act = fault?.act ?? answerRight;
    act({
      response,
      answer: JSON.stringify(result.answer) ?? '',
      date: dateUnder(fault, time),
      elsewhere: elsewhere.url,
    });
  }

  const address = await listen(server, port, host).catch((error) => {
    elsewhere.server.close();
    throw error;
  });
  const config = connectorConfig(account, address.url);

  return {
    ...address,
    /** The connector's config for this sandbox. */
    config,
    /** The accepted messages, including those whose answer was lost; the newest `keep`, oldest first. */
    messages: messages.entries,
    /** The requests to the API; the newest `keep`, oldest first. */
    requests: requests.entries,
    /** The numbers of all messages and requests, including those that were not kept. */
    totals,
    /** The requests that followed a redirect; the newest `keep`, oldest first. */
    redirected: elsewhere.requests,
    /** Sets the fault of the next requests; see `fault-choice.js`. */
    setFault: faultChoice.set,
    reply,
    async close() {
      callback?.close();
      await Promise.all([server, elsewhere.server].map(close));
    },
  };
}
