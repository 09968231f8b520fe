/**
 * The Tencent Cloud account that the sandbox simulates: its key, its SMS applications, its packages, and the
 * signatures and templates for which its owner has applied.
 */
import { readFileSync } from 'node:fs';
import { countVariables } from './api/message-text.js';

/**
 * The numbers that a template is for, with the values of Tencent's own lists.
 * @typedef {0 | 1 | 3} International 0 mainland China, 1 everywhere else, 3 both
 */

/**
 * The state of a signature or template, with the values of Tencent's own lists.
 * @typedef {0 | 1 | 2 | -1} StatusCode 0 usable, 1 in review, 2 approved but not yet in force,
 *   -1 refused
 */

/**
 * The real-name qualification that a mainland signature depends on.
 * @typedef {object} Qualification
 * @property {number} qualificationId
 * @property {string} qualificationName
 * @property {0 | 1 | 2 | 3 | 4 | 5} statusCode 0 to be reviewed, 1 approved, 2 refused, 3 to be
 *   completed, 4 a change is in review, 5 a change was refused
 */

/**
 * @typedef {object} Signature
 * @property {number} signId
 * @property {string} signName the text of the signature, without the 【】
 * @property {0 | 1} international a signature that is approved for both sides has two entries
 * @property {StatusCode} statusCode
 * @property {string} [reviewReply] mostly why it was refused
 * @property {number} [createTime] UNIX seconds
 * @property {Qualification} [qualification] only for a mainland signature
 */

/**
 * @typedef {object} Template
 * @property {string} templateId
 * @property {string} [templateName]
 * @property {'verification' | 'notification'} kind
 * @property {string} content with its variables as `{1}`, `{2}`, …
 * @property {International} international
 * @property {StatusCode} statusCode
 * @property {string} [reviewReply] mostly why it was refused
 * @property {number} [createTime] UNIX seconds
 * @property {string[]} [usageTypes] the usage types for which the config to paste uses the template; Tencent has no
 *   such field
 */

/**
 * Messages that are paid for in advance. All times are UNIX seconds.
 * @typedef {object} Package
 * @property {number} packageId
 * @property {0 | 1} packageType 0 a gift, 1 bought
 * @property {number} amount the number of messages
 * @property {number} currentUsage the number of used messages, which the sandbox never changes
 * @property {number} createTime
 * @property {number} effectiveTime
 * @property {number} expiredTime
 */

/**
 * @typedef {object} Account
 * @property {string} secretId
 * @property {string} secretKey
 * @property {string} [securityToken] the token of a temporary (STS) key
 * @property {string[]} smsSdkAppIds the IDs of the applications; the connector's config uses the first
 * @property {Signature[]} signatures
 * @property {Template[]} templates
 * @property {Package[]} packages empty for an account with monthly billing
 * @property {Record<string, string>} restrictions the actions that this key may not call, each with the error code
 *   of the refusal
 * @property {number} deliveryReportSeconds the time between the acceptance of a message and its delivery report
 */

/**
 * The account that is used without an account file. It has signatures and templates of both sides in every state.
 * Its key has the form of a real one (`AKID` and 32 characters; 32 characters), but is clearly made up.
 * @type {Account}
 */
export const defaultAccount = JSON.parse(
  readFileSync(new URL('default-account.json', import.meta.url), 'utf8'),
);

/**
 * The connector's config for sending to this account.
 * @param {Account} account
 * @param {string} url the address of the sandbox
 */
export function connectorConfig(account, url) {
  const signature = preferUsable(account.signatures.filter((each) => each.international === 0));
  return {
    accessKeyId: account.secretId,
    accessKeySecret: account.secretKey,
    ...(account.securityToken && { securityToken: account.securityToken }),
    signName: signature?.signName ?? '',
    sdkAppId: account.smsSdkAppIds[0],
    region: 'ap-guangzhou',
    endpoint: url,
    templates: USAGE_TYPES.map((usageType) => ({
      usageType,
      templateCode: {
        china: templateFor(account, usageType, 0),
        overseas: templateFor(account, usageType, 1),
      },
    })).filter(({ templateCode }) => templateCode.china ?? templateCode.overseas),
  };
}

/**
 * Tests if a template or a signature is for a side. The value 3 is for both sides.
 * @param {{ international: International }} entry
 * @param {number} side 0 for the mainland, 1 for the rest of the world
 */
export const serves = ({ international }, side) => international === 3 || international === side;

/** The usage types of the connector's config. Generic serves all others. */
const USAGE_TYPES = ['SignIn', 'Register', 'ForgotPassword', 'Generic'];

/**
 * @param {Account} account
 * @param {string} usageType
 * @param {0 | 1} side
 * @returns {string | undefined} the ID of the template
 */
function templateFor({ templates }, usageType, side) {
  const ofSide = templates.filter((template) => serves(template, side));
  const named = ofSide.filter(({ usageTypes }) => usageTypes?.includes(usageType));
  if (named.length > 0 || usageType !== 'Generic') return preferUsable(named)?.templateId;
  // A config needs a template for Generic, and fills it with the code only.
  const takesCode = ofSide.filter(
    ({ kind, content }) => kind === 'verification' && countVariables(content) === 1,
  );
  return preferUsable(takesCode)?.templateId;
}

/**
 * Returns the first usable entry. If the account has none, which a user may want to try, returns the first entry.
 * @template {{ statusCode: StatusCode }} Entry
 * @param {Entry[]} entries
 */
function preferUsable(entries) {
  return entries.find(({ statusCode }) => statusCode === 0) ?? entries[0];
}
