/**
 * The sentences of the command line, by language. The sentences of the report are the core's: they stand in its
 * catalogue of texts.
 */

const en = {
  help: `Usage: connector-tencent-sms-wasm doctor <file> [options]

Finds mistakes in a config of this connector before a user does. The doctor checks the config, and asks Tencent
Cloud about its key, application, signatures, templates, packages and deliveries, without changing anything.

  <file>             the config as JSON, or the answer of Logto's GET /api/connectors; - for standard input
  --to <number>      send one real message to this number afterwards, and follow it to the phone
  --number <number>  show what became of the last messages to this number, and send nothing
  --offline          check the config only
  --json             print the findings as JSON, in English
  --lang <language>  print everything else in en or zh-CN; default: TENCENT_SMS_LANG, or the locale
  --help             show this text

Write a number with + and its calling code, such as +8613800138000.

If the config has no accessKeyId and no accessKeySecret, the key is taken from the environment:
TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for a temporary key, TENCENTCLOUD_TOKEN.

Exit status: 0 without errors, 1 with errors, 2 if the doctor could not run.
`,
  /** @param {string} name */
  noCommand: (name) => `There is no command "${name}".`,
  /** @param {string} name */
  noLanguage: (name) => `--lang must be en or zh-CN, not "${name}".`,
  oneFile: 'The doctor takes one file: the config.',
  toOrOffline: '--to sends a message, but --offline forbids it: choose one.',
  numberOrOffline: '--number asks Tencent, but --offline forbids it: choose one.',
  numberOrTo: '--number shows earlier messages, but --to sends a new one: choose one.',
  standardInput: 'Standard input',
  /** @param {string} name @param {string} code */
  notReadable: (name, code) => `${name} cannot be read: ${code}`,
  unknownError: 'unknown error',
  examining: 'asking Tencent',
  following: 'following the message, for a minute at most',
  stopped: 'The core stopped unexpectedly. Please report this, with the version of Node.',
};

/** @typedef {typeof en} Texts */

/** @type {Texts} */
const zhCN = {
  help: `用法：connector-tencent-sms-wasm doctor <文件> [选项]

在用户遇到问题之前，找出本连接器配置中的错误。doctor 先检查配置，再向腾讯云查询密钥、应用、签名、模板、
套餐包和送达情况，不做任何修改。

  <文件>             JSON 格式的配置，或 Logto 的 GET /api/connectors 的应答；- 表示标准输入
  --to <号码>        检查后向该号码发送一条真实短信，并跟踪到手机
  --number <号码>    查看最近发往该号码的短信的下落，不发送短信
  --offline          只检查配置
  --json             以 JSON 输出检查结果（英文）
  --lang <语言>      其余输出使用 en 或 zh-CN；默认取 TENCENT_SMS_LANG，或系统的语言环境
  --help             显示本说明

号码须带 + 和国家/地区码，例如 +8613800138000。

如果配置中没有 accessKeyId 和 accessKeySecret，则从环境变量读取密钥：TENCENTCLOUD_SECRET_ID、
TENCENTCLOUD_SECRET_KEY，临时密钥还需要 TENCENTCLOUD_TOKEN。

退出状态：0 没有错误，1 有错误，2 无法检查。
`,
  noCommand: (name) => `没有“${name}”这个命令。`,
  noLanguage: (name) => `--lang 必须是 en 或 zh-CN，不能是“${name}”。`,
  oneFile: 'doctor 需要一个文件：配置文件。',
  toOrOffline: '--to 会发送短信，而 --offline 不允许：请二选一。',
  numberOrOffline: '--number 需要向腾讯云查询，而 --offline 不允许：请二选一。',
  numberOrTo: '--number 查看以前的短信，而 --to 发送新短信：请二选一。',
  standardInput: '标准输入',
  notReadable: (name, code) => `无法读取 ${name}：${code}`,
  unknownError: '未知错误',
  examining: '正在向腾讯云查询',
  following: '正在跟踪短信，最多一分钟',
  stopped: '连接器内核意外停止。请反馈给我们，并注明 Node 的版本。',
};

export const texts = { en, 'zh-CN': zhCN };
