/** The sentences of the command line in Simplified Chinese. The sentences of the reports are the core's. */

/** @type {import('./en.js').Texts} */
export const zhCN = {
  help: `用法：connector-tencent-sms-wasm doctor <文件> [选项]
      connector-tencent-sms-wasm setup <文件> --logto <地址> [选项]
      connector-tencent-sms-wasm limits <文件> --to <号码> [选项]

  doctor  在用户遇到问题之前找出本连接器配置中的错误
  setup   把配置存入运行中的 Logto；不加 --apply 时只显示将会发生的更改
  limits  显示所有 Logto 进程共用的某个号码的计数，并可清除

各选项的说明参见 doctor --help、setup --help 和 limits --help。
`,
  noCommand: (name) => `没有“${name}”这个命令。`,
  noLanguage: (name) => `--lang 必须是 en 或 zh-CN，不能是“${name}”。`,
  standardInput: '标准输入',
  notReadable: (name, code) => `无法读取 ${name}：${code}`,
  unknownError: '未知错误',
  stopped: '连接器内核意外停止。请反馈给我们，并注明 Node 的版本。',

  doctor: {
    help: `用法：connector-tencent-sms-wasm doctor <文件> [选项]
      connector-tencent-sms-wasm doctor --logto <地址> [选项]

在用户遇到问题之前，找出本连接器配置中的错误。doctor 先检查配置，再向腾讯云查询密钥、应用、签名、模板、
套餐包和送达情况，不做任何修改。

  <文件>             JSON 格式的配置，或 Logto 的 GET /api/connectors 的应答；- 表示标准输入
  --logto <地址>     代替文件：检查该 Logto 中的配置和 Logto 自身的设置；需要 LOGTO_APP_ID 和
                     LOGTO_APP_SECRET，参见 setup --help
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
    oneFile: 'doctor 需要一个文件：配置文件；或用 --logto 代替。',
    toOrOffline: '--to 会发送短信，而 --offline 不允许：请二选一。',
    numberOrOffline: '--number 需要向腾讯云查询，而 --offline 不允许：请二选一。',
    numberOrTo: '--number 查看以前的短信，而 --to 发送新短信：请二选一。',
    examining: '正在向腾讯云查询',
    following: '正在跟踪短信，最多一分钟',
  },

  limits: {
    help: `用法：connector-tencent-sms-wasm limits <文件> --to <号码> [选项]

显示某个号码在所有 Logto 进程共用的 Redis（limits.store）中的计数。须在 Logto 的连接器目录中运行，以便找到
redis 包，并使用与 Logto 相同的 REDIS_URL 或 TENCENT_SMS_REDIS_URL。

  <文件>           JSON 格式的配置，或 Logto 的 GET /api/connectors 的应答；- 表示标准输入
  --to <号码>      号码，须带 + 和国家/地区码
  --ip <地址>      同时显示该用户 IP 地址的计数
  --reset <上限>   先清除该上限的计数：perIp、perNumber、perRange、perCallingCode 或 total
  --lang <语言>    使用 en 或 zh-CN 输出；默认取 TENCENT_SMS_LANG，或系统的语言环境
  --help           显示本说明

退出状态：0 已取得计数，1 未取得，2 无法运行。
`,
    fileAndNumber: 'limits 需要一个配置文件，以及 --to 加号码。',
  },

  logto: {
    noUrl: '请用 --logto 或 LOGTO_ENDPOINT 给出 Logto 的地址，例如 https://auth.example.com。',
    wrongUrl: '--logto 必须是以 https:// 或 http:// 开头的地址，且不含密码、? 和 #。',
    noApplication:
      '请用 LOGTO_APP_ID 和 LOGTO_APP_SECRET 给出 Logto 的机器对机器应用，参见 setup --help。',
    plain: '该地址以 http:// 开头，密钥在传输途中不加密。只应在本机或内网中使用。',
    asking: '正在查询 Logto',
  },

  setup: {
    help: `用法：connector-tencent-sms-wasm setup <文件> --logto <地址> [选项]
      connector-tencent-sms-wasm setup --export --logto <地址>

通过 Management API 把本连接器的配置存入运行中的 Logto。不加 --apply 时只显示将会发生的更改。密钥从不显示。

  <文件>           JSON 格式的配置；- 表示标准输入
  --logto <地址>   Logto 登录页的地址，例如 https://auth.example.com；默认取 LOGTO_ENDPOINT
  --apply          保存配置，并读回核对
  --test <号码>    让 Logto 用该配置发送一条真实短信；与 --apply 同用时，在保存之前发送
  --replace <id>   允许替换具有该 ID 的短信连接器；替换前会先把它写入当前目录下的文件
  --restore        恢复连接器：文件须是 --replace 写入的文件
  --export         输出已保存的配置，密钥以掩码代替
  --json           以 JSON 输出结果（英文）
  --lang <语言>    其余输出使用 en 或 zh-CN；默认取 TENCENT_SMS_LANG，或系统的语言环境
  --help           显示本说明

在 Logto 控制台中创建机器对机器应用（应用 > 创建应用 > 机器对机器），并分配角色
“Logto Management API access”。应用的 ID 和密钥取自环境变量 LOGTO_APP_ID 和 LOGTO_APP_SECRET。

退出状态：0 表示 Logto 已有该配置；1 表示没有（存在差异、测试短信失败或配置被拒绝）；2 表示无法运行，例如无法访问 Logto。
`,
    oneFile: 'setup 需要且只需要一个文件：配置。',
    exportAlone: '--export 不接受文件，也不能与 --apply、--test、--replace、--restore 同用。',
    wrote: (file) =>
      `另一个连接器（含密钥）已写入 ${file}。如需恢复，请对该文件运行 setup，并加上 --restore、--apply 和 --replace <id>（届时所用连接器的 ID）。`,
    notWritten: (file, code) => `无法写入 ${file}：${code}。没有做任何更改。`,
  },
};
