/**
 * The faults that the sandbox can produce, in one table for the tests, the control endpoint, the magic phone numbers
 * and the help page.
 */
import { failures } from '../api/receipts.js';
import * as body from './body-faults.js';
import { echo, refuseNumbers, refuseRequest } from './refusal-faults.js';
import * as wire from './wire-faults.js';

/**
 * A fault. It has one of `judge`, `act`, `clock` and `receipt`, or both `judge` and `act`.
 * @typedef {object} Fault
 * @property {string} name
 * @property {Parameters<import('../text/catalogue.js').TextOf>} text the id and the values of its description
 * @property {boolean} accepted true if Tencent's side accepts the message in spite of the fault, so that a second
 *   attempt would send it twice; the message must be right by the clock of Tencent's side
 * @property {string} [magic] the last two digits of its phone numbers, see `magic-numbers.js`
 * @property {import('./refusal-faults.js').Judge} [judge] changes the answer of Tencent's side
 * @property {import('./wire-faults.js').Act} [act] sends the answer in another way
 * @property {Clock} [clock]
 * @property {import('../api/receipts.js').Receipt | null} [receipt] the carrier's report about the accepted message;
 *   null if it never reports
 * @property {true} [firstTryOnly] the fault does not apply to each second try of the same phone numbers
 */

/**
 * A wrong clock, which affects the check of requests and the Date header.
 * @typedef {object} Clock
 * @property {number} offset milliseconds
 * @property {string | null} [date] replaces the Date header that matches the clock; null for no header
 */

const YES = true;
const NO = false;
const BUSY = refuseRequest('RequestLimitExceeded');

/**
 * The faults, in groups for people, each with the id of its title. The columns are the magic digits, the name, and YES
 * if the message is accepted. The digits of a fault never change. A fault that affects only the answer accepts the
 * message. That is the worse case for a client, because it must not send the message again.
 */
export const faultGroups = [
  {
    id: 'faults.refused',
    faults: [
      status('00', 'LimitExceeded.PhoneNumberDailyLimit'),
      status('01', 'LimitExceeded.PhoneNumberThirtySecondLimit'),
      status('02', 'FailedOperation.PhoneNumberInBlacklist'),
      status('03', 'FailedOperation.SignatureIncorrectOrUnapproved'),
      status('04', 'FailedOperation.TemplateIncorrectOrUnapproved'),
      status('05', 'FailedOperation.InsufficientBalanceInSmsPackage'),
      error('06', 'UnauthorizedOperation.ServiceSuspendDueToArrears'),
      error('07', 'AuthFailure.SecretIdNotFound'),
      error('08', 'AuthFailure.SignatureFailure'),
      error('09', 'InternalError'),
      fault('10', 'busy', NO, { judge: BUSY }),
      fault('11', 'busy-once', NO, {
        judge: BUSY,
        firstTryOnly: true,
      }),
    ],
  },
  {
    id: 'faults.clock',
    faults: [
      clock('15', 'clock-fast', { offset: 10 }),
      clock('16', 'clock-slow', { offset: -10 }),
      clock('17', 'clock-no-date', { date: null }),
      clock('18', 'clock-date-1970', {
        date: 'Thu, 01 Jan 1970 00:00:00 GMT',
      }),
      clock('19', 'clock-date-2999', {
        date: 'Tue, 01 Jan 2999 00:00:00 GMT',
      }),
      clock('20', 'clock-date-garbage', {
        date: 'not a date',
      }),
    ],
  },
  {
    id: 'faults.connections',
    faults: [
      act('25', 'reset-before', NO, wire.reset),
      act('26', 'reset-after', YES, wire.reset),
      act('27', 'reset-mid-answer', YES, wire.resetMidAnswer),
      act('28', 'close-without-answer', YES, wire.close),
      act('29', 'hang', NO, wire.hang),
      act('30', 'hang-after', YES, wire.hang),
      act('31', 'hang-mid-answer', YES, wire.hangMidAnswer),
      act('32', 'trickle', YES, wire.trickle),
      act('33', 'slow', YES, wire.slow),
      act('34', 'truncated', YES, wire.truncate),
      act('35', 'close-idle', YES, wire.closeIdle),
      act('36', 'not-http', NO, wire.notHttp),
    ],
  },
  {
    id: 'faults.http',
    faults: [
      html('40', 200),
      act('41', 'no-content', YES, wire.noContent),
      redirect('42', 301),
      redirect('43', 302),
      redirect('44', 307),
      redirect('45', 308),
      html('46', 400),
      html('47', 401),
      html('48', 403),
      html('49', 404),
      html('50', 407),
      html('51', 408),
      html('52', 413),
      html('53', 429),
      // The server behind the proxy may have processed the request.
      html('54', 500, YES),
      html('55', 502, YES),
      html('56', 503),
      html('57', 504, YES),
      fault('58', 'json-500', NO, {
        judge: refuseRequest('InternalError'),
        act: wire.withStatus(500),
      }),
      act('59', 'early-hints', YES, wire.earlyHints),
      act('60', 'gzip', YES, wire.gzip),
      act('61', 'gzip-bomb', YES, wire.gzipBomb),
      act('62', 'broken-gzip', YES, wire.brokenGzip),
      act('63', 'wrong-content-type', YES, wire.asHtml),
    ],
  },
  {
    id: 'faults.answers',
    faults: [
      answer('65', 'empty-body', () => ''),
      answer('66', 'json-no-response', () => '{}'),
      answer('67', 'json-null', () => 'null'),
      answer('68', 'json-array', () => '[]'),
      answer('69', 'json-string', () => '"Ok"'),
      answer('70', 'json-response-string', body.responseAsText),
      answer('71', 'json-statuses-object', body.statusesAsObject),
      answer('72', 'json-code-number', body.withStatus({ Code: 0 })),
      answer('73', 'empty-set', body.withResponse({ SendStatusSet: [] })),
      answer('74', 'deep-nesting', body.nested(100_000)),
      answer('75', 'deep-nesting-60k', body.nested(30_000)),
      answer('76', 'ok-then-error', body.okThenError),
      answer('77', 'error-then-ok', body.errorThenOk),
      answer('78', 'huge-body', body.huge),
      act('79', 'endless-body', YES, wire.endless),
      answer('80', 'invalid-utf8', body.invalidUtf8),
      answer('81', 'bom', body.bom),
      answer('82', 'number-differs', body.withAnotherNumber),
      answer('83', 'lower-case-ok', body.withStatus({ Code: 'ok' })),
      quote('84', 'Message'),
      quote('85', 'Code'),
      quote('86', 'RequestId'),
    ],
  },
  {
    id: 'faults.receipts',
    faults: [
      receipt('90', 'receipt-invalid-number', failures.invalidNumber),
      receipt('91', 'receipt-shutdown', failures.shutdown),
      receipt('92', 'receipt-blacklisted', failures.blacklisted),
      receipt('93', 'receipt-frequency', failures.frequency),
      receipt('94', 'receipt-carrier-error', failures.carrierError),
      receipt('95', 'receipt-keyword', failures.keyword),
      receipt('96', 'receipt-never', null),
    ],
  },
];

/** All faults of the table. */
export const faults = faultGroups.flatMap((group) => group.faults);

const byName = new Map(faults.map((each) => [each.name, each]));

/**
 * @param {string} name a name of the table; or `error:<Code>`, which refuses the request with a code of Tencent's; or
 *   `status:<Code>`, which refuses its numbers
 * @returns {Fault | undefined} undefined if there is no such fault
 */
export function findFault(name) {
  const listed = byName.get(name);
  if (listed) return listed;
  const [, kind, code] = /^(error|status):([\w.]{1,100})$/.exec(name) ?? [];
  if (kind === 'error') return { ...error(undefined, code), text: ['fault.any-error'] };
  if (kind === 'status') return { ...status(undefined, code), text: ['fault.any-status'] };
  return undefined;
}

/**
 * @param {string | undefined} magic
 * @param {string} name
 * @param {boolean} accepted
 * @param {Pick<Fault, 'judge' | 'act' | 'clock' | 'receipt' | 'firstTryOnly'>} how
 * @param {Fault['text']} [text]
 * @returns {Fault}
 */
function fault(magic, name, accepted, how, text = [`fault.${name}`]) {
  return { name, text, accepted, ...(magic && { magic }), ...how };
}

/**
 * @param {string | undefined} magic
 * @param {string} code
 */
function error(magic, code) {
  return fault(magic, `error:${code}`, NO, { judge: refuseRequest(code) });
}

/**
 * @param {string | undefined} magic
 * @param {string} code
 */
function status(magic, code) {
  return fault(magic, `status:${code}`, NO, { judge: refuseNumbers(code) });
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {{ offset?: number, date?: string | null }} clock `offset` in minutes
 */
function clock(magic, name, { offset = 10, date }) {
  return fault(magic, name, YES, { clock: { offset: offset * 60_000, date } });
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {boolean} accepted
 * @param {import('./wire-faults.js').Act} how
 */
function act(magic, name, accepted, how) {
  return fault(magic, name, accepted, { act: how });
}

/**
 * @param {string} magic
 * @param {number} status
 */
function html(magic, status, accepted = NO) {
  const how = { act: wire.html(status) };
  return fault(magic, `html-${status}`, accepted, how, ['fault.html', { status }]);
}

/**
 * @param {string} magic
 * @param {number} status
 */
function redirect(magic, status) {
  const how = { act: wire.redirect(status) };
  return fault(magic, `redirect-${status}`, NO, how, ['fault.redirect', { status }]);
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {(answer: string) => string | Buffer} toBody
 */
function answer(magic, name, toBody) {
  return act(magic, name, YES, body.answering(toBody));
}

/**
 * @param {string} magic
 * @param {'Message' | 'Code' | 'RequestId'} field
 */
function quote(magic, field) {
  const name = `echo-${field === 'RequestId' ? 'request-id' : field.toLowerCase()}`;
  return fault(magic, name, NO, { judge: echo(field) }, ['fault.echo', { field }]);
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {import('../api/receipts.js').Receipt | null} report
 */
function receipt(magic, name, report) {
  return fault(magic, name, YES, { receipt: report });
}
