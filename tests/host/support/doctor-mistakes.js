/**
 * Mistakes to plant, and what the doctor is to say of each: where it looks, how bad it is, where in the
 * config, which finding, and whether it has advice.
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
 * @property {string} finding its id and its values, as `brief` in doctor-findings.test.js writes them
 * @property {boolean} [hasAdvice]
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
  finding: 'finding.config.unread-key',
  hasAdvice: true,
});

/**
 * @param {string} place
 * @param {string} right
 * @returns {Expected}
 */
const misspeltKey = (place, right) => ({
  check: 'config',
  state: 'warning',
  path: place.replaceAll(/\[(\d+)\]/g, '.$1'),
  finding: `config.issue config.near-miss right=${right} place=${place}`,
});

/**
 * @param {string} finding
 * @returns {Expected}
 */
const wrongSignature = (finding) => ({
  check: 'signature',
  state: 'wrong',
  side: 'mainland',
  path: 'signName',
  finding,
  hasAdvice: true,
});

/**
 * A finding about the entry for SignIn, in the mainland unless said otherwise.
 *
 * @param {string} finding
 * @param {Partial<Expected>} [others]
 * @returns {Expected}
 */
const wrongTemplate = (finding, others) => ({
  check: 'template',
  state: 'wrong',
  side: 'mainland',
  path: 'templates.0.templateCode.china',
  finding,
  hasAdvice: true,
  ...others,
});

/** @type {Record<string, Mistake>} */
export const mistakes = {
  'no SecretId': {
    config: (config) => delete config.accessKeyId,
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'accessKeyId',
      finding:
        'config.labelled-issue label.accessKeyId config.required meaning.accessKeyId place=accessKeyId',
    },
    unexamined: all,
  },
  'no SecretKey': {
    config: (config) => delete config.accessKeySecret,
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'accessKeySecret',
      finding:
        'config.labelled-issue label.accessKeySecret config.required meaning.accessKeySecret place=accessKeySecret',
    },
    unexamined: all,
  },
  'a region that is none': {
    config: (config) => {
      config.region = 'Guangzhou';
    },
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'region',
      finding: 'config.issue config.region place=region',
    },
    unexamined: all,
  },
  "a host that is not Tencent's": {
    config: (config) => {
      config.endpoint = 'https://sms.example.com';
    },
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'endpoint',
      finding: 'config.issue config.endpoint place=endpoint',
    },
    unexamined: all,
  },
  'no entry for Generic': {
    config: (config) => config.templates.pop(),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'templates',
      finding: 'config.issue config.generic-missing place=templates',
    },
    unexamined: all,
  },
  'a misspelt side': {
    config: signInWith({ chinna: '1100001', overseas: '1200001' }),
    finds: {
      check: 'config',
      state: 'warning',
      path: 'templates.0.templateCode.chinna',
      finding: 'config.issue config.near-miss right=china place=templates[0].templateCode.chinna',
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
      finding: 'finding.refused code=AuthFailure.SecretIdNotFound',
      hasAdvice: true,
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
      finding: 'finding.refused code=AuthFailure.SignatureFailure',
      hasAdvice: true,
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
      finding: 'finding.refused code=AuthFailure.TokenFailure',
      hasAdvice: true,
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
      finding: 'finding.refused code=AuthFailure.TokenFailure',
      hasAdvice: true,
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
      finding: 'finding.refused code=UnsupportedRegion',
      hasAdvice: true,
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
      finding: 'finding.refused code=IpNotInWhitelist',
      hasAdvice: true,
    },
    also: notAsked,
    unexamined: all,
  },
  'unpaid bills': {
    fault: 'error:UnauthorizedOperation.ServiceSuspendDueToArrears',
    finds: {
      check: 'key',
      state: 'wrong',
      finding: 'finding.refused code=UnauthorizedOperation.ServiceSuspendDueToArrears',
      hasAdvice: true,
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
      finding: 'finding.refused code=UnauthorizedOperation.SmsSdkAppIdVerifyFail',
      hasAdvice: true,
    },
    also: ['unknown delivery', 'unknown packages'],
  },
  "the application of somebody else, in Tencent's other spelling": {
    account: {
      restrictions: { SendStatusStatistics: 'UnauthorizedOperation.SmsSdkAppidVerifyFail' },
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      finding: 'finding.refused code=UnauthorizedOperation.SmsSdkAppidVerifyFail',
      hasAdvice: true,
    },
  },
  'an application that is disabled': {
    account: { restrictions: { SendStatusStatistics: 'UnauthorizedOperation.SdkAppIdIsDisabled' } },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      finding: 'finding.refused code=UnauthorizedOperation.SdkAppIdIsDisabled',
      hasAdvice: true,
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
      finding: 'finding.refused code=UnauthorizedOperation.RequestIpNotInWhitelist',
      hasAdvice: true,
    },
  },
  "the signature's ID": {
    config: signedAs('600001'),
    finds: wrongSignature('signature.is-id'),
    also: ['warning config'],
  },
  'a signature whose letters were lost': {
    config: signedAs('???'),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'signName',
      finding: 'finding.config.lost-letters',
      hasAdvice: true,
    },
    also: ['wrong signature mainland'],
  },
  'a signature in review': {
    config: signedAs('待审核示例'),
    finds: wrongSignature('review.in-review signature.quoted name=待审核示例'),
  },
  'a refused signature': {
    config: signedAs('未通过示例'),
    finds: wrongSignature(
      'review.refused-because reply=签名与资质主体不一致，请更换签名或补充授权书。 signature.quoted name=未通过示例',
    ),
  },
  'a signature that is not yet in force': {
    config: signedAs('腾讯云示例'),
    account: {
      signatures: defaultAccount.signatures.map((each) =>
        each.signName === '腾讯云示例' ? { ...each, statusCode: /** @type {const} */ (2) } : each,
      ),
    },
    finds: wrongSignature('review.not-in-force signature.quoted name=腾讯云示例'),
  },
  'a signature that does not exist': {
    config: signedAs('腾讯云'),
    finds: wrongSignature('signature.missing plain text=腾讯云'),
  },
  'a signature of the other side': {
    config: signedAs('Sandbox'),
    finds: wrongSignature('signature.overseas-only plain text=Sandbox'),
  },
  'a signature whose qualification changes': {
    config: signedAs('资质变更示例'),
    finds: {
      ...wrongSignature('signature.qualification qualification.in-review name=资质变更示例'),
      state: 'warning',
    },
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
      finding: 'signature.mainland-only plain text=腾讯云示例',
      hasAdvice: true,
    },
  },
  'an unknown template': {
    config: signInWith({ china: '1999999', overseas: '1200001' }),
    finds: wrongTemplate('template.missing template.name plain text=1999999 plain text=SignIn'),
  },
  "a template's name": {
    config: signInWith({ china: '登录验证码', overseas: '1200001' }),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'templates.0.templateCode.china',
      finding: 'config.issue config.template-code place=templates[0].templateCode.china',
    },
    unexamined: ['template mainland'],
  },
  'a template in review': {
    config: signInWith({ china: '1100006', overseas: '1200001' }),
    finds: wrongTemplate('review.in-review template.name plain text=1100006 plain text=SignIn'),
  },
  'a refused template': {
    config: signInWith({ china: '1100007', overseas: '1200001' }),
    finds: wrongTemplate(
      'review.refused-because reply=验证码模板不能含有营销内容。 template.name plain text=1100007 plain text=SignIn',
    ),
  },
  'a template that is not yet in force': {
    config: signInWith({ china: '1100008', overseas: '1200001' }),
    finds: wrongTemplate('review.not-in-force template.name plain text=1100008 plain text=SignIn'),
  },
  'a template of the other side': {
    config: signInWith({ china: '1200001', overseas: '1200001' }),
    finds: wrongTemplate(
      'template.overseas-only template.name plain text=1200001 plain text=SignIn',
    ),
  },
  "the mainland's template overseas": {
    config: signInWith({ china: '1100001', overseas: '1100001' }),
    finds: wrongTemplate(
      'template.mainland-only template.name plain text=1100001 plain text=SignIn',
      {
        side: 'overseas',
        path: 'templates.0.templateCode.overseas',
      },
    ),
  },
  'a refused template overseas': {
    config: signInWith({ china: '1100001', overseas: '1200005' }),
    finds: wrongTemplate(
      'review.refused-because reply=A verification template must not hold advertising. template.name plain text=1200005 plain text=SignIn',
      {
        side: 'overseas',
        path: 'templates.0.templateCode.overseas',
      },
    ),
  },
  "the mainland's template for both sides": {
    config: signInWith('1100001'),
    finds: wrongTemplate(
      'template.mainland-only template.name plain text=1100001 plain text=SignIn',
      {
        side: 'overseas',
        state: 'warning',
        path: 'templates.0.templateCode',
      },
    ),
  },
  'a template from overseas for both sides': {
    config: signInWith('1200001'),
    finds: wrongTemplate(
      'template.overseas-only template.name plain text=1200001 plain text=SignIn',
      {
        state: 'warning',
        path: 'templates.0.templateCode',
      },
    ),
  },
  'a template that takes two values and gets one': {
    config: signInWith({ china: '1100005', overseas: '1200001' }),
    finds: wrongTemplate(
      'template.takes template.name plain text=1100005 plain text=SignIn template.values count=2 gets=1',
      { path: 'templates.0.templateParams' },
    ),
  },
  'a template that takes one value and gets two': {
    config: signInWith({ china: '1100001', overseas: '1200002' }, ['{{code}}', '10']),
    finds: wrongTemplate(
      'template.takes template.name plain text=1100001 plain text=SignIn template.value gets=2',
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
    finds: wrongTemplate(
      'template.takes template.name plain text=1100001 plain text=SignIn template.values count=0 gets=1',
      {
        path: 'templates.0.templateParams',
      },
    ),
  },
  'values in the wrong order': {
    config: signInWith({ china: '1100009', overseas: '1200006' }, ['{{code}}', '10']),
    finds: wrongTemplate(
      'template.order template.name plain text=1100009 plain text=SignIn place={1}',
      { state: 'warning', path: 'templates.0.templateParams' },
    ),
    also: ['warning template overseas'],
  },
  'packages that are used up': {
    account: { packages: packagesUsed(1) },
    finds: {
      check: 'packages',
      state: 'warning',
      finding: 'finding.packages.left left=0 amount=1100',
      hasAdvice: true,
    },
  },
  'packages that are nearly used up': {
    account: { packages: packagesUsed(0.95) },
    finds: {
      check: 'packages',
      state: 'warning',
      finding: 'finding.packages.left left=55 amount=1100',
      hasAdvice: true,
    },
  },
  'a misspelt key': {
    config: (config) => {
      config.allowedCallingCode = ['86'];
    },
    finds: misspeltKey('allowedCallingCode', 'allowedCallingCodes'),
  },
  'a misspelt key of a template': {
    config: (config) => {
      config.templates[1].local = 'en';
    },
    finds: misspeltKey('templates[1].local', 'locale'),
  },
  'a key that nothing reads': {
    config: (config) => {
      config.templates[1].subject = 'Your code';
    },
    finds: unreadKey('templates.1.subject'),
  },
  'a key that is as long as a secret': {
    config: (config) => {
      config.templates[1][secret('AKIDaKeyInThePlaceOfAName00000000000')] = '';
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
      finding:
        'config.issue doubt.usage-type known=SignIn, Register, ForgotPassword, OrganizationInvitation, Generic, UserPermissionValidation, BindNewIdentifier, MfaVerification, BindMfa place=templates[0].usageType',
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
      finding: 'finding.config.never-used',
      hasAdvice: true,
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
      finding: 'finding.config.no-template',
      hasAdvice: true,
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
      finding: 'finding.config.no-generic',
      hasAdvice: true,
    },
    unexamined: ['template mainland'],
  },
  'a clock that is ten minutes slow': {
    now: () => Date.now() + 10 * 60_000,
    finds: {
      check: 'clock',
      state: 'wrong',
      finding: 'finding.clock.slow minutes=10',
      hasAdvice: true,
    },
  },
  'a clock that is two hours fast': {
    now: () => Date.now() - 120 * 60_000,
    finds: {
      check: 'clock',
      state: 'wrong',
      finding: 'finding.clock.fast minutes=120',
      hasAdvice: true,
    },
  },
  'a clock that is three minutes slow': {
    now: () => Date.now() + 3 * 60_000,
    finds: {
      check: 'clock',
      state: 'warning',
      finding: 'finding.clock.slow minutes=3',
      hasAdvice: true,
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
      finding: 'failure.connection-refused',
    },
    also: ['unknown clock', 'unknown application'],
    unexamined: all,
  },
  'a connection that breaks': {
    fault: 'reset-before',
    finds: { check: 'api', state: 'wrong', path: 'endpoint', finding: 'failure.connection-broken' },
    also: ['unknown clock', 'unknown application'],
    unexamined: all,
  },
  ...Object.fromEntries(
    Object.entries({
      'html-200': 'finding.api.not-tencent status=200 answer.not-json',
      'html-502': 'finding.api.not-tencent status=502 answer.not-json',
      'redirect-307': 'finding.api.not-tencent status=307 answer.empty',
      'empty-body': 'finding.api.not-tencent status=200 answer.empty',
      'not-http': 'failure.other',
    }).map(([fault, finding]) => [
      `something that is not Tencent (${fault})`,
      /** @type {Mistake} */ ({
        fault,
        finds: {
          check: 'api',
          state: 'wrong',
          path: 'endpoint',
          finding,
          hasAdvice: fault !== 'not-http',
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
