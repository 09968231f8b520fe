/**
 * The Tencent Cloud account that the sandbox plays: its key, its SMS application, and the
 * signatures and templates that its owner has had approved.
 */

/**
 * Which numbers a signature or template is for, numbered as in Tencent's own lists.
 * @typedef {0 | 1 | 3} International 0 mainland China, 1 everywhere else, 3 both
 */

/**
 * Where a signature or template stands, numbered as in Tencent's own lists.
 * @typedef {0 | 1 | 2 | -1} StatusCode 0 usable, 1 in review, 2 not yet in force, -1 refused
 */

/**
 * @typedef {object} Signature
 * @property {string} signName its text, without the 【】
 * @property {International} international
 * @property {StatusCode} statusCode
 */

/**
 * @typedef {object} Template
 * @property {string} templateId
 * @property {'verification' | 'notification'} kind
 * @property {string} content with its variables as `{1}`, `{2}`, …
 * @property {International} international
 * @property {StatusCode} statusCode
 */

/**
 * @typedef {object} Account
 * @property {string} secretId
 * @property {string} secretKey
 * @property {string} [securityToken] set it to play a temporary (STS) key
 * @property {string} smsSdkAppId
 * @property {Signature[]} signatures
 * @property {Template[]} templates
 */

/** @type {Account} */
export const defaultAccount = {
  // The form of a real key (`AKID` and 32 characters; 32 characters), and plainly none.
  secretId: 'AKIDSANDBOX0000000000000000000000000',
  secretKey: 'SANDBOX0not0a0real0key0000000000',
  smsSdkAppId: '1400006666',
  signatures: [
    { signName: '腾讯云示例', international: 0, statusCode: 0 },
    { signName: '待审核示例', international: 0, statusCode: 1 },
    { signName: 'Sandbox', international: 1, statusCode: 0 },
  ],
  templates: [
    template('1100001', 0, 'verification', '您的登录验证码为：{1}，请勿泄露给他人。'),
    template('1100002', 0, 'verification', '您的注册验证码为：{1}，请勿泄露给他人。'),
    template('1100003', 0, 'verification', '您正在重置密码，验证码为：{1}，请勿泄露给他人。'),
    template('1100004', 0, 'verification', '您的验证码为：{1}，请勿泄露给他人。'),
    template('1100005', 0, 'verification', '您的验证码为：{1}，{2}分钟内有效。'),
    { ...template('1100006', 0, 'verification', '验证码：{1}，请勿泄露。'), statusCode: 1 },
    template('1200001', 1, 'verification', 'Your verification code is {1}.'),
    template('1200002', 1, 'verification', 'Your code is {1}. It is valid for {2} minutes.'),
    template('1200003', 1, 'notification', 'Your account was used to sign in from {1}.'),
    template('1300001', 3, 'verification', '验证码 / verification code: {1}'),
  ],
};

/**
 * @param {string} templateId
 * @param {International} international
 * @param {Template['kind']} kind
 * @param {string} content
 * @returns {Template}
 */
function template(templateId, international, kind, content) {
  return { templateId, kind, content, international, statusCode: 0 };
}

/**
 * The connector's config for sending to this account, ready to paste into Logto.
 * @param {Account} account
 * @param {string} url where the sandbox listens
 */
export function connectorConfig(account, url) {
  return {
    accessKeyId: account.secretId,
    accessKeySecret: account.secretKey,
    ...(account.securityToken && { securityToken: account.securityToken }),
    signName: '腾讯云示例',
    sdkAppId: account.smsSdkAppId,
    region: 'ap-guangzhou',
    endpoint: url,
    templates: [
      { usageType: 'SignIn', templateCode: { china: '1100001', overseas: '1200001' } },
      { usageType: 'Register', templateCode: { china: '1100002', overseas: '1200001' } },
      { usageType: 'ForgotPassword', templateCode: { china: '1100003', overseas: '1200001' } },
      { usageType: 'Generic', templateCode: { china: '1100004', overseas: '1200001' } },
    ],
  };
}
