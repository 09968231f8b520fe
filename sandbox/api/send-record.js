/**
 * The data about sent messages that Tencent keeps for its statistics and delivery reports. Clearing the sandbox's inbox
 * does not change it.
 */
import { createRecord } from '../records.js';
import { hourOf } from './hour.js';

/** @typedef {ReturnType<typeof createSendRecord>} SendRecord */

/**
 * @typedef {object} AcceptedSend
 * @property {string} smsSdkAppId
 * @property {number} time UNIX milliseconds
 * @property {import('./send-sms.js').SendStatus} status
 * @property {DeliveryReport | undefined} report undefined if the carrier never reports
 */

/** @typedef {{ time: number, receipt: import('./receipts.js').Receipt }} DeliveryReport `time` in UNIX milliseconds */

/** @param {number} keep the number of the newest accepted messages to keep; the counts include all */
export function createSendRecord(keep) {
  /** @type {{ smsSdkAppId: string, hour: string, counts: Counts }[]} one entry for each hour */
  const hours = [];
  /** @type {ReturnType<typeof createRecord<AcceptedSend>>} */
  const accepted = createRecord(keep);

  return {
    /**
     * @param {string} smsSdkAppId
     * @param {number} time UNIX milliseconds
     * @param {import('./send-sms.js').SendStatus[]} statuses
     * @param {DeliveryReport | undefined} report about each of the messages
     */
    add(smsSdkAppId, time, statuses, report) {
      const hour = hourOf(time);
      const known = hours.find((each) => each.smsSdkAppId === smsSdkAppId && each.hour === hour);
      const counts = statuses.map(countsOf).reduce(sum, known?.counts ?? NOTHING);
      if (known) known.counts = counts;
      else hours.push({ smsSdkAppId, hour, counts });

      const ok = statuses.filter(({ Code }) => Code === 'Ok');
      accepted.add(...ok.map((status) => ({ smsSdkAppId, time, status, report })));
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

    /**
     * @param {string} smsSdkAppId
     * @param {string} phoneNumber E.164
     * @returns {AcceptedSend[]} oldest first
     */
    acceptedFor(smsSdkAppId, phoneNumber) {
      return this.acceptedBy(smsSdkAppId).filter(
        ({ status }) => status.PhoneNumber === phoneNumber,
      );
    },

    /** @param {string} smsSdkAppId @returns {AcceptedSend[]} oldest first */
    acceptedBy: (smsSdkAppId) =>
      accepted.entries.filter((send) => send.smsSdkAppId === smsSdkAppId),
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
