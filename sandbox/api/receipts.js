/**
 * The delivery reports of carriers. The codes and their causes are from Tencent's table of receipt codes
 * (cloud.tencent.com/document/product/382/59177). Tencent counts each failure by its cause, and the assignment of the
 * codes to these counts is inferred from their names.
 */

/**
 * @typedef {object} Receipt
 * @property {string} code `DELIVRD`, or the carrier's code of the failure
 * @property {string} description the carrier's words, in the language that Tencent uses
 * @property {keyof typeof NO_CAUSES} [cause] the count of CallbackStatusStatistics to which the failure belongs
 */

/** The counts of failures by cause. */
export const NO_CAUSES = {
  InternalErrorCount: 0,
  InvalidNumberCount: 0,
  ShutdownErrorCount: 0,
  BlackListCount: 0,
  FrequencyLimitCount: 0,
};

/** The report about every message that no fault strikes. @type {Receipt} */
export const DELIVERED = { code: 'DELIVRD', description: '用户短信送达成功' };

/** The reports about failures. @satisfies {Record<string, Receipt>} */
export const failures = {
  invalidNumber: { code: 'MK:0001', description: '空号', cause: 'InvalidNumberCount' },
  shutdown: { code: 'MK:0004', description: '停机或关机', cause: 'ShutdownErrorCount' },
  blacklisted: { code: 'MX:0012', description: '号码在退订黑名单中', cause: 'BlackListCount' },
  frequency: { code: 'MX:0003', description: '号码当天条数超过上限', cause: 'FrequencyLimitCount' },
  carrierError: { code: 'IC:0001', description: '运营商内部错误', cause: 'InternalErrorCount' },
  keyword: { code: '-106', description: '运营商关键字拦截' },
};

/** @param {Receipt} receipt */
export const reportStatus = ({ code }) => (code === DELIVERED.code ? 'SUCCESS' : 'FAIL');
