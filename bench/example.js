/** The message that every contender sends, and the config that all of them accept. */

/** The values of the kit's `TemplateType`. The kit is not imported, because each contender decides what is loaded. */
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

/** A message as Logto passes it to the connector. */
export const message = {
  to: '8613800138000',
  type: 'SignIn',
  payload: { code: '246810', locale: 'zh-CN' },
};

/**
 * The same message as parameters of Tencent's API, for clients that do not know Logto.
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
