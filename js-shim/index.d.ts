import type { CreateConnector, SmsConnector } from '@logto/connector-kit';

/** The connector's factory, as Logto's loader calls it. */
declare const createConnector: CreateConnector<SmsConnector>;
export default createConnector;

/**
 * The message of the tracing channel `tracing:connector-tencent-sms-wasm:send`, complete when `asyncEnd` is
 * published. It contains nothing personal.
 */
export interface SendTrace {
  /** Absent if the config or the message cannot be read. */
  side?: 'mainland' | 'overseas';
  /** Logto's usage type, such as `SignIn`, or `other` for one that this version does not know. */
  usageType?: string;
  /** `unknown` means that the message may or may not have been sent. */
  outcome: 'accepted' | 'refused' | 'not-sent' | 'unknown';
  /** Tencent's error code. */
  tencentCode?: string;
  /** Tencent's ID of the message. */
  serialNo?: string;
  /** Tencent's ID of the request. */
  requestId?: string;
  /** The number of requests of SendSms that were made. */
  attempts: number;
  durationMs: number;
}

// Generated from config/keys.js by make generate.

/**
 * The connector's configuration, as Logto stores it. Empty texts, `null`, `[]` and `{}` count as
 * absent.
 */
export interface TencentSmsConfig {
  /**
   * SecretId of a Tencent Cloud API key, or a reference to it: `env:NAME` or `file:/path`. Required
   * without `credentials`.
   */
  accessKeyId?: string;
  /** SecretKey of that API key, or a reference to it. Required without `credentials`. */
  accessKeySecret?: string;
  /**
   * Text of an approved signature, without its 【】. Required where a template serves the mainland.
   * Sent to numbers outside the mainland only by a config that makes no difference between the
   * sides.
   */
  signName?: string;
  /** SDKAppID of an application in the SMS console. */
  sdkAppId: string | number;
  /** Region of the service. Default: `ap-guangzhou`. */
  region?: string;
  /** One entry must be for `Generic`; every usage type without an entry of its own uses that. */
  templates: TencentSmsTemplate[];
  /** Settings for numbers outside mainland China. Hong Kong, Macao and Taiwan are on that side. */
  overseas?: TencentSmsOverseas;
  /**
   * Country calling codes that messages may go to, such as `"86, 852"` or `["86", "852"]`; the
   * first digits of the national number may follow, as in `"1876"`, and `!` in front of a code
   * blocks it, as in `"1, !1876"`. The longest code that a number begins with decides. Messages to
   * other numbers are refused before anything is sent. Default: all.
   */
  allowedCallingCodes?: string | (string | number)[];
  /**
   * Limits on the number of messages; `docs/spending.md` explains them. Default: nothing is
   * limited.
   */
  limits?: TencentSmsLimits;
  /**
   * If `true`, eleven digits such as `13800138000` are a mainland mobile number without its calling
   * code. If `false`, they are a North American number, as in Logto's own form. Default: `false`.
   */
  bareNumbersAreMainland?: boolean;
  /**
   * Address of the API: a host below `tencentcloudapi.com`, or a loopback URL. Default:
   * `sms.tencentcloudapi.com`.
   */
  endpoint?: string;
  /** Token that belongs to a temporary (STS) key, or a reference to it. */
  securityToken?: string;
  /**
   * Source of temporary keys, instead of an API key: `cvm-role` or `cvm-role:NAME` for the role of
   * a Tencent Cloud machine, `tke-oidc` for the role of a pod in TKE.
   */
  credentials?: string;
  /**
   * Seconds that one send may take in all, from 1 to 60, also with decimals. The sign-in page gives
   * up after about 10. Default: `8`.
   */
  timeoutSeconds?: number | string;
}

/** The template that serves a usage type. */
export interface TencentSmsTemplate {
  /**
   * Logto's name for the purpose of a message: `SignIn`, `Register`, `ForgotPassword`, `Generic`, …
   */
  usageType: string;
  /** ID of an approved template, or one for each side. `<…>` counts as not filled in. */
  templateCode: string | number | { china?: string | number; overseas?: string | number };
  /**
   * Values of the template's `{1}`, `{2}`, …, with `{{handlebars}}` for what Logto provides.
   * Default: `["{{code}}"]`, or `["{{link}}"]` for a message that has only a link.
   */
  templateParams?: (string | number)[];
  /** Language of the template, as a tag such as `zh-TW`. Without one it serves every reader. */
  locale?: string;
}

/**
 * Keys that replace those at the top level. A separate API key is a pair; `signName` is not
 * inherited.
 */
export interface TencentSmsOverseas {
  /** Text of a signature that is approved for the international side. Not needed there. */
  signName?: string;
  /** Sender ID, if Tencent has granted one. */
  senderId?: string;
  /** Replaces the key of that name at the top level. */
  sdkAppId?: string | number;
  /** Replaces the key of that name at the top level. */
  region?: string;
  /** Replaces the key of that name at the top level. */
  endpoint?: string;
  /**
   * For a separate account: `accessKeyId` with `accessKeySecret`, and `securityToken` with a
   * temporary key; or `credentials`.
   */
  accessKeyId?: string;
  /**
   * For a separate account: `accessKeyId` with `accessKeySecret`, and `securityToken` with a
   * temporary key; or `credentials`.
   */
  accessKeySecret?: string;
  /**
   * For a separate account: `accessKeyId` with `accessKeySecret`, and `securityToken` with a
   * temporary key; or `credentials`.
   */
  securityToken?: string;
  /**
   * For a separate account: `accessKeyId` with `accessKeySecret`, and `securityToken` with a
   * temporary key; or `credentials`.
   */
  credentials?: string;
}

/** Limits on the number of messages, each as a number and a time: `20/1h`. */
export interface TencentSmsLimits {
  /**
   * For each address of end users; an IPv6 address counts with its first 64 bits. Behind a proxy,
   * Logto needs `TRUST_PROXY_HEADER=1`.
   */
  perIp?: string;
  /** For each number. */
  perNumber?: string;
  /** For all numbers together that differ only in the last four digits. */
  perRange?: string;
  /**
   * For each country calling code; `*` is for each code that is not named. A number counts for the
   * longest named code that it begins with.
   */
  perCallingCode?: Record<string, string>;
  /** For all messages together. */
  total?: string;
  /**
   * `monitor` refuses nothing, neither for the limits nor for `allowedCallingCodes`, and prints
   * what would be refused, in at most one line a minute. Default: `enforce`.
   */
  mode?: string;
  /**
   * The place of the counts. `memory`: each process counts for itself. `redis`: all processes share
   * the counts in the Redis of `TENCENT_SMS_REDIS_URL`, or of `REDIS_URL`, which Logto uses too.
   * Default: `memory`.
   */
  store?: string;
  /**
   * Numbers that are never refused, neither for the limits nor for `allowedCallingCodes`. Messages
   * to them are not counted.
   */
  exempt?: string[];
}

// End of the generated part.
