/**
 * The Tencent Cloud account that the sandbox plays: its key, its SMS applications, its packages, and
 * the signatures and templates that its owner has asked for.
 */
import { readFileSync } from 'node:fs';
import { countVariables } from './api/message-text.js';

/**
 * Which numbers a template is for, numbered as in Tencent's own lists.
 * @typedef {0 | 1 | 3} International 0 mainland China, 1 everywhere else, 3 both
 */

/**
 * Where a signature or template stands, numbered as in Tencent's own lists.
 * @typedef {0 | 1 | 2 | -1} StatusCode 0 usable, 1 in review, 2 approved but not yet in force,
 *   -1 refused
 */

/**
 * The real-name qualification that a mainland signature rests on.
 * @typedef {object} Qualification
 * @property {number} qualificationId
 * @property {string} qualificationName
 * @property {0 | 1 | 2 | 3 | 4 | 5} statusCode 0 to be reviewed, 1 approved, 2 refused, 3 to be
 *   completed, 4 a change is in review, 5 a change was refused
 */

/**
 * @typedef {object} Signature
 * @property {number} signId
 * @property {string} signName its text, without the 【】
 * @property {0 | 1} international an approval on both sides is two signatures
 * @property {StatusCode} statusCode
 * @property {string} [reviewReply] mostly why it was refused
 * @property {number} [createTime] UNIX seconds
 * @property {Qualification} [qualification] of a mainland signature
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
 * @property {string[]} [usageTypes] what the config to paste uses it for; Tencent does not know
 */

/**
 * Messages paid for in advance; the times are UNIX seconds.
 * @typedef {object} Package
 * @property {number} packageId
 * @property {0 | 1} packageType 0 a gift, 1 bought
 * @property {number} amount how many messages
 * @property {number} currentUsage how many of them are used; the sandbox does not count on
 * @property {number} createTime
 * @property {number} effectiveTime
 * @property {number} expiredTime
 */

/**
 * @typedef {object} Account
 * @property {string} secretId
 * @property {string} secretKey
 * @property {string} [securityToken] set it to play a temporary (STS) key
 * @property {string[]} smsSdkAppIds its applications; the config to paste uses the first
 * @property {Signature[]} signatures
 * @property {Template[]} templates
 * @property {Package[]} packages none on monthly billing
 * @property {Record<string, string>} restrictions actions that this key may not call, each with the
 *   error code that says so
 * @property {number} deliveryReportSeconds how long after a message was accepted its delivery is
 *   reported
 */

/**
 * Both sides, with something of every standing; the key has the form of a real one (`AKID` and 32
 * characters; 32 characters), and is plainly none.
 * @type {Account}
 */
export const defaultAccount = JSON.parse(
  readFileSync(new URL('default-account.json', import.meta.url), 'utf8'),
);

/**
 * The connector's config for sending to this account, ready to paste into Logto.
 * @param {Account} account
 * @param {string} url where the sandbox listens
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
 * Whether a template or a signature is for a side; 3 is for both.
 * @param {{ international: International }} entry
 * @param {number} side 0 for the mainland, 1 for the rest of the world
 */
export const serves = ({ international }, side) => international === 3 || international === side;

/** Those of the config to paste; Generic serves the rest. */
const USAGE_TYPES = ['SignIn', 'Register', 'ForgotPassword', 'Generic'];

/**
 * @param {Account} account
 * @param {string} usageType
 * @param {0 | 1} side
 * @returns {string | undefined} its id
 */
function templateFor({ templates }, usageType, side) {
  const ofSide = templates.filter((template) => serves(template, side));
  const named = ofSide.filter(({ usageTypes }) => usageTypes?.includes(usageType));
  if (named.length > 0 || usageType !== 'Generic') return preferUsable(named)?.templateId;
  // A config needs a template for Generic, and sends the code alone.
  const takesCode = ofSide.filter(
    ({ kind, content }) => kind === 'verification' && countVariables(content) === 1,
  );
  return preferUsable(takesCode)?.templateId;
}

/**
 * An account may have nothing approved, for trying what comes of that.
 * @template {{ statusCode: StatusCode }} Entry
 * @param {Entry[]} entries
 */
function preferUsable(entries) {
  return entries.find(({ statusCode }) => statusCode === 0) ?? entries[0];
}
