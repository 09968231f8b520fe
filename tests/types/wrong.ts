/** Code that the compiler must refuse. If it accepts a line, the comment above that line is an error. */

import type { CreateConnector, EmailConnector } from '@logto/connector-kit';
import createConnector, { type TencentSmsConfig } from 'connector-tencent-sms-wasm';
// @ts-expect-error The inner modules are not exported.
import type {} from 'connector-tencent-sms-wasm/lib/core.js';

// @ts-expect-error The connector sends no e-mail.
export const factory: CreateConnector<EmailConnector> = createConnector;
// @ts-expect-error `getConfig` is missing.
createConnector({});

declare const config: TencentSmsConfig;
const { sdkAppId, ...withoutApplication } = config;
const { templates, ...withoutTemplates } = config;
const template = { usageType: 'Generic', templateCode: '1110' };

export const wrong: TencentSmsConfig[] = [
  // @ts-expect-error
  withoutApplication,
  // @ts-expect-error
  withoutTemplates,
  // @ts-expect-error
  { ...config, accessKeyId: 1 },
  // @ts-expect-error
  { ...config, accessKeySecret: 1 },
  // @ts-expect-error
  { ...config, securityToken: 1 },
  // @ts-expect-error
  { ...config, credentials: true },
  // @ts-expect-error
  { ...config, signName: 1 },
  // @ts-expect-error
  { ...config, sdkAppId: true },
  // @ts-expect-error
  { ...config, region: 1 },
  // @ts-expect-error
  { ...config, endpoint: new URL('https://sms.tencentcloudapi.com') },
  // @ts-expect-error
  { ...config, templates: template },
  // @ts-expect-error
  { ...config, overseas: '1110' },
  // @ts-expect-error
  { ...config, allowedCallingCodes: 86 },
  // @ts-expect-error
  { ...config, limits: { perIp: 20 } },
  // @ts-expect-error
  { ...config, bareNumbersAreMainland: 'true' },
  // @ts-expect-error
  { ...config, timeoutSeconds: true },
  // @ts-expect-error
  { ...config, sdkAppID: '1400006666' },
  // @ts-expect-error
  { ...config, templates: [{ templateCode: '1110' }] },
  // @ts-expect-error
  { ...config, templates: [{ usageType: 'Generic' }] },
  // @ts-expect-error
  { ...config, templates: [{ ...template, usageType: 1 }] },
  // @ts-expect-error
  { ...config, templates: [{ ...template, templateCode: { mainland: '1110' } }] },
  // @ts-expect-error
  { ...config, templates: [{ ...template, templateParams: '{{code}}' }] },
  // @ts-expect-error
  { ...config, templates: [{ ...template, templateParams: [true] }] },
  // @ts-expect-error
  { ...config, templates: [{ ...template, locale: ['en'] }] },
  // @ts-expect-error
  { ...config, templates: [{ ...template, language: 'en' }] },
  // @ts-expect-error
  { ...config, overseas: { templates: [] } },
  // @ts-expect-error
  { ...config, overseas: { senderId: 1 } },
];
