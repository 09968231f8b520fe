/**
 * What Tencent's API gateway does with any request: the common checks, then the action, then the
 * envelope `{ "Response": … }`. Pure; `server.js` brings it the bytes.
 */
import { ApiError } from './api-error.js';
import { parseParameters } from './parameters.js';
import { sendSms, sendSmsParameters } from './send-sms.js';
import { verifyTc3 } from './tc3-verify.js';

/** The documented limit of a POST body signed with TC3. */
export const BODY_LIMIT = 10 * 1024 * 1024;

const VERSION = '2021-01-11';

/**
 * Inferred: the mainland site's three are what third-party code lists, the international site's
 * two are documented for SendMultiGlobalSms. Tencent's table of regions could not be seen.
 */
const REGIONS = ['ap-beijing', 'ap-guangzhou', 'ap-nanjing', 'ap-singapore', 'eu-frankfurt'];

/** Every request needs these, beside Authorization, which the signature check judges. */
const REQUIRED_HEADERS = ['X-TC-Action', 'X-TC-Version', 'X-TC-Timestamp', 'X-TC-Region'];

const ACTIONS = new Map([['SendSms', { parameters: sendSmsParameters, run: sendSms }]]);

/**
 * @typedef {object} ApiRequest
 * @property {string} method
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body the exact bytes; longer than BODY_LIMIT says that it was too large
 */

/**
 * What an action knows beside its parameters.
 * @typedef {object} ActionContext
 * @property {import('../account.js').Account} account
 * @property {string} region
 * @property {string} requestId
 * @property {string} receivedAt ISO 8601
 */

/**
 * @typedef {object} ApiResponse
 * @property {string} RequestId
 * @property {{ Code: string, Message: string }} [Error]
 * @property {import('./send-sms.js').SendStatus[]} [SendStatusSet]
 */

/**
 * @typedef {object} ApiResult
 * @property {string | undefined} action
 * @property {Record<string, unknown>} [parameters]
 * @property {import('./tc3-verify.js').SignatureCheck} signature
 * @property {string} outcome `Ok`, the error's code, or the code of the first number refused
 * @property {import('./send-sms.js').Message[]} messages those that were accepted
 * @property {{ Response: ApiResponse }} answer
 */

/**
 * @param {ApiRequest} request
 * @param {{ account: import('../account.js').Account, now: number, requestId: string }} context
 *   `now` in UNIX milliseconds
 * @returns {ApiResult}
 */
export function answerRequest(request, { account, now, requestId }) {
  const action = request.headers['x-tc-action']?.toString();
  const signature = verifyTc3(request, account, Math.floor(now / 1000));
  /** @type {Pick<ApiResult, 'action' | 'parameters' | 'signature'>} */
  const facts = { action, signature };
  try {
    const { parameters, run } = admit(request, signature);
    facts.parameters = parseParameters(request.body, parameters);
    const { data, messages } = run(
      /** @type {import('./send-sms.js').SendSmsRequest} */ (
        /** @type {unknown} */ (facts.parameters)
      ),
      {
        account,
        region: String(request.headers['x-tc-region']),
        requestId,
        receivedAt: new Date(now).toISOString(),
      },
    );
    const refused = data.SendStatusSet.find(({ Code }) => Code !== 'Ok');
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
 * The common checks. Their order is inferred: what is missing, who is asking, what is asked for.
 * @param {ApiRequest} request
 * @param {import('./tc3-verify.js').SignatureCheck} signature
 */
function admit({ method, headers, body }, signature) {
  // Tencent takes GET too, with other rules for the signature; the sandbox does not.
  if (method !== 'POST') {
    throw new ApiError('UnsupportedProtocol', `The sandbox takes POST only, not ${method}.`);
  }
  // The documents call the content types "protocol formats"; the code for others is inferred.
  const contentType = headers['content-type'] ?? '';
  if (!/^application\/json(?:;|$)/.test(contentType)) {
    throw new ApiError('UnsupportedProtocol', `The content type "${contentType}" is not JSON.`);
  }
  if (body.length > BODY_LIMIT) {
    throw new ApiError('RequestSizeLimitExceeded', `The body exceeds ${BODY_LIMIT} bytes.`);
  }
  const missing = REQUIRED_HEADERS.find((name) => !headers[name.toLowerCase()]);
  if (missing) throw new ApiError('MissingParameter', `The header ${missing} is missing.`);
  if (signature.refusal) throw signature.refusal;

  if (headers['x-tc-version'] !== VERSION) {
    throw new ApiError('NoSuchVersion', `The sandbox knows version ${VERSION} only.`);
  }
  const action = ACTIONS.get(String(headers['x-tc-action']));
  if (!action) {
    throw new ApiError('InvalidAction', `There is no action ${headers['x-tc-action']}.`);
  }
  if (!REGIONS.includes(String(headers['x-tc-region']))) {
    throw new ApiError('UnsupportedRegion', 'The action not support this region');
  }
  return action;
}
