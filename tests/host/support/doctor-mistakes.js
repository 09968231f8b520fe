/**
 * Mistakes to plant, and what the doctor is to say of each: where it looks, how bad it is, where in the
 * config, in which words, and what to do.
 */

import { defaultAccount } from '../../../sandbox/account.js';
import { closedUrl, packagesUsed, secret } from './doctor-command.js';

/** @typedef {import('../../../js-shim/wasm/core.js').Finding} Finding */

/**
 * @typedef {object} Expected
 * @property {string} check
 * @property {Finding['state']} state
 * @property {Finding['side']} [side]
 * @property {string} [path] dotted
 * @property {RegExp} what
 * @property {RegExp} [advice] for the config by itself, `what` holds it
 */

/**
 * @typedef {object} Mistake
 * @property {(config: any) => void} [config] the change that is the mistake
 * @property {Partial<import('../../../sandbox/account.js').Account>} [account]
 * @property {() => number} [now] the sandbox's clock
 * @property {string} [fault] of the sandbox
 * @property {Expected} finds
 * @property {string[]} [also] what follows from it, as `state check side`
 * @property {string[]} [unexamined] the checks that it keeps the doctor from, `*` for all others
 */

const all = ['*'];
const notAsked = ['unknown application'];
const [, ...otherTemplates] = /** @type {any[]} */ (defaultAccount.templates);

/**
 * @param {string | object} templateCode
 * @param {string[]} [templateParams]
 * @returns {(config: any) => void}
 */
const signInWith = (templateCode, templateParams) => (config) => {
  config.templates[0] = { usageType: 'SignIn', templateCode, templateParams };
};

/**
 * @param {string} path
 * @returns {Expected}
 */
const unreadKey = (path) => ({
  check: 'config',
  state: 'warning',
  path,
  what: /a key that nothing reads/,
  advice: /spelling/,
});

/** @type {Record<string, Mistake>} */
export const mistakes = {
  'no SecretId': {
    config: (config) => delete config.accessKeyId,
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'accessKeyId',
      what: /required: the SecretId of a Tencent Cloud API key/,
    },
    unexamined: all,
  },
  'no SecretKey': {
    config: (config) => delete config.accessKeySecret,
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'accessKeySecret',
      what: /required: the SecretKey that belongs to accessKeyId/,
    },
    unexamined: all,
  },
  'a region that is none': {
    config: (config) => {
      config.region = 'Guangzhou';
    },
    finds: { check: 'config', state: 'wrong', path: 'region', what: /such as ap-guangzhou/ },
    unexamined: all,
  },
  "a host that is not Tencent's": {
    config: (config) => {
      config.endpoint = 'https://sms.example.com';
    },
    finds: { check: 'config', state: 'wrong', path: 'endpoint', what: /tencentcloudapi\.com/ },
    unexamined: all,
  },
  'no entry for Generic': {
    config: (config) => config.templates.pop(),
    finds: { check: 'config', state: 'wrong', path: 'templates', what: /usageType Generic/ },
    unexamined: all,
  },
  'a misspelt side': {
    config: signInWith({ chinna: '1100001', overseas: '1200001' }),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'templates.0.templateCode.chinna',
      what: /only china, overseas/,
    },
    unexamined: all,
  },
  'an unknown SecretId': {
    config: (config) => {
      config.accessKeyId = secret('AKIDUNKNOWN0000000000000000000000000');
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'accessKeyId',
      what: /AuthFailure\.SecretIdNotFound/,
      advice: /does not exist, or was deleted or disabled.*Access Management/,
    },
    also: notAsked,
    unexamined: all,
  },
  'a wrong SecretKey': {
    config: (config) => {
      config.accessKeySecret = secret('WrongWrongWrongWrongWrongWrong00');
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'accessKeySecret',
      what: /AuthFailure\.SignatureFailure/,
      advice: /not the SecretKey that belongs to accessKeyId/,
    },
    also: notAsked,
    unexamined: all,
  },
  'an expired token': {
    account: { securityToken: secret('token-of-today-1') },
    config: (config) => {
      config.securityToken = secret('token-of-yesterday-2');
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'securityToken',
      what: /AuthFailure\.TokenFailure/,
      advice: /renew the temporary keys together with it/,
    },
    also: notAsked,
    unexamined: all,
  },
  'a temporary key without its token': {
    account: { securityToken: secret('token-of-today-3') },
    config: (config) => delete config.securityToken,
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'securityToken',
      what: /AuthFailure\.TokenFailure/,
      advice: /missing, wrong or expired/,
    },
    also: notAsked,
    unexamined: all,
  },
  'a region without SMS': {
    config: (config) => {
      config.region = 'ap-shanghai';
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'region',
      what: /UnsupportedRegion/,
      advice: /use ap-guangzhou, or ap-singapore/,
    },
    also: notAsked,
    unexamined: all,
  },
  'an IP address that the key does not allow': {
    fault: 'error:IpNotInWhitelist',
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'accessKeyId',
      what: /IpNotInWhitelist/,
      advice: /allow list/,
    },
    also: notAsked,
    unexamined: all,
  },
  'unpaid bills': {
    fault: 'error:UnauthorizedOperation.ServiceSuspendDueToArrears',
    finds: {
      check: 'key',
      state: 'wrong',
      what: /ServiceSuspendDueToArrears/,
      advice: /unpaid bills; top up/,
    },
    also: notAsked,
    unexamined: all,
  },
  'the application of somebody else': {
    config: (config) => {
      config.sdkAppId = '1400009999';
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /SmsSdkAppIdVerifyFail/,
      advice: /does not belong to the account of the API key/,
    },
    also: ['unknown packages'],
  },
  "the application of somebody else, in Tencent's other spelling": {
    account: {
      restrictions: { SendStatusStatistics: 'UnauthorizedOperation.SmsSdkAppidVerifyFail' },
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /SmsSdkAppidVerifyFail/,
      advice: /does not belong to the account of the API key/,
    },
  },
  'an application that is disabled': {
    account: { restrictions: { SendStatusStatistics: 'UnauthorizedOperation.SdkAppIdIsDisabled' } },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /SdkAppIdIsDisabled/,
      advice: /application is disabled/,
    },
  },
  'an application that allows calls from other IP addresses only': {
    account: {
      restrictions: { SendStatusStatistics: 'UnauthorizedOperation.RequestIpNotInWhitelist' },
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /RequestIpNotInWhitelist/,
      advice: /add the server's in the SMS console/,
    },
  },
  "the signature's ID": {
    config: signedAs('600001'),
    finds: wrongSignature(/ID, not its text/, /"腾讯云示例"/),
  },
  'a signature within 【】': {
    config: signedAs('【腾讯云示例】'),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'signName',
      what: /【】/,
      advice: /leave them out/,
    },
  },
  'a signature in review': {
    config: signedAs('待审核示例'),
    finds: wrongSignature(/"待审核示例" is in review/, /wait for the approval/),
  },
  'a refused signature': {
    config: signedAs('未通过示例'),
    finds: wrongSignature(
      /"未通过示例" was refused: 签名与资质主体不一致，请更换签名或补充授权书。/,
      /apply for it again/,
    ),
  },
  'a signature that is not yet in force': {
    config: signedAs('腾讯云示例'),
    account: {
      signatures: defaultAccount.signatures.map((each) =>
        each.signName === '腾讯云示例' ? { ...each, statusCode: /** @type {const} */ (2) } : each,
      ),
    },
    finds: wrongSignature(/approved, but not yet in force/, /carriers register signatures first/),
  },
  'a signature that does not exist': {
    config: signedAs('腾讯云'),
    finds: wrongSignature(/no signature "腾讯云"/, /use an approved one: .*"腾讯云示例"/),
  },
  'a signature of the other side': {
    config: signedAs('Sandbox'),
    finds: wrongSignature(/"Sandbox" is a signature for messages overseas only/, /国内短信/),
  },
  'a signature whose qualification changes': {
    config: signedAs('资质变更示例'),
    finds: { ...wrongSignature(/qualification behind it is not/, /实名资质/), state: 'warning' },
  },
  "the mainland's signature overseas": {
    config: (config) => {
      config.overseas = { signName: '腾讯云示例' };
    },
    finds: {
      check: 'signature',
      state: 'wrong',
      side: 'overseas',
      path: 'overseas.signName',
      what: /for the mainland only/,
      advice: /leave it out/,
    },
  },
  'an unknown template': {
    config: signInWith({ china: '1999999', overseas: '1200001' }),
    finds: wrongTemplate(/1999999 for SignIn: the account has no such template/, /正文模板/),
  },
  "a template's name": {
    config: signInWith({ china: '登录验证码', overseas: '1200001' }),
    finds: wrongTemplate(
      /登录验证码 for SignIn: not a template's ID, which is a number/,
      /take the ID/,
    ),
  },
  'a template in review': {
    config: signInWith({ china: '1100006', overseas: '1200001' }),
    finds: wrongTemplate(/1100006 for SignIn is in review/, /wait for the approval/),
  },
  'a refused template': {
    config: signInWith({ china: '1100007', overseas: '1200001' }),
    finds: wrongTemplate(
      /1100007 for SignIn was refused: 验证码模板不能含有营销内容。/,
      /apply for it again/,
    ),
  },
  'a template that is not yet in force': {
    config: signInWith({ china: '1100008', overseas: '1200001' }),
    finds: wrongTemplate(/1100008 for SignIn is approved, but not yet in force/, /wait/),
  },
  'a template of the other side': {
    config: signInWith({ china: '1200001', overseas: '1200001' }),
    finds: wrongTemplate(/1200001 for SignIn: a template for overseas only/, /"china"/),
  },
  "the mainland's template overseas": {
    config: signInWith({ china: '1100001', overseas: '1100001' }),
    finds: wrongTemplate(/1100001 for SignIn: a template for the mainland only/, /"overseas"/, {
      side: 'overseas',
      path: 'templates.0.templateCode.overseas',
    }),
  },
  'a refused template overseas': {
    config: signInWith({ china: '1100001', overseas: '1200005' }),
    finds: wrongTemplate(/refused: A verification template must not hold advertising\./, /again/, {
      side: 'overseas',
      path: 'templates.0.templateCode.overseas',
    }),
  },
  "the mainland's template for both sides": {
    config: signInWith('1100001'),
    finds: wrongTemplate(/for the mainland only/, /\{ "china": …, "overseas": … \}.*"china"/, {
      side: 'overseas',
      state: 'warning',
      path: 'templates.0.templateCode',
    }),
  },
  'a template from overseas for both sides': {
    config: signInWith('1200001'),
    finds: wrongTemplate(/for overseas only/, /\{ "china": …, "overseas": … \}.*"overseas"/, {
      state: 'warning',
      path: 'templates.0.templateCode',
    }),
  },
  'a template that takes two values and gets one': {
    config: signInWith({ china: '1100005', overseas: '1200001' }),
    finds: wrongTemplate(
      /1100005 for SignIn: takes 2 values and gets 1/,
      /templateParams with 2 values.*\["\{\{code\}\}", "10"\]/,
      { path: 'templates.0.templateParams' },
    ),
  },
  'a template that takes one value and gets two': {
    config: signInWith({ china: '1100001', overseas: '1200002' }, ['{{code}}', '10']),
    finds: wrongTemplate(
      /1100001 for SignIn: takes 1 value and gets 2/,
      /leave templateParams out, or write \["\{\{code\}\}"\]/,
      { path: 'templates.0.templateParams' },
    ),
  },
  'a template without a place for the code': {
    account: {
      templates: [
        { .../** @type {any} */ (defaultAccount.templates[0]), content: '欢迎登录。' },
        ...otherTemplates,
      ],
    },
    finds: wrongTemplate(/1100001 for SignIn: takes 0 values and gets 1/, /with \{1\}/, {
      path: 'templates.0.templateParams',
    }),
  },
  'packages that are used up': {
    account: { packages: packagesUsed(1) },
    finds: {
      check: 'packages',
      state: 'warning',
      what: /^0 of 1100 prepaid messages left/,
      advice: /buy another package/,
    },
  },
  'packages that are nearly used up': {
    account: { packages: packagesUsed(0.95) },
    finds: {
      check: 'packages',
      state: 'warning',
      what: /^55 of 1100 prepaid messages left/,
      advice: /buy another package/,
    },
  },
  'a misspelt key': {
    config: (config) => {
      config.allowedCallingCode = ['86'];
    },
    finds: unreadKey('allowedCallingCode'),
  },
  'a misspelt key of a template': {
    config: (config) => {
      config.templates[1].local = 'en';
    },
    finds: unreadKey('templates.1.local'),
  },
  'a key that is as long as a secret': {
    config: (config) => {
      config.templates[1][secret('a-key-in-the-place-of-a-name')] = '';
    },
    finds: unreadKey('templates.1'),
  },
  'a usage type that Logto does not have': {
    config: (config) => {
      config.templates[0].usageType = 'Login';
    },
    finds: {
      check: 'config',
      state: 'warning',
      path: 'templates.0.usageType',
      what: /no such usage type/,
      advice: /SignIn, Register, ForgotPassword/,
    },
  },
  'an entry that is never used': {
    config: (config) =>
      config.templates.push({
        usageType: 'SignIn',
        templateCode: config.templates[0].templateCode,
      }),
    finds: {
      check: 'config',
      state: 'warning',
      path: 'templates.4',
      what: /never used: an earlier entry/,
      advice: /remove one of the two/,
    },
  },
  'a side without a template': {
    config: (config) => {
      for (const { templateCode } of config.templates) {
        delete templateCode.overseas;
      }
    },
    finds: {
      check: 'config',
      state: 'warning',
      side: 'overseas',
      what: /no template: messages there are refused/,
      advice: /allowedCallingCodes/,
    },
    unexamined: ['template overseas'],
  },
  'a side without a Generic template': {
    config: (config) => {
      delete config.templates[3].templateCode.china;
    },
    finds: {
      check: 'config',
      state: 'warning',
      side: 'mainland',
      what: /no template for Generic/,
      advice: /add a templateCode for that side/,
    },
    unexamined: ['template mainland'],
  },
  'a clock that is ten minutes slow': {
    now: () => Date.now() + 10 * 60_000,
    finds: {
      check: 'clock',
      state: 'wrong',
      what: /^10 minutes slow/,
      advice: /set this machine's clock \(NTP\)/,
    },
  },
  'a clock that is two hours fast': {
    now: () => Date.now() - 120 * 60_000,
    finds: {
      check: 'clock',
      state: 'wrong',
      what: /^120 minutes fast/,
      advice: /set this machine's clock \(NTP\)/,
    },
  },
  'a clock that is three minutes slow': {
    now: () => Date.now() + 3 * 60_000,
    finds: {
      check: 'clock',
      state: 'warning',
      what: /^3 minutes slow/,
      advice: /set this machine's clock \(NTP\)/,
    },
  },
  'an endpoint where nothing listens': {
    config: (config) => {
      config.endpoint = closedUrl;
    },
    finds: {
      check: 'api',
      state: 'wrong',
      path: 'endpoint',
      what: /refused the connection; check endpoint and the server's firewall/,
    },
    also: ['unknown clock', 'unknown application'],
    unexamined: all,
  },
  'a connection that breaks': {
    fault: 'reset-before',
    finds: { check: 'api', state: 'wrong', path: 'endpoint', what: /connection .* broke/ },
    also: ['unknown clock', 'unknown application'],
    unexamined: all,
  },
  ...Object.fromEntries(
    ['html-200', 'html-502', 'redirect-307', 'empty-body', 'not-http'].map((fault) => [
      `something that is not Tencent (${fault})`,
      /** @type {Mistake} */ ({
        fault,
        finds: {
          check: 'api',
          state: 'wrong',
          path: 'endpoint',
          ...(fault === 'not-http'
            ? { what: /failed|broke/ }
            : { what: /not Tencent/, advice: /check endpoint, and any proxy/ }),
        },
        also: ['unknown clock', 'unknown application'],
        unexamined: all,
      }),
    ]),
  ),
};

/**
 * @param {string} signName
 * @returns {(config: any) => void}
 */
function signedAs(signName) {
  return (config) => {
    config.signName = signName;
  };
}

/**
 * @param {RegExp} what
 * @param {RegExp} advice
 * @returns {Expected}
 */
function wrongSignature(what, advice) {
  return { check: 'signature', state: 'wrong', side: 'mainland', path: 'signName', what, advice };
}

/**
 * Of the entry for SignIn, in the mainland where nothing else is said.
 *
 * @param {RegExp} what
 * @param {RegExp} advice
 * @param {Partial<Expected>} [others]
 * @returns {Expected}
 */
function wrongTemplate(what, advice, others) {
  const path = 'templates.0.templateCode.china';
  return { check: 'template', state: 'wrong', side: 'mainland', path, what, advice, ...others };
}
