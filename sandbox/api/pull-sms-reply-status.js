/**
 * The actions that list replies of phones: PullSmsReplyStatus, which hands out each reply once, and
 * PullSmsReplyStatusByPhoneNumber. A reply arrives through the sandbox's control endpoint.
 */
import { requireOwnApplication } from './application.js';
import { checkLimit } from './page.js';
import { parsePhoneNumber } from './phone-number.js';
import { checkPull, within } from './pull.js';

/**
 * @param {import('./pull-sms-send-status.js').PullSmsSendStatusRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function pullSmsReplyStatus({ Limit, SmsSdkAppId }, { account, sendRecord }) {
  requireOwnApplication(account, SmsSdkAppId);
  checkLimit(Limit, 100);
  const pulled = sendRecord
    .repliesTo(SmsSdkAppId)
    .filter(({ isPulled }) => !isPulled)
    .slice(0, Limit);
  for (const reply of pulled) reply.isPulled = true;
  return { data: { PullSmsReplyStatusSet: pulled.map(status) } };
}

/**
 * @param {import('./pull.js').PullByPhoneNumberRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function pullSmsReplyStatusByPhoneNumber(request, { account, receivedAt, sendRecord }) {
  const now = Date.parse(receivedAt);
  const number = checkPull(request, account, now);
  const replies = sendRecord
    .repliesTo(request.SmsSdkAppId)
    .filter(({ to }) => to.phoneNumber === number.e164)
    .filter(({ time }) => within(request, time));
  return { data: { PullSmsReplyStatusSet: replies.slice(0, request.Limit).map(status) } };
}

/** @param {import('./send-record.js').Reply} reply */
function status({ time, to, content }) {
  const number = parsePhoneNumber(to.phoneNumber);
  return {
    // Tencent enables extension codes only on request.
    ExtendCode: '',
    CountryCode: number?.nationCode ?? '',
    SubscriberNumber: number?.subscriberNumber ?? '',
    PhoneNumber: to.phoneNumber,
    SignName: to.signName,
    ReplyContent: content,
    ReplyTime: Math.floor(time / 1000),
  };
}
