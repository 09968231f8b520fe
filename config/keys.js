/**
 * The keys of the config. Each key is declared only here. `make generate` writes the TypeScript types, the Console's
 * form, the JSON Schema and the tables of docs and guides from these declarations. The Console's form uses the same
 * order.
 */

import { hasCode, hasGeneric, mainlandNeedsSignName, needsKey, wholeAccount } from './schema.js';

/**
 * @typedef {object} Key
 * @property {string} name
 * @property {true} [required]
 * @property {import('./schema.js').Schema} schema the valid values; the TypeScript type is derived from it
 * @property {string | number | boolean} [default] the value of a config without the key
 * @property {string} description a text in Markdown for authors of config files, in types, schema and
 *   docs/configuration.md; the default is added to it
 * @property {{ en: string, de: string, 'zh-CN': string }} guide a text for operators, in the tables of the guides;
 *   `{default}` stands for the default
 *
 * @typedef {object} FormItem
 * @property {string} label
 * @property {'Text' | 'Number' | 'Switch' | 'Json'} type
 * @property {true} [isConfidential]
 * @property {string} [placeholder] the text of an empty field; without one, the field shows the default
 * @property {object} [defaultValue] the first value of a JSON field
 * @property {string} [description] a text below the field; `{default}` stands for the default
 *
 * @typedef {Key & { form: FormItem }} FormKey
 *
 * @typedef {object} ConfigObject
 * @property {string} description
 * @property {object} [schema] the rules between its keys
 * @property {Key[]} keys
 */

/** @satisfies {ConfigObject & { keys: FormKey[] }} */
export const config = {
  description:
    "The connector's configuration, as Logto stores it. Empty texts, `null`, `[]` and `{}` count as absent.",
  schema: { allOf: [mainlandNeedsSignName, needsKey] },
  keys: [
    {
      name: 'accessKeyId',
      // The parts of a key are not `required`, because an operator may use temporary keys instead.
      schema: { $ref: '#/$defs/keyPart' },
      description:
        'SecretId of a Tencent Cloud API key, or a reference to it: `env:NAME` or `file:/path`. ' +
        'Required without `credentials`.',
      form: {
        label: 'SecretId',
        type: 'Text',
        placeholder: '<secret-id>',
        description:
          'Required, unless there are temporary keys: the SecretId of an API key, under Access Management > ' +
          "Access Key > API Keys (访问管理 > 访问密钥). Or env:TENCENTCLOUD_SECRET_ID, for example, to keep it out of Logto's database.",
      },
      guide: {
        en: 'SecretId of an API key, or a reference to it; required without `credentials`',
        de: 'eines API-Schlüssels, oder ein Verweis darauf; Pflicht ohne `credentials`',
        'zh-CN': 'API 密钥的 SecretId，或对它的引用；未填 `credentials` 时必填',
      },
    },
    {
      name: 'accessKeySecret',
      schema: { $ref: '#/$defs/secretKey' },
      description:
        'SecretKey of that API key, or a reference to it. Required without `credentials`.',
      form: {
        label: 'SecretKey',
        type: 'Text',
        isConfidential: true,
        placeholder: '<secret-key>',
        description:
          'Required, unless there are temporary keys: the SecretKey of the same API key. Or ' +
          'env:TENCENTCLOUD_SECRET_KEY, for example.',
      },
      guide: {
        en: 'SecretKey of the same API key, or a reference to it; required without `credentials`',
        de: 'desselben Schlüssels, oder ein Verweis darauf; Pflicht ohne `credentials`',
        'zh-CN': '同一 API 密钥的 SecretKey，或对它的引用；未填 `credentials` 时必填',
      },
    },
    {
      name: 'signName',
      // The key is not `required`, because an operator who sends nothing to the mainland has no signature.
      schema: { $ref: '#/$defs/signature' },
      description:
        'Text of an approved signature, without its 【】. Required where a template serves the mainland. ' +
        'Sent to numbers outside the mainland only by a config that makes no difference between the sides.',
      form: {
        label: 'Signature (签名)',
        type: 'Text',
        placeholder: '<sign-name>',
        description:
          'The text of an approved signature, without 【】; not its ID. It may stay empty only if every ' +
          'template is for numbers outside mainland China: "templateCode": { "overseas": "…" }.',
      },
      guide: {
        en: 'text of an approved signature; required if a template serves mainland China',
        de: 'Signaturtext; Pflicht bei einer Vorlage für das Festland',
        'zh-CN': '已审核通过的签名内容；有模板用于国内短信时必填',
      },
    },
    {
      name: 'sdkAppId',
      required: true,
      schema: { $ref: '#/$defs/number' },
      description: 'SDKAppID of an application in the SMS console.',
      form: {
        label: 'SDKAppID',
        type: 'Text',
        placeholder: '1400006666',
        description:
          'The SDKAppID of an application: SMS console > Application Management (应用管理). ' +
          'Not the APPID of the account.',
      },
      guide: {
        en: 'SDKAppID of an application',
        de: 'einer Anwendung',
        'zh-CN': '应用的 SDKAppID',
      },
    },
    {
      name: 'region',
      schema: { $ref: '#/$defs/region' },
      default: 'ap-guangzhou',
      description: 'Region of the service.',
      form: {
        label: 'Region (地域)',
        type: 'Text',
        description:
          'The region of your application and its templates. Leave it empty for {default}. ' +
          'Accounts of the international site usually use ap-singapore.',
      },
      guide: {
        en: 'default `{default}`',
        de: 'Standard: `{default}`',
        'zh-CN': '默认 `{default}`',
      },
    },
    {
      name: 'templates',
      required: true,
      schema: { type: 'array', items: { $ref: '#/$defs/template' }, ...hasGeneric },
      description:
        'One entry must be for `Generic`; every usage type without an entry of its own uses that.',
      form: {
        label: 'Templates (正文模板)',
        type: 'Json',
        // js-shim/metadata.js adds the first entries, because it takes the usage types from Logto's kit.
        description:
          'Generic needs the ID of an approved template (模板 ID). An entry without an ID uses the template ' +
          'of Generic. ' +
          'A template for each side: "templateCode": { "china": "…", "overseas": "…" }. ' +
          'A template with {1} and {2}: "templateParams": ["{{code}}", "10"]. ' +
          'A template for each language: one entry for each, with "locale": "zh-CN".',
      },
      guide: {
        en: 'one of them for `Generic`',
        de: 'eine davon für `Generic`',
        'zh-CN': '其中一条用于 `Generic`',
      },
    },
    {
      name: 'overseas',
      schema: { $ref: '#/$defs/overseas' },
      description:
        'Settings for numbers outside mainland China. Hong Kong, Macao and Taiwan are on that side.',
      form: {
        label: 'Outside mainland China (国际/港澳台)',
        type: 'Json',
        // The Console cannot save a form with an untouched JSON field that has no first value.
        defaultValue: {},
        description:
          'Settings for numbers outside mainland China (including Hong Kong, Macao and Taiwan); {} for none. ' +
          'The keys are "signName" (an international signature; not required), "senderId", "sdkAppId", ' +
          '"region", "endpoint", and for a separate account "accessKeyId" with "accessKeySecret".',
      },
      guide: {
        en: 'settings that differ for numbers outside the mainland',
        de: 'was außerhalb des Festlands anders ist',
        'zh-CN': '境外号码的不同之处',
      },
    },
    {
      name: 'allowedCallingCodes',
      schema: { $ref: '#/$defs/callingCodes' },
      description:
        'Country calling codes that messages may go to, such as `"86, 852"` or `["86", "852"]`; the first ' +
        'digits of the national number may follow, as in `"1876"`, and `!` in front of a code blocks it, as in ' +
        '`"1, !1876"`. The longest code that a number begins with decides. Messages to other numbers are ' +
        'refused before anything is sent. Default: all.',
      form: {
        label: 'Allowed calling codes',
        type: 'Text',
        description:
          'Country calling codes that messages may go to, such as 86, 852; !1876 blocks a code. Leave it empty ' +
          'to allow all. A list protects you from paying for messages to expensive countries.',
      },
      guide: {
        en: 'country calling codes that are allowed, such as `86, 852`, also longer ones such as `1876`; `!1876` is blocked; default: all',
        de: 'erlaubte Ländervorwahlen, etwa `86, 852`, auch längere wie `1876`; `!1876` ist gesperrt; Standard: alle',
        'zh-CN':
          '允许发往的国家/地区码，例如 `86, 852`，也可更长，例如 `1876`；`!1876` 表示禁止；默认不限',
      },
    },
    {
      name: 'limits',
      schema: { $ref: '#/$defs/limits' },
      description:
        'Limits on the number of messages; `docs/spending.md` explains them. Default: nothing is limited.',
      form: {
        label: 'Limits on messages (发送量限制)',
        type: 'Json',
        defaultValue: {},
        description:
          'How many messages in which time; {} for no limit. A good start: { "perIp": "20/1h", ' +
          '"perNumber": "5/1h", "perRange": "30/1h", "perCallingCode": { "86": "5000/1h", "*": "200/1h" }, ' +
          '"total": "20000/1d", "mode": "monitor" }. With "monitor" nothing is refused, and the server\'s ' +
          'console shows what would be; then "enforce". Leave perIp out if Logto is behind a proxy without ' +
          'TRUST_PROXY_HEADER.',
      },
      guide: {
        en: 'how many messages in which time; see "Limits" above',
        de: 'wie viele Nachrichten in welcher Zeit; siehe oben, „Limits“',
        'zh-CN': '各时间段内的发送量上限，见上文“限制”',
      },
    },
    {
      name: 'bareNumbersAreMainland',
      schema: { type: 'boolean' },
      default: false,
      description:
        'If `true`, eleven digits such as `13800138000` are a mainland mobile number without its calling ' +
        "code. If `false`, they are a North American number, as in Logto's own form.",
      form: {
        label: 'Numbers without calling code are mainland Chinese',
        type: 'Switch',
        description:
          'A test with 13800138000 goes to +1 380 013 8000 unless this is on. Turn it on if Logto has ' +
          'mainland numbers without 86. Numbers in the USA and Canada with area codes from 3 to 9 ' +
          'cannot be reached while it is on.',
      },
      guide: {
        en: '`13800138000` is `+8613800138000`; North American numbers with area codes from 3 to 9 cannot be reached then; default `{default}`',
        de: '`13800138000` ist `+8613800138000`; nordamerikanische Nummern mit Vorwahlen von 3 bis 9 sind dann unerreichbar; Standard: `{default}`',
        'zh-CN':
          '`13800138000` 视为 `+8613800138000`，此时区号以 3 至 9 开头的北美号码无法送达；默认 `{default}`',
      },
    },
    {
      name: 'endpoint',
      schema: { $ref: '#/$defs/endpoint' },
      default: 'sms.tencentcloudapi.com',
      description: 'Address of the API: a host below `tencentcloudapi.com`, or a loopback URL.',
      form: {
        label: 'Endpoint',
        type: 'Text',
        description:
          'Leave it empty for the nearest access point. Accounts of the international site use ' +
          'sms.intl.tencentcloudapi.com. To try the connector without sending messages, enter the ' +
          'address of a local sandbox, such as http://127.0.0.1:4180.',
      },
      guide: {
        en: 'default `{default}`; international site: `sms.intl.tencentcloudapi.com`',
        de: 'Standard: `{default}`; internationales Portal: `sms.intl.tencentcloudapi.com`',
        'zh-CN': '接口域名，默认 `{default}`；国际站为 `sms.intl.tencentcloudapi.com`',
      },
    },
    {
      name: 'securityToken',
      schema: { $ref: '#/$defs/keyPart' },
      description: 'Token that belongs to a temporary (STS) key, or a reference to it.',
      form: {
        label: 'Security token',
        type: 'Text',
        isConfidential: true,
        description: 'Required only for temporary API keys (STS, 临时密钥).',
      },
      guide: {
        en: 'with temporary keys (STS)',
        de: 'bei temporären Schlüsseln (STS)',
        'zh-CN': '使用临时密钥（STS）时填写',
      },
    },
    {
      name: 'credentials',
      schema: { $ref: '#/$defs/credentials' },
      description:
        'Source of temporary keys, instead of an API key: `cvm-role` or `cvm-role:NAME` for the role of a Tencent ' +
        'Cloud machine, `tke-oidc` for the role of a pod in TKE.',
      form: {
        label: 'Temporary keys (临时密钥)',
        type: 'Text',
        description:
          'Instead of SecretId and SecretKey, on Tencent Cloud: cvm-role for the role of the machine, ' +
          'cvm-role:NAME for a certain role, tke-oidc for the role of a pod in TKE.',
      },
      guide: {
        en: 'instead of an API key, on Tencent Cloud: `cvm-role`, `cvm-role:NAME` or `tke-oidc`',
        de: 'statt eines API-Schlüssels, in der Tencent Cloud: `cvm-role`, `cvm-role:NAME` oder `tke-oidc`',
        'zh-CN': '代替 API 密钥，用于腾讯云：`cvm-role`、`cvm-role:NAME` 或 `tke-oidc`',
      },
    },
    {
      name: 'timeoutSeconds',
      schema: { $ref: '#/$defs/seconds' },
      default: 8,
      description:
        'Seconds that one send may take in all, from 1 to 60, also with decimals. The sign-in page gives up ' +
        'after about 10.',
      form: {
        label: 'Timeout in seconds',
        type: 'Number',
        description:
          'The time for one message, from 1 to 60. Leave it empty for {default}: the sign-in page waits ' +
          'for about 10 seconds.',
      },
      guide: {
        en: 'for one message, 1 to 60; default {default}, as the sign-in page waits about 10',
        de: 'je SMS, 1 bis 60; Standard: {default}, da die Anmeldeseite etwa 10 wartet',
        'zh-CN': '单条短信的时限，1 至 60 秒；默认 {default}，因为登录页约等待 10 秒',
      },
    },
  ],
};

/** @type {ConfigObject} */
export const limits = {
  description: 'Limits on the number of messages, each as a number and a time: `20/1h`.',
  keys: [
    {
      name: 'perIp',
      schema: { $ref: '#/$defs/limit' },
      description:
        'For each address of end users; an IPv6 address counts with its first 64 bits. Behind a proxy, Logto needs ' +
        '`TRUST_PROXY_HEADER=1`.',
      guide: {
        en: "for each end user's address; behind a proxy, Logto needs `TRUST_PROXY_HEADER`",
        de: 'je Adresse der Endbenutzer; hinter einem Proxy braucht Logto `TRUST_PROXY_HEADER`',
        'zh-CN': '每个最终用户 IP；Logto 位于代理之后时须设置 `TRUST_PROXY_HEADER`',
      },
    },
    {
      name: 'perNumber',
      schema: { $ref: '#/$defs/limit' },
      description: 'For each number.',
      guide: { en: 'for each number', de: 'je Nummer', 'zh-CN': '每个号码' },
    },
    {
      name: 'perRange',
      schema: { $ref: '#/$defs/limit' },
      description: 'For all numbers together that differ only in the last four digits.',
      guide: {
        en: 'for numbers that differ only in the last four digits',
        de: 'je Nummernblock (alles außer den letzten vier Ziffern)',
        'zh-CN': '仅末四位不同的一段号码',
      },
    },
    {
      name: 'perCallingCode',
      schema: { $ref: '#/$defs/limitsByCallingCode' },
      description:
        'For each country calling code; `*` is for each code that is not named. A number counts for the longest ' +
        'named code that it begins with.',
      guide: {
        en: 'for each country calling code; `*` for each of the others',
        de: 'je Ländervorwahl; `*` für jede andere',
        'zh-CN': '每个国家/地区码；`*` 适用于其余每一个',
      },
    },
    {
      name: 'total',
      schema: { $ref: '#/$defs/limit' },
      description: 'For all messages together.',
      guide: { en: 'for all messages', de: 'für alle Nachrichten', 'zh-CN': '全部短信' },
    },
    {
      name: 'mode',
      schema: { $ref: '#/$defs/mode' },
      default: 'enforce',
      description:
        '`monitor` refuses nothing, neither for the limits nor for `allowedCallingCodes`, and prints what would be ' +
        'refused, in at most one line a minute.',
      guide: {
        en: '`monitor` refuses nothing and reports; default `{default}`',
        de: '`monitor` lehnt nichts ab und meldet nur; Standard: `{default}`',
        'zh-CN': '`monitor` 只记录、不拒绝；默认 `{default}`',
      },
    },
    {
      name: 'store',
      schema: { type: 'string', enum: ['memory', 'redis'] },
      default: 'memory',
      description:
        'The place of the counts. `memory`: each process counts for itself. `redis`: all processes share the counts in ' +
        'the Redis of `TENCENT_SMS_REDIS_URL`, or of `REDIS_URL`, which Logto uses too.',
      guide: {
        en: '`redis`: all Logto processes count together, in the Redis of `REDIS_URL`; default `{default}`',
        de: '`redis`: alle Logto-Prozesse zählen gemeinsam, im Redis von `REDIS_URL`; Standard: `{default}`',
        'zh-CN':
          '`redis` 表示所有 Logto 进程通过 `REDIS_URL` 指向的 Redis 共用计数；默认 `{default}`',
      },
    },
    {
      name: 'exempt',
      schema: { $ref: '#/$defs/phoneNumbers' },
      description:
        'Numbers that are never refused, neither for the limits nor for `allowedCallingCodes`. Messages to them are ' +
        'not counted.',
      guide: {
        en: 'numbers that are never refused',
        de: 'Nummern, die nie abgelehnt werden',
        'zh-CN': '不受限制的号码',
      },
    },
  ],
};

/** @type {ConfigObject} */
export const template = {
  description: 'The template that serves a usage type.',
  schema: hasCode,
  keys: [
    {
      name: 'usageType',
      required: true,
      schema: {
        $ref: '#/$defs/ascii',
        examples: [
          'Generic',
          'SignIn',
          'Register',
          'ForgotPassword',
          'OrganizationInvitation',
          'UserPermissionValidation',
          'BindNewIdentifier',
          'MfaVerification',
          'BindMfa',
        ],
      },
      description:
        "Logto's name for the purpose of a message: `SignIn`, `Register`, `ForgotPassword`, `Generic`, …",
      guide: {
        en: '`Generic`, `SignIn`, `Register`, `ForgotPassword`, …',
        de: '`Generic`, `SignIn`, `Register`, `ForgotPassword`, …',
        'zh-CN': '`Generic`、`SignIn`、`Register`、`ForgotPassword`……',
      },
    },
    {
      name: 'templateCode',
      required: true,
      schema: { $ref: '#/$defs/templateCode' },
      description:
        'ID of an approved template, or one for each side. `<…>` counts as not filled in.',
      guide: {
        en: 'template ID, or `china` and `overseas`',
        de: 'Vorlagen-ID, oder `china` und `overseas`',
        'zh-CN': '模板 ID，或含 `china` 和 `overseas` 的对象',
      },
    },
    {
      name: 'templateParams',
      schema: { type: 'array', items: { $ref: '#/$defs/identifier' } },
      description:
        "Values of the template's `{1}`, `{2}`, …, with `{{handlebars}}` for what Logto provides. " +
        'Default: `["{{code}}"]`, or `["{{link}}"]` for a message that has only a link.',
      guide: {
        en: 'default `["{{code}}"]`; `["{{link}}"]` for a message with only a link',
        de: 'Standard: `["{{code}}"]`, oder `["{{link}}"]` bei einer Nachricht nur mit Link',
        'zh-CN': '默认 `["{{code}}"]`；只含链接的消息为 `["{{link}}"]`',
      },
    },
    {
      name: 'locale',
      schema: { $ref: '#/$defs/locale' },
      description:
        'Language of the template, as a tag such as `zh-TW`. Without one it serves every reader.',
      guide: {
        en: 'language, such as `de`',
        de: 'Sprache, etwa `de`',
        'zh-CN': '模板语言，例如 `de`',
      },
    },
  ],
};

const insteadOfTopLevel = {
  description: 'Replaces the key of that name at the top level.',
  guide: { en: 'instead of those above', de: 'statt der obigen', 'zh-CN': '代替上面的同名字段' },
};

const ofItsOwnAccount = {
  description:
    'For a separate account: `accessKeyId` with `accessKeySecret`, and `securityToken` with a temporary key; ' +
    'or `credentials`.',
  guide: { en: 'an account of its own', de: 'eines eigenen Kontos', 'zh-CN': '另一个账号的密钥' },
};

/** @type {ConfigObject} */
export const overseas = {
  description:
    'Keys that replace those at the top level. A separate API key is a pair; `signName` is not inherited.',
  schema: wholeAccount,
  keys: [
    {
      name: 'signName',
      schema: { $ref: '#/$defs/signature' },
      description:
        'Text of a signature that is approved for the international side. Not needed there.',
      guide: {
        en: 'international signature',
        de: 'internationale Signatur',
        'zh-CN': '国际/港澳台短信的签名',
      },
    },
    {
      name: 'senderId',
      schema: { $ref: '#/$defs/text' },
      description: 'Sender ID, if Tencent has granted one.',
      guide: {
        en: 'if Tencent granted one',
        de: 'falls Tencent eine vergeben hat',
        'zh-CN': '腾讯云分配的 Sender ID（如有）',
      },
    },
    { name: 'sdkAppId', schema: { $ref: '#/$defs/number' }, ...insteadOfTopLevel },
    { name: 'region', schema: { $ref: '#/$defs/region' }, ...insteadOfTopLevel },
    { name: 'endpoint', schema: { $ref: '#/$defs/endpoint' }, ...insteadOfTopLevel },
    { name: 'accessKeyId', schema: { $ref: '#/$defs/keyPart' }, ...ofItsOwnAccount },
    { name: 'accessKeySecret', schema: { $ref: '#/$defs/secretKey' }, ...ofItsOwnAccount },
    { name: 'securityToken', schema: { $ref: '#/$defs/keyPart' }, ...ofItsOwnAccount },
    { name: 'credentials', schema: { $ref: '#/$defs/credentials' }, ...ofItsOwnAccount },
  ],
};
