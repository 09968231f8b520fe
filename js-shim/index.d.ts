import type { CreateConnector, SmsConnector } from '@logto/connector-kit';

/** The connector's factory, as Logto's loader calls it. */
declare const createConnector: CreateConnector<SmsConnector>;
export default createConnector;

/** The connector's configuration. Empty texts, lists and objects count as absent. */
export interface TencentSmsConfig {
  /** SecretId of a Tencent Cloud API key. */
  accessKeyId: string;
  /** SecretKey of that API key. */
  accessKeySecret: string;
  /** Text of an approved signature, without its 【】. */
  signName: string;
  /** SDKAppID of an application in the SMS console. */
  sdkAppId: string | number;
  /** Region of the service. Default: `ap-guangzhou`. */
  region?: string;
  /** One entry must be for `Generic`; every usage type without an entry of its own uses that. */
  templates: TencentSmsTemplate[];
  /**
   * Where the API is reached: a host below `tencentcloudapi.com`, or a loopback URL. Default:
   * `sms.tencentcloudapi.com`.
   */
  endpoint?: string;
  /** Token that belongs to temporary (STS) keys. */
  securityToken?: string;
  /** How long one send may take in all, from 1 to 60 seconds. Default: 8. */
  timeoutSeconds?: number;
}

/** Which template serves a usage type. */
export interface TencentSmsTemplate {
  /** Logto's name for the occasion: `SignIn`, `Register`, `ForgotPassword`, `Generic`, … */
  usageType: string;
  /** ID of an approved template. `<…>` counts as not filled in. */
  templateCode: string | number;
  /**
   * Values of the template's `{1}`, `{2}`, …, with `{{handlebars}}` for what Logto hands over.
   * Default: `["{{code}}"]`, or `["{{link}}"]` for a message that has only a link.
   */
  templateParams?: (string | number)[];
}
