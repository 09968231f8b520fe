/** The sentences of the command `setup`, by language. The sentences of its report are the core's. */

const en = {
  help: `Usage: connector-tencent-sms-wasm setup <file> --logto <url> [options]
       connector-tencent-sms-wasm setup --export --logto <url>

Stores a config of this connector in a running Logto, through its Management API. Without --apply, it only shows
what would change. Secrets are never shown.

  <file>           the config as JSON; - for standard input
  --logto <url>    the URL of Logto's sign-in page, such as https://auth.example.com; else LOGTO_ENDPOINT
  --apply          store the config, and read it back
  --test <number>  let Logto send one real message with the config; with --apply, before the config is stored
  --replace <id>   allow the SMS connector with this ID to be replaced; its config is first written to a file here
  --restore        the file is such a written connector: put it back
  --export         print the stored config, with its secrets masked
  --json           print the result as JSON
  --lang <tag>     the language: en or zh-CN
  --help           show this text

Logto's Console makes the machine-to-machine application: Applications > Create application > Machine-to-machine,
with the role "Logto Management API access". Its ID and secret are taken from the environment: LOGTO_APP_ID and
LOGTO_APP_SECRET.

Exit status: 0 if Logto has the config, 1 if it has not (there are differences, the test message failed, or the
config was refused), 2 if Logto could not be asked.
`,
  oneFile: 'setup takes one file: the config.',
  exportAlone: '--export takes no file, and neither --apply nor --test nor --replace.',
  noUrl: '--logto or LOGTO_ENDPOINT must give the URL of Logto, such as https://auth.example.com.',
  wrongUrl:
    '--logto must be a URL that begins with https:// or http://, without a password, ? or #.',
  noApplication:
    'LOGTO_APP_ID and LOGTO_APP_SECRET must give a machine-to-machine application of Logto, see --help.',
  plain:
    'This URL begins with http://, so the secrets are not encrypted on their way. Use it within a machine or a private network only.',
  standardInput: 'Standard input',
  asking: 'asking Logto',
  /** @param {string} file */
  wrote: (file) =>
    `The other connector, with its secrets, is in ${file}. To go back: setup ${file} --restore --replace <id of the new one> --apply`,
  /** @param {string} file @param {string} code */
  file: (file, code) => `${file} cannot be read or written: ${code}`,
  stopped: 'The core stopped unexpectedly. Please report this, with the version of Node.',
};

/** @type {typeof en} */
const zhCN = {
  help: `用法：connector-tencent-sms-wasm setup <文件> --logto <地址> [选项]
      connector-tencent-sms-wasm setup --export --logto <地址>

通过 Management API 把本连接器的配置存入运行中的 Logto。不加 --apply 时只显示将会发生的更改。密钥从不显示。

  <文件>           JSON 格式的配置；- 表示标准输入
  --logto <地址>   Logto 登录页的地址，例如 https://auth.example.com；默认取 LOGTO_ENDPOINT
  --apply          保存配置，并读回核对
  --test <号码>    让 Logto 用该配置发送一条真实短信；与 --apply 同用时，在保存之前发送
  --replace <id>   允许替换具有该 ID 的短信连接器；其配置会先写入当前目录下的文件
  --restore        该文件是这样写入的连接器：把它恢复
  --export         输出已保存的配置，密钥以掩码代替
  --json           以 JSON 输出结果
  --lang <标签>    语言：en 或 zh-CN
  --help           显示本说明

在 Logto 的 Console 中创建机器对机器应用（应用 > 创建应用 > 机器对机器），并分配角色
“Logto Management API access”。应用的 ID 和密钥取自环境变量 LOGTO_APP_ID 和 LOGTO_APP_SECRET。

退出状态：0 表示 Logto 已有该配置；1 表示没有（存在差异、测试短信失败或配置被拒绝）；2 表示无法询问 Logto。
`,
  oneFile: 'setup 需要且只需要一个文件：配置。',
  exportAlone: '--export 不接受文件，也不能与 --apply、--test、--replace 同用。',
  noUrl: '请用 --logto 或 LOGTO_ENDPOINT 给出 Logto 的地址，例如 https://auth.example.com。',
  wrongUrl: '--logto 必须是以 https:// 或 http:// 开头的地址，且不含密码、? 和 #。',
  noApplication: '请用 LOGTO_APP_ID 和 LOGTO_APP_SECRET 给出 Logto 的机器对机器应用，参见 --help。',
  plain: '该地址以 http:// 开头，密钥在传输途中不加密。只应在本机或内网中使用。',
  standardInput: '标准输入',
  asking: '正在询问 Logto',
  wrote: (file) =>
    `另一个连接器（含密钥）已写入 ${file}。如需恢复：setup ${file} --restore --replace <新连接器的 id> --apply`,
  file: (file, code) => `无法读取或写入 ${file}：${code}`,
  stopped: '内核意外停止。请反馈给我们，并附上 Node 的版本。',
};

/**
 * Returns the sentences in a language.
 *
 * @param {string} language
 */
export const textsOf = (language) => (language === 'zh-CN' ? zhCN : en);
