/**
 * Tencent's API gateway: the common checks, then the action, then the envelope `{ "Response": … }`. This module does
 * no IO. `server.js` passes it the bytes.
 */
import { BODY_LIMIT } from '../http/read-body.js';
import { ApiError } from './api-error.js';
import { callbackStatusStatistics } from './callback-status-statistics.js';
import {
  describePhoneNumberInfo,
  describePhoneNumberInfoParameters,
} from './describe-phone-number-info.js';
import {
  describeSendRecordList,
  describeSendRecordListParameters,
} from './describe-send-record-list.js';
import { describeSmsSignList, describeSmsSignListParameters } from './describe-sms-sign-list.js';
import {
  describeSmsTemplateList,
  describeSmsTemplateListParameters,
} from './describe-sms-template-list.js';
import { parseParameters } from './parameters.js';
import { pullByPhoneNumberParameters, pullParameters } from './pull.js';
import { pullSmsReplyStatus, pullSmsReplyStatusByPhoneNumber } from './pull-sms-reply-status.js';
import { pullSmsSendStatus, pullSmsSendStatusByPhoneNumber } from './pull-sms-send-status.js';
import { sendSms, sendSmsParameters } from './send-sms.js';
import { sendStatusStatistics, sendStatusStatisticsParameters } from './send-status-statistics.js';
import {
  smsPackagesStatistics,
  smsPackagesStatisticsParameters,
} from './sms-packages-statistics.js';
import { verifyTc3 } from './tc3-verify.js';

const VERSION = '2021-01-11';

/**
 * The known regions. This list is inferred, because Tencent's table of regions was not accessible. The three regions
 * of the mainland site come from third-party code. The two of the international site are documented for
 * SendMultiGlobalSms.
 */
const REGIONS = ['ap-beijing', 'ap-guangzhou', 'ap-nanjing', 'ap-singapore', 'eu-frankfurt'];

/** The headers that every request needs, in addition to Authorization, which the check of the signature covers. */
const REQUIRED_HEADERS = ['X-TC-Action', 'X-TC-Version', 'X-TC-Timestamp', 'X-TC-Region'];

/** The actions: SendSms, and actions that only read. @type {Map<string, Action>} */
const ACTIONS = new Map([
  ['SendSms', action(sendSmsParameters, sendSms)],
  ['DescribeSmsTemplateList', action(describeSmsTemplateListParameters, describeSmsTemplateList)],
  ['DescribeSmsSignList', action(describeSmsSignListParameters, describeSmsSignList)],
  ['SendStatusStatistics', action(sendStatusStatisticsParameters, sendStatusStatistics)],
  ['CallbackStatusStatistics', action(sendStatusStatisticsParameters, callbackStatusStatistics)],
  ['SmsPackagesStatistics', action(smsPackagesStatisticsParameters, smsPackagesStatistics)],
  ['PullSmsSendStatus', action(pullParameters, pullSmsSendStatus)],
  [
    'PullSmsSendStatusByPhoneNumber',
    action(pullByPhoneNumberParameters, pullSmsSendStatusByPhoneNumber),
  ],
  ['PullSmsReplyStatus', action(pullParameters, pullSmsReplyStatus)],
  [
    'PullSmsReplyStatusByPhoneNumber',
    action(pullByPhoneNumberParameters, pullSmsReplyStatusByPhoneNumber),
  ],
  ['DescribeSendRecordList', action(describeSendRecordListParameters, describeSendRecordList)],
  ['DescribePhoneNumberInfo', action(describePhoneNumberInfoParameters, describePhoneNumberInfo)],
]);

/** The other actions of this version: those that write, or send to many. */
const NOT_OFFERED = [
  'AddSmsSign',
  'AddSmsTemplate',
  'DeleteSmsSign',
  'DeleteSmsTemplate',
  'ModifySmsSign',
  'ModifySmsTemplate',
  'ReportConversion',
  'SendMultiGlobalSms',
];

/** The names of all actions, for the account's restrictions. */
export const actionNames = [...ACTIONS.keys()];

/**
 * @typedef {object} ApiRequest
 * @property {string} method
 * @property {string} [query] the part of the URL after `?`, as it was sent
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body the exact bytes; a body longer than BODY_LIMIT was too large
 */

/**
 * The context of a call of an action, in addition to its parameters.
 * @typedef {object} ActionContext
 * @property {import('../account.js').Account} account
 * @property {string} region
 * @property {string} requestId
 * @property {string} receivedAt ISO 8601
 * @property {import('./send-record.js').SendRecord} sendRecord
 */

/**
 * @typedef {object} Action
 * @property {import('./parameters.js').ParameterTable} parameters
 * @property {(request: Record<string, unknown>, context: ActionContext) => ActionResult} run
 */

/**
 * @typedef {object} ActionResult
 * @property {Partial<ActionData>} data
 * @property {import('./send-sms.js').Message[]} [messages] the accepted messages
 */

/**
 * The data of all actions. Each action returns its own part.
 * @typedef {ReturnType<typeof sendSms>['data']
 *   & ReturnType<typeof describeSmsTemplateList>['data']
 *   & ReturnType<typeof describeSmsSignList>['data']
 *   & ReturnType<typeof sendStatusStatistics>['data']
 *   & ReturnType<typeof callbackStatusStatistics>['data']
 *   & ReturnType<typeof smsPackagesStatistics>['data']
 *   & ReturnType<typeof pullSmsSendStatus>['data']
 *   & ReturnType<typeof pullSmsReplyStatus>['data']
 *   & ReturnType<typeof describeSendRecordList>['data']
 *   & ReturnType<typeof describePhoneNumberInfo>['data']} ActionData
 */

/**
 * @typedef {{ RequestId: string, Error?: { Code: string, Message: string } } & Partial<ActionData>
 * } ApiResponse
 */

/**
 * @typedef {object} ApiResult
 * @property {string | undefined} action
 * @property {Record<string, unknown>} [parameters]
 * @property {import('./tc3-verify.js').SignatureCheck} signature
 * @property {string} outcome `Ok`, the error's code, or the code of the first number refused
 * @property {import('./send-sms.js').Message[]} messages the accepted messages
 * @property {{ Response: ApiResponse }} answer
 */

/**
 * @param {ApiRequest} request
 * @param {object} context
 * @param {import('../account.js').Account} context.account
 * @param {number} context.now UNIX milliseconds
 * @param {string} context.requestId
 * @param {import('./send-record.js').SendRecord} context.sendRecord
 * @returns {ApiResult}
 */
export function answerRequest(request, { account, now, requestId, sendRecord }) {
  const action = request.headers['x-tc-action']?.toString();
  const signature = verifyTc3(request, account, Math.floor(now / 1000));
  /** @type {Pick<ApiResult, 'action' | 'parameters' | 'signature'>} */
  const facts = { action, signature };
  try {
    const { parameters, run } = admit(request, signature, account);
    facts.parameters = parseParameters(request, parameters);
    const { data, messages = [] } = run(facts.parameters, {
      account,
      region: String(request.headers['x-tc-region']),
      requestId,
      receivedAt: new Date(now).toISOString(),
      sendRecord,
    });
    const refused = data.SendStatusSet?.find(({ Code }) => Code !== 'Ok');
    const answer = { Response: { ...data, RequestId: requestId } };
    return { ...facts, outcome: refused?.Code ?? 'Ok', messages, answer };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message } = error;
    const answer = { Response: { Error: { Code: code, Message: message }, RequestId: requestId } };
    return { ...facts, outcome: code, messages: [], answer };
  }
}

/**
 * Runs the common checks. Their order is inferred: missing headers, then the signature, then version, action and
 * region.
 * @param {ApiRequest} request
 * @param {import('./tc3-verify.js').SignatureCheck} signature
 * @param {import('../account.js').Account} account
 */
function admit(request, signature, { restrictions }) {
  const { method, headers, body } = request;
  if (method !== 'POST' && method !== 'GET') {
    throw new ApiError('UnsupportedProtocol', `Tencent takes GET and POST, not ${method}.`);
  }
  if (hasOldSignature(request)) {
    throw new ApiError(
      'UnsupportedOperation',
      'The sandbox does not offer the signature methods HmacSHA1 and HmacSHA256; use TC3-HMAC-SHA256.',
    );
  }
  // The documents call the content types "protocol formats". The code for unknown ones is inferred.
  const contentType = headers['content-type'] ?? '';
  const expected = method === 'GET' ? 'application/x-www-form-urlencoded' : 'application/json';
  if (contentType.split(';', 1)[0] !== expected) {
    throw new ApiError(
      'UnsupportedProtocol',
      `The content type of a ${method} is ${expected} here, not "${contentType}".`,
    );
  }
  // Tencent documents a limit of 10 MB for a POST signed with TC3. The sandbox's limit is lower, with the same code.
  if (body.length > BODY_LIMIT) {
    const message = `The body exceeds ${BODY_LIMIT} bytes, the sandbox's limit; Tencent's is 10 MB.`;
    throw new ApiError('RequestSizeLimitExceeded', message);
  }
  const missing = REQUIRED_HEADERS.find((name) => !headers[name.toLowerCase()]);
  if (missing) throw new ApiError('MissingParameter', `The header ${missing} is missing.`);
  if (signature.refusal) throw signature.refusal;

  if (headers['x-tc-version'] !== VERSION) {
    throw new ApiError('NoSuchVersion', `The sandbox knows version ${VERSION} only.`);
  }
  const name = String(headers['x-tc-action']);
  const action = ACTIONS.get(name);
  if (!action) {
    throw NOT_OFFERED.includes(name)
      ? new ApiError('UnsupportedOperation', `The sandbox does not offer the action ${name}.`)
      : new ApiError('InvalidAction', `The sandbox knows no action ${name}.`);
  }
  if (!REGIONS.includes(String(headers['x-tc-region']))) {
    throw new ApiError('UnsupportedRegion', 'The action not support this region');
  }
  if (Object.hasOwn(restrictions, name)) {
    throw new ApiError(restrictions[name], `This key may not call ${name}.`);
  }
  return action;
}

/**
 * Tests if a request is signed in Tencent's older way, in which the signature is one of the parameters.
 * @param {ApiRequest} request
 */
function hasOldSignature({ query, headers, body }) {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const parameters = [new URLSearchParams(query)];
  if (isForm) parameters.push(new URLSearchParams(body.toString()));
  return parameters.some((each) => each.has('Signature') && each.has('SecretId'));
}

/**
 * @template Request
 * @param {import('./parameters.js').ParameterTable} parameters the parameters of a `Request`
 * @param {(request: Request, context: ActionContext) => ActionResult} run
 * @returns {Action}
 */
function action(parameters, run) {
  return { parameters, run: /** @type {Action['run']} */ (run) };
}
