/**
 * The data about sent messages that Tencent keeps for its statistics, delivery reports and replies. Clearing the
 * sandbox's inbox does not change it.
 */
import { createRecord } from '../records.js';
import { hourOf } from './hour.js';

/** @typedef {ReturnType<typeof createSendRecord>} SendRecord */

/**
 * A number to which a request sent, accepted or not.
 * @typedef {object} Send
 * @property {string} smsSdkAppId
 * @property {number} time UNIX milliseconds
 * @property {import('./send-sms.js').SendStatus} status
 * @property {import('./send-sms.js').Message | undefined} message undefined if it was refused
 * @property {DeliveryReport | undefined} report undefined if the carrier never reports
 * @property {boolean} [isReportPulled]
 */

/** @typedef {{ time: number, receipt: import('./receipts.js').Receipt }} DeliveryReport `time` in UNIX milliseconds */

/**
 * A message from a phone in answer to one of the application.
 * @typedef {object} Reply
 * @property {number} time UNIX milliseconds
 * @property {import('./send-sms.js').Message} to the newest message to the phone
 * @property {string} content
 * @property {boolean} [isPulled]
 */

/** @param {number} keep the number of the newest sends and replies to keep; the counts include all sends */
export function createSendRecord(keep) {
  /** @type {{ smsSdkAppId: string, hour: string, counts: Counts }[]} one entry for each hour */
  const hours = [];
  /** @type {ReturnType<typeof createRecord<Send>>} */
  const sends = createRecord(keep);
  /** @type {ReturnType<typeof createRecord<Reply>>} */
  const replies = createRecord(keep);

  /** @param {string} smsSdkAppId */
  const sendsOf = (smsSdkAppId) => sends.entries.filter((send) => send.smsSdkAppId === smsSdkAppId);

  return {
    /**
     * @param {Omit<Send, 'status' | 'message'>} common to all sends of the request
     * @param {import('./send-sms.js').SendStatus[]} statuses
     * @param {import('./send-sms.js').Message[]} messages
     */
    add(common, statuses, messages) {
      const { smsSdkAppId, time } = common;
      const hour = hourOf(time);
      const known = hours.find((each) => each.smsSdkAppId === smsSdkAppId && each.hour === hour);
      const counts = statuses.map(countsOf).reduce(sum, known?.counts ?? NOTHING);
      if (known) known.counts = counts;
      else hours.push({ smsSdkAppId, hour, counts });

      const bySerialNo = new Map(messages.map((message) => [message.serialNo, message]));
      sends.add(
        ...statuses.map((status) => ({
          ...common,
          status,
          message: bySerialNo.get(status.SerialNo),
        })),
      );
    },

    /**
     * @param {string} smsSdkAppId
     * @param {string} beginTime an hour
     * @param {string} endTime an hour, which is included
     */
    countsOf(smsSdkAppId, beginTime, endTime) {
      return hours
        .filter((each) => each.smsSdkAppId === smsSdkAppId)
        .filter(({ hour }) => beginTime <= hour && hour <= endTime)
        .map(({ counts }) => counts)
        .reduce(sum, NOTHING);
    },

    /** The sends of an application, oldest first. */
    sendsOf,

    /**
     * Returns the delivery reports that have arrived, oldest first.
     * @param {string} smsSdkAppId
     * @param {number} now UNIX milliseconds
     * @returns {{ send: Send, report: DeliveryReport }[]}
     */
    reportsOf(smsSdkAppId, now) {
      return sendsOf(smsSdkAppId).flatMap((send) => {
        const { message, report } = send;
        return message && report && report.time <= now ? { send, report } : [];
      });
    },

    /**
     * @param {string} from E.164
     * @param {string} content
     * @param {number} time UNIX milliseconds
     * @returns {boolean} false if no message was sent to this number
     */
    addReply(from, content, time) {
      const send = sends.entries.findLast(({ message }) => message?.phoneNumber === from);
      if (!send?.message) return false;
      replies.add({ time, to: send.message, content });
      return true;
    },

    /** @param {string} smsSdkAppId @returns {Reply[]} oldest first */
    repliesTo: (smsSdkAppId) => replies.entries.filter(({ to }) => to.smsSdkAppId === smsSdkAppId),
  };
}

/**
 * Counts with the names that SendStatusStatistics uses.
 * @typedef {{ FeeCount: number, RequestCount: number, RequestSuccessCount: number }} Counts
 */

/** @type {Counts} */
const NOTHING = { FeeCount: 0, RequestCount: 0, RequestSuccessCount: 0 };

/**
 * @param {import('./send-sms.js').SendStatus} status
 * @returns {Counts}
 */
function countsOf({ Code, Fee }) {
  return { FeeCount: Fee, RequestCount: 1, RequestSuccessCount: Code === 'Ok' ? 1 : 0 };
}

/** @param {Counts} one @param {Counts} other @returns {Counts} */
function sum(one, other) {
  return {
    FeeCount: one.FeeCount + other.FeeCount,
    RequestCount: one.RequestCount + other.RequestCount,
    RequestSuccessCount: one.RequestSuccessCount + other.RequestSuccessCount,
  };
}
