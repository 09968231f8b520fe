/** The fields of the Console's form. metadata.js adds the templates that it begins with. */

// Generated from config/keys.js by make generate.

import { ConnectorConfigFormItemType } from '@logto/connector-kit';

/** @type {import('@logto/connector-kit').ConnectorConfigFormItem[]} */
export const formItems = [
  {
    key: 'accessKeyId',
    label: 'SecretId',
    type: ConnectorConfigFormItemType.Text,
    placeholder: '<secret-id>',
    description:
      "Required, unless there are temporary keys: the SecretId of an API key, under Access Management > Access Key > API Keys (访问管理 > 访问密钥). Or env:TENCENTCLOUD_SECRET_ID, for example, to keep it out of Logto's database.",
  },
  {
    key: 'accessKeySecret',
    label: 'SecretKey',
    type: ConnectorConfigFormItemType.Text,
    isConfidential: true,
    placeholder: '<secret-key>',
    description:
      'Required, unless there are temporary keys: the SecretKey of the same API key. Or env:TENCENTCLOUD_SECRET_KEY, for example.',
  },
  {
    key: 'signName',
    label: 'Signature (签名)',
    type: ConnectorConfigFormItemType.Text,
    placeholder: '<sign-name>',
    description:
      'The text of an approved signature, without 【】; not its ID. It may stay empty only if every template is for numbers outside mainland China: "templateCode": { "overseas": "…" }.',
  },
  {
    key: 'sdkAppId',
    label: 'SDKAppID',
    type: ConnectorConfigFormItemType.Text,
    required: true,
    placeholder: '1400006666',
    description:
      'The SDKAppID of an application: SMS console > Application Management (应用管理). Not the APPID of the account.',
  },
  {
    key: 'region',
    label: 'Region (地域)',
    type: ConnectorConfigFormItemType.Text,
    placeholder: 'ap-guangzhou',
    description:
      'The region of your application and its templates. Leave it empty for ap-guangzhou. Accounts of the international site usually use ap-singapore.',
  },
  {
    key: 'templates',
    label: 'Templates (正文模板)',
    type: ConnectorConfigFormItemType.Json,
    required: true,
    description:
      'Generic needs the ID of an approved template (模板 ID). An entry without an ID uses the template of Generic. A template for each side: "templateCode": { "china": "…", "overseas": "…" }. A template with {1} and {2}: "templateParams": ["{{code}}", "10"]. A template for each language: one entry for each, with "locale": "zh-CN".',
  },
  {
    key: 'overseas',
    label: 'Outside mainland China (国际/港澳台)',
    type: ConnectorConfigFormItemType.Json,
    defaultValue: {},
    description:
      'Settings for numbers outside mainland China (including Hong Kong, Macao and Taiwan); {} for none. The keys are "signName" (an international signature; not required), "senderId", "sdkAppId", "region", "endpoint", and for a separate account "accessKeyId" with "accessKeySecret".',
  },
  {
    key: 'allowedCallingCodes',
    label: 'Allowed calling codes',
    type: ConnectorConfigFormItemType.Text,
    description:
      'Country calling codes that messages may go to, such as 86, 852; !1876 blocks a code. Leave it empty to allow all. A list protects you from paying for messages to expensive countries.',
  },
  {
    key: 'limits',
    label: 'Limits on messages (发送量限制)',
    type: ConnectorConfigFormItemType.Json,
    defaultValue: {},
    description:
      'How many messages in which time; {} for no limit. A good start: { "perIp": "20/1h", "perNumber": "5/1h", "perRange": "30/1h", "perCallingCode": { "86": "5000/1h", "*": "200/1h" }, "total": "20000/1d", "mode": "monitor" }. With "monitor" nothing is refused, and the server\'s console shows what would be; then "enforce". Leave perIp out if Logto is behind a proxy without TRUST_PROXY_HEADER.',
  },
  {
    key: 'bareNumbersAreMainland',
    label: 'Numbers without calling code are mainland Chinese',
    type: ConnectorConfigFormItemType.Switch,
    defaultValue: false,
    description:
      'A test with 13800138000 goes to +1 380 013 8000 unless this is on. Turn it on if Logto has mainland numbers without 86. Numbers in the USA and Canada with area codes from 3 to 9 cannot be reached while it is on.',
  },
  {
    key: 'endpoint',
    label: 'Endpoint',
    type: ConnectorConfigFormItemType.Text,
    placeholder: 'sms.tencentcloudapi.com',
    description:
      'Leave it empty for the nearest access point. Accounts of the international site use sms.intl.tencentcloudapi.com. To try the connector without sending messages, enter the address of a local sandbox, such as http://127.0.0.1:4180.',
  },
  {
    key: 'securityToken',
    label: 'Security token',
    type: ConnectorConfigFormItemType.Text,
    isConfidential: true,
    description: 'Required only for temporary API keys (STS, 临时密钥).',
  },
  {
    key: 'credentials',
    label: 'Temporary keys (临时密钥)',
    type: ConnectorConfigFormItemType.Text,
    description:
      'Instead of SecretId and SecretKey, on Tencent Cloud: cvm-role for the role of the machine, cvm-role:NAME for a certain role, tke-oidc for the role of a pod in TKE.',
  },
  {
    key: 'timeoutSeconds',
    label: 'Timeout in seconds',
    type: ConnectorConfigFormItemType.Number,
    placeholder: '8',
    description:
      'The time for one message, from 1 to 60. Leave it empty for 8: the sign-in page waits for about 10 seconds.',
  },
];
