/** Code that a TypeScript user of the package may write. */

import {
  type ConnectorType,
  type CreateConnector,
  type SmsConnector,
  TemplateType,
} from '@logto/connector-kit';
import createConnector, {
  type TencentSmsConfig,
  type TencentSmsLimits,
  type TencentSmsOverseas,
  type TencentSmsTemplate,
} from 'connector-tencent-sms-wasm';

export const factory: CreateConnector<SmsConnector> = createConnector;

const template: TencentSmsTemplate = {
  usageType: 'SignIn',
  templateCode: { china: '1110', overseas: 2220 },
  templateParams: ['{{code}}', 10],
  locale: 'zh-TW',
};

const overseas: TencentSmsOverseas = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'example',
  securityToken: 'example',
  credentials: 'cvm-role',
  signName: 'Example',
  sdkAppId: 2400006666,
  region: 'ap-singapore',
  endpoint: 'sms.intl.tencentcloudapi.com',
  senderId: 'Example',
};

const limits: Required<TencentSmsLimits> = {
  perIp: '20/1h',
  perNumber: '5/1h',
  perRange: '30/1h',
  perCallingCode: { 86: '5000/1h', '*': '200/1h' },
  total: '20000/1d',
  mode: 'monitor',
  store: 'redis',
  exempt: ['+8613800138000'],
};

const every: Required<TencentSmsConfig> = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'example',
  securityToken: 'example',
  credentials: 'cvm-role',
  signName: '腾讯云',
  sdkAppId: '1400006666',
  region: 'ap-guangzhou',
  endpoint: 'sms.tencentcloudapi.com',
  templates: [{ usageType: 'Generic', templateCode: 1110 }, template],
  overseas,
  allowedCallingCodes: ['86', 852],
  limits,
  bareNumbersAreMainland: true,
  timeoutSeconds: '8',
};

const least: TencentSmsConfig = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'example',
  sdkAppId: 1400006666,
  templates: [{ usageType: 'Generic', templateCode: { overseas: '2220' } }],
};

/** A connector, made as Logto makes it and used as a script that sends would use it. */
export async function send(): Promise<unknown> {
  const connector = await createConnector({ getConfig: async () => every });
  const type: ConnectorType.Sms = connector.type;
  const { data } = connector.configGuard.safeParse(least);
  const payload = { code: '246810' };
  const message = { to: '8613800138000', type: TemplateType.SignIn, payload };
  return [type, data, await connector.sendMessage(message, least)];
}
