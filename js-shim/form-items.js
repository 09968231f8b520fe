/** The fields of the Console's form. metadata.js adds the templates that it begins with. */

// Generated from config/keys.js by make generate.

import { ConnectorConfigFormItemType } from '@logto/connector-kit';

/** @type {import('@logto/connector-kit').ConnectorConfigFormItem[]} */
export const formItems = [
  {
    key: 'accessKeyId',
    label: 'SecretId',
    type: ConnectorConfigFormItemType.Text,
    required: true,
    placeholder: '<secret-id>',
    description: 'Of an API key: Access Management > Access Key > API Keys (访问管理 > 访问密钥).',
  },
  {
    key: 'accessKeySecret',
    label: 'SecretKey',
    type: ConnectorConfigFormItemType.Text,
    required: true,
    isConfidential: true,
    placeholder: '<secret-key>',
  },
  {
    key: 'signName',
    label: 'Signature (签名)',
    type: ConnectorConfigFormItemType.Text,
    placeholder: '<sign-name>',
    description:
      'Required for mainland numbers: the text of an approved signature, without 【】. Not its ID.',
  },
  {
    key: 'sdkAppId',
    label: 'SDKAppID',
    type: ConnectorConfigFormItemType.Text,
    required: true,
    placeholder: '1400006666',
    description: 'SMS console > Application Management (应用管理).',
  },
  {
    key: 'region',
    label: 'Region (地域)',
    type: ConnectorConfigFormItemType.Text,
    placeholder: 'ap-guangzhou',
    description:
      'The region of the application and its templates. Empty for ap-guangzhou. Accounts of the international site: ap-singapore.',
  },
  {
    key: 'templates',
    label: 'Templates (正文模板)',
    type: ConnectorConfigFormItemType.Json,
    required: true,
    description:
      'Generic is required; each type whose code is left as it is uses it. For numbers at home and abroad: "templateCode": { "china": "…", "overseas": "…" }. For a template with more than {1}: "templateParams": ["{{code}}", "10"]. For several languages: an entry for each, with "locale": "zh-CN".',
  },
  {
    key: 'overseas',
    label: 'Outside mainland China (国际/港澳台)',
    type: ConnectorConfigFormItemType.Json,
    defaultValue: {},
    description:
      'Settings for numbers outside the mainland, such as Hong Kong, Macao and Taiwan: "signName" (of the international side; none is needed), "senderId", "sdkAppId", "region", "endpoint", and "accessKeyId" with "accessKeySecret" of an account of its own.',
  },
  {
    key: 'allowedCallingCodes',
    label: 'Allowed calling codes',
    type: ConnectorConfigFormItemType.Text,
    description:
      'Country calling codes that messages may go to, such as 86, 852. Empty for all; !1876 blocks a code. Protects against messages to expensive destinations on your bill.',
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
      'Only for old records such as 13800138000. Numbers in the USA and Canada with area codes from 3 to 9 cannot be reached then.',
  },
  {
    key: 'endpoint',
    label: 'Endpoint',
    type: ConnectorConfigFormItemType.Text,
    placeholder: 'sms.tencentcloudapi.com',
    description:
      'Empty for the nearest access point. Accounts of the international site: sms.intl.tencentcloudapi.com. To try without sending: a local sandbox, such as http://127.0.0.1:4180.',
  },
  {
    key: 'securityToken',
    label: 'Security token',
    type: ConnectorConfigFormItemType.Text,
    isConfidential: true,
    description: 'Only with temporary (STS) keys.',
  },
  {
    key: 'timeoutSeconds',
    label: 'Timeout in seconds',
    type: ConnectorConfigFormItemType.Number,
    placeholder: '8',
    description: 'For one message, from 1 to 60. The sign-in page itself waits about 10.',
  },
];
