/**
 * The calls that are compared. None of them changes anything, except SendSms, which is made only on request.
 * PullSmsSendStatus and PullSmsReplyStatus are left out, because each of their reports can be pulled only once, and may
 * be meant for somebody else.
 */

/**
 * The facts about an account that calls need.
 * @typedef {object} Subject
 * @property {string} sdkAppId
 * @property {string} phoneNumber E.164
 * @property {string} signName
 * @property {string} templateId
 * @property {string[]} templateParams
 */

/**
 * @typedef {object} Call
 * @property {string} name
 * @property {string} action
 * @property {Record<string, unknown>} parameters
 * @property {string} [region]
 * @property {string} [version]
 * @property {true} [isForged] the signature is made with another key
 */

const DAY = 24 * 60 * 60;

/** Returns an hour in Beijing, as the statistics take it. @param {number} seconds UNIX seconds */
const hour = (seconds) =>
  new Date((seconds + 8 * 3600) * 1000).toISOString().replace(/\D/g, '').slice(0, 10);

/**
 * The calls that only read, and the mistakes whose codes the sandbox infers.
 * @param {Subject} subject
 * @param {number} now UNIX seconds
 * @returns {Call[]}
 */
export function readingCalls({ sdkAppId, phoneNumber }, now) {
  const about = { SmsSdkAppId: sdkAppId, PhoneNumber: phoneNumber, BeginTime: now - DAY };
  const pull = { ...about, Limit: 10, Offset: 0 };
  const span = {
    SmsSdkAppId: sdkAppId,
    BeginTime: hour(now - DAY),
    EndTime: hour(now - 3600),
    Limit: 0,
    Offset: 0,
  };
  const numbers = { PhoneNumberSet: [phoneNumber, '85291234567', '123'] };
  const info = 'DescribePhoneNumberInfo';
  return [
    call('numbers', info, numbers),
    call('mainland templates', 'DescribeSmsTemplateList', {
      International: 0,
      Limit: 10,
      Offset: 0,
    }),
    call('overseas templates', 'DescribeSmsTemplateList', {
      International: 1,
      Limit: 10,
      Offset: 0,
    }),
    call('mainland signatures', 'DescribeSmsSignList', { International: 0, Limit: 10, Offset: 0 }),
    call('overseas signatures', 'DescribeSmsSignList', { International: 1, Limit: 10, Offset: 0 }),
    call('sent', 'SendStatusStatistics', span),
    call('reported', 'CallbackStatusStatistics', span),
    call('packages', 'SmsPackagesStatistics', {
      ...span,
      BeginTime: hour(now - 365 * DAY),
      Limit: 10,
    }),
    call('reports about a number', 'PullSmsSendStatusByPhoneNumber', pull),
    call('replies of a number', 'PullSmsReplyStatusByPhoneNumber', pull),
    call('records of a number', 'DescribeSendRecordList', about),

    call('a forged signature', info, numbers, { isForged: true }),
    call('an unknown action', 'DescribeNothing', {}),
    call('an unknown version', info, numbers, { version: '2019-01-01' }),
    call('a region without SMS', info, numbers, { region: 'ap-mumbai' }),
    call('an unknown parameter', info, { ...numbers, Unknown: 'x' }),
    call('a missing parameter', info, {}),
    call('a parameter of another type', info, { PhoneNumberSet: 'x' }),
    call('no numbers', info, { PhoneNumberSet: [] }),
    call('a limit above the largest', 'DescribeSmsSignList', { International: 0, Limit: 101 }),
    call('an unknown side', 'DescribeSmsSignList', { International: 2 }),
    call('a begin that is too early', 'PullSmsSendStatusByPhoneNumber', {
      ...pull,
      BeginTime: now - 8 * DAY,
    }),
    call('an end before the begin', 'PullSmsSendStatusByPhoneNumber', {
      ...pull,
      EndTime: now - 2 * DAY,
    }),
    call('an hour that is none', 'SendStatusStatistics', { ...span, BeginTime: '2026023025' }),
    call('an application that is none', 'SendStatusStatistics', { ...span, SmsSdkAppId: '1' }),
  ];
}

/**
 * One message.
 * @param {Subject} subject
 */
export function sendingCall({ sdkAppId, phoneNumber, signName, templateId, templateParams }) {
  return call('a message', 'SendSms', {
    PhoneNumberSet: [phoneNumber],
    SmsSdkAppId: sdkAppId,
    TemplateId: templateId,
    SignName: signName,
    TemplateParamSet: templateParams,
  });
}

/**
 * @param {string} name
 * @param {string} action
 * @param {Record<string, unknown>} parameters
 * @param {Pick<Call, 'region' | 'version' | 'isForged'>} [how]
 * @returns {Call}
 */
function call(name, action, parameters, how) {
  return { name, action, parameters, ...how };
}
