/** The message that every contender sends, and the config that they all take. */

/** The kit's `TemplateType`, without the kit: what is measured decides what its process loads. */
const usageTypes = [
  'SignIn',
  'Register',
  'ForgotPassword',
  'OrganizationInvitation',
  'Generic',
  'UserPermissionValidation',
  'BindNewIdentifier',
  'MfaVerification',
  'BindMfa',
];

/** A config in the official connector's format. */
export const config = {
  accessKeyId: 'AKIDEXAMPLE0000000000000000000000000',
  accessKeySecret: 'ExampleSecretKey0000000000000000',
  signName: '腾讯云示例',
  sdkAppId: '1400006666',
  region: 'ap-guangzhou',
  templates: usageTypes.map((usageType, index) => ({
    usageType,
    templateCode: String(1_100_001 + index),
  })),
};

/** As Logto hands it over. */
export const message = {
  to: '8613800138000',
  type: 'SignIn',
  payload: { code: '246810', locale: 'zh-CN' },
};

/**
 * The same as parameters of Tencent's API, for clients that know no Logto.
 *
 * @param {typeof config} config
 */
export const sendSmsParameters = ({ sdkAppId, signName, templates }) => ({
  PhoneNumberSet: [`+${message.to}`],
  SmsSdkAppId: sdkAppId,
  SignName: signName,
  TemplateId: templates[0]?.templateCode,
  TemplateParamSet: [message.payload.code],
});
