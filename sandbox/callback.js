/**
 * Tencent's callback about delivered messages (cloud.tencent.com/document/api/382/5807), which the sandbox sends to a
 * URL of the developer's, once for each request of SendSms. The URL must not be on the internet, because the sandbox
 * sends nothing there.
 */
import { parsePhoneNumber } from './api/phone-number.js';
import { reportStatus } from './api/receipts.js';
import { isPrivateHost } from './http/private-host.js';

const TIMEOUT = 5000;
/** The longest delay that a timer can have. */
const LONGEST = 2 ** 31 - 1;

/**
 * @typedef {object} CallbackOutcome
 * @property {string} url
 * @property {number} [status] the HTTP status of the answer
 * @property {string} [error] the reason if there was no answer
 */

/**
 * @param {string} text
 * @returns {boolean} true if callbacks may be sent to this URL
 */
export function isCallbackUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return /^https?:$/.test(url?.protocol ?? '') && isPrivateHost(url?.hostname ?? '');
}

/**
 * @param {string} url
 * @param {(outcome: CallbackOutcome) => void} onOutcome
 */
export function createCallback(url, onOutcome) {
  if (!isCallbackUrl(url)) throw new RangeError(`Callbacks are not sent to ${url}.`);
  const waiting = new Set();
  const closing = new AbortController();

  /** @param {unknown} body */
  async function post(body) {
    try {
      const { status } = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT)]),
      });
      onOutcome({ url, status });
    } catch (error) {
      if (closing.signal.aborted) return;
      const { cause, message } =
        /** @type {Error & { cause?: { code?: string, message: string } }} */ (error);
      onOutcome({ url, error: cause?.code ?? cause?.message ?? message });
    }
  }

  return {
    /**
     * Reports the accepted numbers of one request after a delay.
     * @param {import('./api/send-sms.js').SendStatus[]} statuses
     * @param {import('./api/send-record.js').DeliveryReport} report
     * @param {number} delay milliseconds
     */
    schedule(statuses, report, delay) {
      const accepted = statuses.filter(({ Code }) => Code === 'Ok');
      if (accepted.length === 0) return;
      const timer = setTimeout(
        () => {
          waiting.delete(timer);
          post(accepted.map((status) => entry(status, report)));
        },
        Math.min(delay, LONGEST),
      );
      waiting.add(timer);
    },

    close() {
      for (const timer of waiting) clearTimeout(timer);
      closing.abort();
    },
  };
}

/**
 * @param {import('./api/send-sms.js').SendStatus} status
 * @param {import('./api/send-record.js').DeliveryReport} report
 */
function entry({ PhoneNumber, SerialNo }, { time, receipt }) {
  const number = parsePhoneNumber(PhoneNumber);
  return {
    user_receive_time: inBeijing(time),
    nationcode: number?.nationCode ?? '',
    mobile: number?.subscriberNumber ?? '',
    report_status: reportStatus(receipt),
    errmsg: receipt.code,
    description: receipt.description,
    sid: SerialNo,
  };
}

/** Returns a time as `2015-10-17 08:03:04`. It is inferred that it is in the time zone of Beijing. @param {number} time */
function inBeijing(time) {
  const shifted = new Date(time + 8 * 60 * 60 * 1000);
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}
