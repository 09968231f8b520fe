/**
 * What Tencent keeps of SendSms for its statistics and delivery reports. Clearing the sandbox's inbox
 * leaves it as it is.
 */
import { hourOf } from './hour.js';

/** @typedef {ReturnType<typeof createSendRecord>} SendRecord */

/**
 * @typedef {object} AcceptedSend
 * @property {string} smsSdkAppId
 * @property {number} time UNIX milliseconds
 * @property {import('./send-sms.js').SendStatus} status
 */

/** @param {number} keep how many of the newest accepted messages; the counts are of all */
export function createSendRecord(keep) {
  /** @type {Map<string, Map<string, ReturnType<typeof noSends>>>} by application, then by hour */
  const counts = new Map();
  /** @type {AcceptedSend[]} */
  const accepted = [];

  return {
    /**
     * @param {string} smsSdkAppId
     * @param {number} time UNIX milliseconds
     * @param {import('./send-sms.js').SendStatus[]} statuses
     */
    add(smsSdkAppId, time, statuses) {
      const hours = counts.get(smsSdkAppId) ?? new Map();
      const hour = hourOf(time);
      counts.set(
        smsSdkAppId,
        hours.set(hour, statuses.reduce(count, hours.get(hour) ?? noSends())),
      );
      const ok = statuses.filter(({ Code }) => Code === 'Ok');
      accepted.push(...ok.map((status) => ({ smsSdkAppId, time, status })));
      accepted.splice(0, accepted.length - keep);
    },

    /**
     * @param {string} smsSdkAppId
     * @param {string} beginTime an hour
     * @param {string} endTime an hour, which is counted too
     */
    countsOf(smsSdkAppId, beginTime, endTime) {
      const total = noSends();
      for (const [hour, counted] of counts.get(smsSdkAppId) ?? []) {
        if (hour < beginTime || hour > endTime) continue;
        total.FeeCount += counted.FeeCount;
        total.RequestCount += counted.RequestCount;
        total.RequestSuccessCount += counted.RequestSuccessCount;
      }
      return total;
    },

    /**
     * @param {string} smsSdkAppId
     * @param {string} phoneNumber E.164
     * @returns {AcceptedSend[]} oldest first
     */
    acceptedFor(smsSdkAppId, phoneNumber) {
      return accepted.filter(
        (send) => send.smsSdkAppId === smsSdkAppId && send.status.PhoneNumber === phoneNumber,
      );
    },
  };
}

/** In the words of SendStatusStatistics. */
function noSends() {
  return { FeeCount: 0, RequestCount: 0, RequestSuccessCount: 0 };
}

/**
 * @param {ReturnType<typeof noSends>} counted
 * @param {import('./send-sms.js').SendStatus} status
 */
function count(counted, { Code, Fee }) {
  return {
    FeeCount: counted.FeeCount + Fee,
    RequestCount: counted.RequestCount + 1,
    RequestSuccessCount: counted.RequestSuccessCount + (Code === 'Ok' ? 1 : 0),
  };
}
