/**
 * The action SendSms (cloud.tencent.com/document/api/382/55981).
 *
 * Tencent's list of error codes does not say which codes refuse the whole request and which refuse only one number.
 * The documented example of a failure refuses a number because of its template parameters. The rest is inferred: an
 * error in the request itself is a `Response.Error`. An error that depends on a number together with the account's
 * application, template and signature is that number's `SendStatus`.
 */
import { randomInt } from 'node:crypto';
import { serves } from '../account.js';
import { ApiError } from './api-error.js';
import { requireOwnApplication } from './application.js';
import { countSegments, countVariables, render } from './message-text.js';
import { asE164, checkCount, parsePhoneNumber, requirePhoneNumber } from './phone-number.js';

/**
 * @typedef {object} SendSmsRequest
 * @property {string[]} PhoneNumberSet
 * @property {string} SmsSdkAppId
 * @property {string} TemplateId
 * @property {string} [SignName]
 * @property {string[]} [TemplateParamSet]
 * @property {string} [ExtendCode]
 * @property {string} [SessionContext]
 * @property {string} [SenderId]
 */

/**
 * @typedef {object} SendStatus
 * @property {string} SerialNo empty if refused
 * @property {string} PhoneNumber in E.164; the given text if it could not be parsed
 * @property {number} Fee billed segments
 * @property {string} SessionContext
 * @property {string} Code `Ok` or an error code
 * @property {string} Message
 * @property {string} IsoCode empty if refused
 */

/**
 * A message on its way to a phone.
 * @typedef {object} Message
 * @property {string} receivedAt ISO 8601
 * @property {string} requestId
 * @property {string} serialNo
 * @property {string} phoneNumber E.164
 * @property {string} smsSdkAppId
 * @property {string} signName
 * @property {string} senderId
 * @property {string} templateId
 * @property {string[]} templateParams
 * @property {string} text the text that the phone shows
 * @property {string} region the request's X-TC-Region
 */

/** @type {import('./parameters.js').ParameterTable} */
export const sendSmsParameters = {
  PhoneNumberSet: { type: 'string[]', required: true },
  SmsSdkAppId: { type: 'string', required: true },
  TemplateId: { type: 'string', required: true },
  SignName: { type: 'string' },
  TemplateParamSet: { type: 'string[]' },
  ExtendCode: { type: 'string' },
  SessionContext: { type: 'string' },
  SenderId: { type: 'string' },
};

/**
 * @param {SendSmsRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function sendSms(request, context) {
  refuseWholeRequest(request);
  /** @type {Message[]} */
  const messages = [];
  const statuses = request.PhoneNumberSet.map((given) => {
    try {
      const number = requirePhoneNumber(given);
      const message = compose(request, number, context);
      messages.push(message);
      return accepted(request, number, message);
    } catch (error) {
      if (error instanceof ApiError) return refused(request, asE164(given), error);
      throw error;
    }
  });
  return { data: { SendStatusSet: statuses }, messages };
}

/** @param {SendSmsRequest} request */
function refuseWholeRequest({ PhoneNumberSet, SessionContext = '', SenderId = '' }) {
  if (PhoneNumberSet.length === 0) {
    throw new ApiError('MissingParameter.EmptyPhoneNumberSet', 'PhoneNumberSet is empty.');
  }
  checkCount(PhoneNumberSet);
  const sides = new Set(PhoneNumberSet.map((given) => parsePhoneNumber(given)?.mainland));
  if (sides.has(true) && sides.has(false)) {
    throw new ApiError(
      'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
      'Mainland and foreign phone numbers cannot be mixed.',
    );
  }
  // Both rules are documented, but no code of their own is.
  if (Buffer.byteLength(SessionContext) >= 512) {
    throw new ApiError('InvalidParameterValue', 'SessionContext is not under 512 bytes.');
  }
  if (SenderId !== '' && sides.has(true)) {
    throw new ApiError('InvalidParameterValue', 'SenderId is not for mainland numbers.');
  }
}

/**
 * @param {SendSmsRequest} request
 * @param {import('./phone-number.js').PhoneNumber} number
 * @param {import('./api.js').ActionContext} context
 * @returns {Message}
 * @throws {ApiError} if this account may not send this to this number
 */
function compose(request, number, { account, region, requestId, receivedAt }) {
  const { SmsSdkAppId, TemplateId, SignName = '', TemplateParamSet = [], SenderId = '' } = request;
  requireOwnApplication(account, SmsSdkAppId);
  const template = usableTemplate(account, TemplateId, number.mainland);
  checkSignature(account, SignName, number.mainland);
  checkValues(template, TemplateParamSet);
  const text = render(template.content, TemplateParamSet);
  return {
    receivedAt,
    requestId,
    serialNo: newSerialNo(),
    phoneNumber: number.e164,
    smsSdkAppId: SmsSdkAppId,
    signName: SignName,
    senderId: SenderId,
    templateId: TemplateId,
    templateParams: TemplateParamSet,
    text: number.mainland ? `【${SignName}】${text}` : text,
    region,
  };
}

/**
 * @param {import('../account.js').Account} account
 * @param {string} templateId
 * @param {boolean} mainland
 */
function usableTemplate(account, templateId, mainland) {
  const template = account.templates.find((candidate) => candidate.templateId === templateId);
  if (template?.statusCode !== 0) {
    throw new ApiError(
      'FailedOperation.TemplateIncorrectOrUnapproved',
      `The template ${templateId} does not exist or is not approved.`,
    );
  }
  if (!serves(template, sideOf(mainland))) {
    throw mainland
      ? new ApiError(
          'UnsupportedOperation.GlobalTemplateToChineseMainlandPhone',
          `The template ${templateId} is not for mainland numbers.`,
        )
      : new ApiError(
          'UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone',
          `The template ${templateId} is for mainland numbers only.`,
        );
  }
  return template;
}

/**
 * @param {import('../account.js').Account} account
 * @param {string} signName
 * @param {boolean} mainland
 */
function checkSignature(account, signName, mainland) {
  if (signName === '' && !mainland) return;
  const approved = account.signatures.filter(
    (signature) => signature.signName === signName && signature.statusCode === 0,
  );
  if (approved.length === 0) {
    throw new ApiError(
      'FailedOperation.SignatureIncorrectOrUnapproved',
      `The signature "${signName}" does not exist or is not approved.`,
    );
  }
  // Tencent has no separate code for a signature of the other side. Its note on this code says to check signature and
  // template if the request had only one number.
  if (!approved.some((signature) => serves(signature, sideOf(mainland)))) {
    throw new ApiError(
      'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
      `The signature "${signName}" is not for ${mainland ? 'mainland' : 'foreign'} numbers.`,
    );
  }
}

/** @param {boolean} mainland */
const sideOf = (mainland) => (mainland ? 0 : 1);

/**
 * @param {import('../account.js').Template} template
 * @param {string[]} values
 */
function checkValues(template, values) {
  const expected = countVariables(template.content);
  if (values.length !== expected) {
    throw new ApiError(
      'FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
      `The template ${template.templateId} takes ${expected} values, not ${values.length}.`,
    );
  }
  // Users report that dotted names without a scheme also count as URLs (apache/hertzbeat#1255).
  if (values.some((value) => /:\/\/|[a-z0-9]\.[a-z]{2,}/i.test(value))) {
    throw new ApiError(
      'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
      'A template value looks like a URL.',
    );
  }
  if (template.kind === 'verification' && !values.every((value) => /^\d{0,6}$/.test(value))) {
    throw new ApiError(
      'InvalidParameterValue.TemplateParameterFormatError',
      'The values of a verification template are 0 to 6 digits.',
    );
  }
}

/** A serial number in Tencent's format, such as `5000:1045710669157053657849499619`. */
function newSerialNo() {
  return `5000:${Array.from({ length: 28 }, () => randomInt(10)).join('')}`;
}

/**
 * @param {SendSmsRequest} request
 * @param {import('./phone-number.js').PhoneNumber} number
 * @param {Message} message
 * @returns {SendStatus}
 */
function accepted({ SessionContext = '' }, number, message) {
  return {
    SerialNo: message.serialNo,
    PhoneNumber: number.e164,
    Fee: countSegments(message.text),
    SessionContext,
    Code: 'Ok',
    Message: 'send success',
    IsoCode: number.isoCode,
  };
}

/**
 * @param {Pick<SendSmsRequest, 'SessionContext'>} request
 * @param {string} phoneNumber
 * @param {ApiError} error
 * @returns {SendStatus}
 */
export function refused({ SessionContext = '' }, phoneNumber, error) {
  return {
    SerialNo: '',
    PhoneNumber: phoneNumber,
    Fee: 0,
    SessionContext,
    Code: error.code,
    Message: error.message,
    IsoCode: '',
  };
}
