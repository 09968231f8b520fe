/**
 * The Tencent Cloud account that the sandbox plays: its key, its SMS applications, its packages, and
 * the signatures and templates that its owner has asked for.
 */

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

const REVIEWED = 1767600000; // 2026-01-05T08:00:00Z

/** @type {Qualification} */
const approvedQualification = {
  qualificationId: 500001,
  qualificationName: '沙箱示例科技有限公司',
  statusCode: 1,
};

/** @type {Account} */
export const defaultAccount = {
  // The form of a real key (`AKID` and 32 characters; 32 characters), and plainly none.
  secretId: 'AKIDSANDBOX0000000000000000000000000',
  secretKey: 'SANDBOX0not0a0real0key0000000000',
  smsSdkAppIds: ['1400006666', '2400006666'],
  signatures: [
    signature(600001, 0, '腾讯云示例'),
    { ...signature(600002, 0, '待审核示例'), statusCode: 1 },
    {
      ...signature(600003, 0, '未通过示例'),
      statusCode: -1,
      reviewReply: '签名与资质主体不一致，请更换签名或补充授权书。',
    },
    {
      ...signature(600004, 0, '资质变更示例'),
      qualification: {
        qualificationId: 500002,
        qualificationName: '变更中示例有限公司',
        statusCode: 4,
      },
    },
    signature(610001, 1, 'Sandbox'),
    { ...signature(610002, 1, 'SandboxReview'), statusCode: 1 },
    {
      ...signature(610003, 1, 'SandboxRefused'),
      statusCode: -1,
      reviewReply: 'The signature does not name the sender.',
    },
  ],
  templates: [
    template('1100001', 0, 'verification', '登录验证码', '您的登录验证码为：{1}，请勿泄露给他人。'),
    template('1100002', 0, 'verification', '注册验证码', '您的注册验证码为：{1}，请勿泄露给他人。'),
    template(
      '1100003',
      0,
      'verification',
      '重置密码验证码',
      '您正在重置密码，验证码为：{1}，请勿泄露给他人。',
    ),
    template('1100004', 0, 'verification', '通用验证码', '您的验证码为：{1}，请勿泄露给他人。'),
    template('1100005', 0, 'verification', '限时验证码', '您的验证码为：{1}，{2}分钟内有效。'),
    {
      ...template('1100006', 0, 'verification', '待审核验证码', '验证码：{1}，请勿泄露。'),
      statusCode: 1,
    },
    {
      ...template('1100007', 0, 'verification', '未通过验证码', '点击领取礼包，验证码：{1}。'),
      statusCode: -1,
      reviewReply: '验证码模板不能含有营销内容。',
    },
    {
      ...template('1100008', 0, 'verification', '待生效验证码', '您的动态码为：{1}。'),
      statusCode: 2,
    },
    template('1200001', 1, 'verification', 'Code', 'Your verification code is {1}.'),
    template(
      '1200002',
      1,
      'verification',
      'Code with time',
      'Your code is {1}. It is valid for {2} minutes.',
    ),
    template(
      '1200003',
      1,
      'notification',
      'New sign-in',
      'Your account was used to sign in from {1}.',
    ),
    {
      ...template('1200004', 1, 'verification', 'In review', 'Use the code {1} to sign in.'),
      statusCode: 1,
    },
    {
      ...template('1200005', 1, 'verification', 'Refused', 'Win a prize with code {1}!'),
      statusCode: -1,
      reviewReply: 'A verification template must not hold advertising.',
    },
    template('1300001', 3, 'verification', 'Both sides', '验证码 / verification code: {1}'),
  ],
  packages: [
    {
      packageId: 700001,
      packageType: 0,
      amount: 100,
      currentUsage: 100,
      createTime: REVIEWED,
      effectiveTime: REVIEWED,
      expiredTime: 4102444800, // 2100-01-01
    },
    {
      packageId: 700002,
      packageType: 1,
      amount: 1000,
      currentUsage: 120,
      createTime: REVIEWED + 3600,
      effectiveTime: REVIEWED + 3600,
      expiredTime: 4102444800,
    },
  ],
  restrictions: {},
  deliveryReportSeconds: 2,
};

/**
 * @param {number} signId
 * @param {0 | 1} international
 * @param {string} signName
 * @returns {Signature}
 */
function signature(signId, international, signName) {
  return {
    signId,
    signName,
    international,
    statusCode: 0,
    createTime: REVIEWED,
    ...(international === 0 && { qualification: approvedQualification }),
  };
}

/**
 * @param {string} templateId
 * @param {International} international
 * @param {Template['kind']} kind
 * @param {string} templateName
 * @param {string} content
 * @returns {Template}
 */
function template(templateId, international, kind, templateName, content) {
  return {
    templateId,
    templateName,
    kind,
    content,
    international,
    statusCode: 0,
    createTime: REVIEWED,
  };
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
    sdkAppId: account.smsSdkAppIds[0],
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
