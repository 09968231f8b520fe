/**
 * The faults that the sandbox can produce, in one table for the tests, the control endpoint, the magic phone numbers
 * and the help page.
 */
import * as body from './body-faults.js';
import { echo, refuseNumbers, refuseRequest } from './refusal-faults.js';
import * as wire from './wire-faults.js';

/**
 * A fault. It has one of `judge`, `act` and `clock`, or both `judge` and `act`.
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} description one line for people
 * @property {boolean} accepted true if Tencent's side accepts the message in spite of the fault, so that a second
 *   attempt would send it twice; the message must be right by the clock of Tencent's side
 * @property {string} [magic] the last two digits of its phone numbers, see `magic-numbers.js`
 * @property {import('./refusal-faults.js').Judge} [judge] changes the answer of Tencent's side
 * @property {import('./wire-faults.js').Act} [act] sends the answer in another way
 * @property {Clock} [clock]
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
 * The faults, in groups for people. The columns are the magic digits, the name, and YES if the message is accepted. The
 * digits of a fault never change. A fault that affects only the answer accepts the message. That is the worse case for
 * a client, because it must not send the message again.
 */
export const faultGroups = [
  {
    title: 'Refused by Tencent',
    faults: [
      status('00', 'LimitExceeded.PhoneNumberDailyLimit', 'Too many messages to the number today'),
      status('01', 'LimitExceeded.PhoneNumberThirtySecondLimit', 'Second message within 30 s'),
      status('02', 'FailedOperation.PhoneNumberInBlacklist', 'The number wants no messages'),
      status('03', 'FailedOperation.SignatureIncorrectOrUnapproved', 'No such signature'),
      status('04', 'FailedOperation.TemplateIncorrectOrUnapproved', 'No such template'),
      status('05', 'FailedOperation.InsufficientBalanceInSmsPackage', 'The package is used up'),
      error('06', 'UnauthorizedOperation.ServiceSuspendDueToArrears', 'Bills are unpaid'),
      error('07', 'AuthFailure.SecretIdNotFound', 'The SecretId is unknown'),
      error('08', 'AuthFailure.SignatureFailure', 'The SecretKey is wrong'),
      error('09', 'InternalError', 'Something is wrong at Tencent'),
      fault('10', 'busy', NO, 'Too many requests (RequestLimitExceeded), always', { judge: BUSY }),
      fault('11', 'busy-once', NO, 'Too many requests; each second try of a number is fine', {
        judge: BUSY,
        firstTryOnly: true,
      }),
    ],
  },
  {
    title: 'Tencent’s clock is wrong',
    faults: [
      clock('15', 'clock-fast', '10 minutes ahead', { offset: 10 }),
      clock('16', 'clock-slow', '10 minutes behind', { offset: -10 }),
      clock('17', 'clock-no-date', '10 minutes ahead; answers have no Date', { date: null }),
      clock('18', 'clock-date-1970', '10 minutes ahead; answers are dated 1970', {
        date: 'Thu, 01 Jan 1970 00:00:00 GMT',
      }),
      clock('19', 'clock-date-2999', '10 minutes ahead; answers are dated 2999', {
        date: 'Tue, 01 Jan 2999 00:00:00 GMT',
      }),
      clock('20', 'clock-date-garbage', '10 minutes ahead; Date is no date', {
        date: 'not a date',
      }),
    ],
  },
  {
    title: 'Connections',
    faults: [
      act('25', 'reset-before', NO, 'Connection reset before processing', wire.reset),
      act('26', 'reset-after', YES, 'Connection reset after processing', wire.reset),
      act('27', 'reset-mid-answer', YES, 'Reset in the middle of the answer', wire.resetMidAnswer),
      act('28', 'close-without-answer', YES, 'Closed without an answer', wire.close),
      act('29', 'hang', NO, 'Neither processed nor answered', wire.hang),
      act('30', 'hang-after', YES, 'Processed, but never answered', wire.hang),
      act('31', 'hang-mid-answer', YES, 'Half an answer, then silence', wire.hangMidAnswer),
      act('32', 'trickle', YES, 'Answered with a byte per 100 ms, for over a minute', wire.trickle),
      act('33', 'slow', YES, 'The right answer, after 1.5 s', wire.slow),
      act('34', 'truncated', YES, 'Closed after half of the Content-Length', wire.truncate),
      act(
        '35',
        'close-idle',
        YES,
        'The right answer, then the idle connection is closed',
        wire.closeIdle,
      ),
      act('36', 'not-http', NO, 'Answered by an SSH server', wire.notHttp),
    ],
  },
  {
    title: 'HTTP',
    faults: [
      html('40', 200),
      act('41', 'no-content', YES, 'Status 204, without a body', wire.noContent),
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
      fault('58', 'json-500', NO, 'Status 500 with an error in Tencent’s JSON', {
        judge: refuseRequest('InternalError'),
        act: wire.withStatus(500),
      }),
      act('59', 'early-hints', YES, 'Status 103, then the right answer', wire.earlyHints),
      act('60', 'gzip', YES, 'The right answer, gzipped', wire.gzip),
      act('61', 'gzip-bomb', YES, 'The right answer, 10 MB when unpacked', wire.gzipBomb),
      act('62', 'broken-gzip', YES, 'Says it is gzipped, but is not', wire.brokenGzip),
      act('63', 'wrong-content-type', YES, 'The right answer as text/html', wire.asHtml),
    ],
  },
  {
    title: 'Answers',
    faults: [
      answer('65', 'empty-body', 'An empty body', () => ''),
      answer('66', 'json-no-response', 'The JSON {}', () => '{}'),
      answer('67', 'json-null', 'The JSON null', () => 'null'),
      answer('68', 'json-array', 'The JSON []', () => '[]'),
      answer('69', 'json-string', 'The JSON "Ok"', () => '"Ok"'),
      answer('70', 'json-response-string', 'Response is a string', body.responseAsText),
      answer('71', 'json-statuses-object', 'SendStatusSet is an object', body.statusesAsObject),
      answer('72', 'json-code-number', 'Code is a number', body.withStatus({ Code: 0 })),
      answer('73', 'empty-set', 'SendStatusSet is empty', body.withResponse({ SendStatusSet: [] })),
      answer('74', 'deep-nesting', 'Arrays in arrays, 100,000 levels', body.nested(100_000)),
      answer(
        '75',
        'deep-nesting-60k',
        'Arrays in arrays, 30,000 levels in 60 kB',
        body.nested(30_000),
      ),
      answer('76', 'ok-then-error', 'The key Response twice: Ok, an error', body.okThenError),
      answer('77', 'error-then-ok', 'The key Response twice: an error, Ok', body.errorThenOk),
      answer('78', 'huge-body', 'The right answer amid 5 MB of white space', body.huge),
      act('79', 'endless-body', YES, 'The right answer, then endless white space', wire.endless),
      answer('80', 'invalid-utf8', 'A byte 0xFF in Message', body.invalidUtf8),
      answer('81', 'bom', 'The right answer after a byte order mark', body.bom),
      answer('82', 'number-differs', 'Ok, but for another number', body.withAnotherNumber),
      answer('83', 'lower-case-ok', 'Code is "ok"', body.withStatus({ Code: 'ok' })),
      quote('84', 'Message'),
      quote('85', 'Code'),
      quote('86', 'RequestId'),
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
  if (kind === 'error') return error(undefined, code);
  if (kind === 'status') return status(undefined, code);
  return undefined;
}

/**
 * @param {string | undefined} magic
 * @param {string} name
 * @param {boolean} accepted
 * @param {string} description
 * @param {Pick<Fault, 'judge' | 'act' | 'clock' | 'firstTryOnly'>} how
 * @returns {Fault}
 */
function fault(magic, name, accepted, description, how) {
  return { name, description, accepted, ...(magic && { magic }), ...how };
}

/**
 * @param {string | undefined} magic
 * @param {string} code
 */
function error(magic, code, meaning = 'The request is refused') {
  const judge = refuseRequest(code);
  return fault(magic, `error:${code}`, NO, meaning, { judge });
}

/**
 * @param {string | undefined} magic
 * @param {string} code
 */
function status(magic, code, meaning = 'The number is refused') {
  const judge = refuseNumbers(code);
  return fault(magic, `status:${code}`, NO, meaning, { judge });
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {string} description
 * @param {{ offset?: number, date?: string | null }} clock `offset` in minutes
 */
function clock(magic, name, description, { offset = 10, date }) {
  return fault(magic, name, YES, description, { clock: { offset: offset * 60_000, date } });
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {boolean} accepted
 * @param {string} description
 * @param {import('./wire-faults.js').Act} how
 */
function act(magic, name, accepted, description, how) {
  return fault(magic, name, accepted, description, { act: how });
}

/**
 * @param {string} magic
 * @param {number} status
 */
function html(magic, status, accepted = NO) {
  return act(magic, `html-${status}`, accepted, `Status ${status} with HTML`, wire.html(status));
}

/**
 * @param {string} magic
 * @param {number} status
 */
function redirect(magic, status) {
  const description = `Status ${status} to another port, which notes who follows`;
  return act(magic, `redirect-${status}`, NO, description, wire.redirect(status));
}

/**
 * @param {string} magic
 * @param {string} name
 * @param {string} description
 * @param {(answer: string) => string | Buffer} toBody
 */
function answer(magic, name, description, toBody) {
  return act(magic, name, YES, description, body.answering(toBody));
}

/**
 * @param {string} magic
 * @param {'Message' | 'Code' | 'RequestId'} where
 */
function quote(magic, where) {
  const name = `echo-${where === 'RequestId' ? 'request-id' : where.toLowerCase()}`;
  const description = `An error whose ${where} quotes number, code and Authorization`;
  return fault(magic, name, NO, description, { judge: echo(where) });
}
