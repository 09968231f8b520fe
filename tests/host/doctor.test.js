/**
 * The doctor as a user runs it: the package's own command in a process of its own, the sandbox in
 * Tencent's place. Green where nothing is wrong; each planted mistake named, with what to do; and no
 * secret in anything it prints.
 */

import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { defaultAccount } from '../../sandbox/account.js';
import { actionNames } from '../../sandbox/api/api.js';
import { findFault } from '../../sandbox/faults/faults.js';
import { magicNumbers } from '../../sandbox/faults/magic-numbers.js';
import { startSandbox } from '../../sandbox/server.js';
import { ourFactory } from './connectors.js';
import { core } from './core.js';

const command = join(ourFactory.path, 'lib/cli/main.js');
const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
after(() => rm(folder, { recursive: true, force: true }));

/** Neither the key of whoever runs the tests, nor a wish for colours. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^TENCENTCLOUD_|^NO_COLOR$|^FORCE_COLOR$|^NODE_TEST_CONTEXT$/.test(name),
  ),
);

/** What no run may print, whichever it is. */
const secrets = new Set([
  defaultAccount.secretId,
  defaultAccount.secretKey,
  'TC3-HMAC-SHA256',
  'Signature=',
]);

/** @param {...string} texts */
function keepSecret(...texts) {
  for (const text of texts) {
    secrets.add(text);
  }
}

/**
 * Runs the command. Whatever a run is about, it must not print a secret.
 *
 * @param {string[]} args
 * @param {{ input?: string, env?: Record<string, string>, under?: string[] }} [how] `under`: a
 *   program that runs it
 */
async function run(args, { input = '', env = {}, under = [] } = {}) {
  const [program = '', ...rest] = [...under, process.execPath, command, ...args];
  return finished(spawn(program, rest, { env: { ...environment, ...env } }), input);
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @param {string} input
 */
async function finished(child, input) {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  // It need not read what it does not want.
  child.stdin.on('error', () => {}).end(input);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  for (const secret of secrets) {
    assert.ok(!`${stdout}${stderr}`.includes(secret), 'a secret was printed');
  }
  return { status, stdout, stderr };
}

let files = 0;

/** @param {string} content */
async function fileOf(content) {
  files += 1;
  const name = join(folder, `${files}.json`);
  await writeFile(name, content);
  return name;
}

/**
 * @param {unknown} config
 * @param {...string} options
 */
const examine = async (config, ...options) =>
  run(['doctor', await fileOf(JSON.stringify(config)), ...options]);

/**
 * @typedef {import('../../js-shim/wasm/core.js').Finding} Finding
 * @typedef {Awaited<ReturnType<typeof startSandbox>>} Sandbox
 */

/**
 * @param {{ stdout: string }} run
 * @returns {{ isWrong: boolean, findings: Finding[] }}
 */
const reportOf = ({ stdout }) => JSON.parse(stdout);

/** @param {(string | number)[]} [path] */
const dotted = (path) => path?.join('.');

/**
 * @template Result
 * @param {Parameters<typeof startSandbox>[0]} options
 * @param {(sandbox: Sandbox) => Promise<Result>} use
 */
async function withSandbox(options, use) {
  const sandbox = await startSandbox(options);
  try {
    return await use(sandbox);
  } finally {
    for (const { headers } of sandbox.requests) {
      keepSecret(String(headers.authorization));
    }
    await sandbox.close();
  }
}

const green = await withSandbox({}, async (sandbox) => {
  const run = await examine(sandbox.config, '--json');
  return { ...run, ...reportOf(run), requests: sandbox.requests };
});

/** Where nothing listens any more. */
const closedUrl = await withSandbox({}, async ({ url }) => url);

test('a config in order is green', () => {
  assert.equal(green.status, 0);
  assert.equal(green.stderr, '');
  assert.equal(green.isWrong, false);
  assert.deepEqual(
    green.findings.filter(({ state }) => state !== 'ok'),
    [],
  );
  const checks = green.findings.map(({ check, side }) => [check, side].filter(Boolean).join(' '));
  assert.deepEqual(checks, [
    'config',
    'api',
    'key',
    'clock',
    'application',
    'signature mainland',
    ...Array(4).fill('template mainland'),
    ...Array(4).fill('template overseas'),
    'packages',
  ]);
});

test('it asks what changes nothing, and asks Tencent few times', () => {
  const actions = green.requests.map(({ action }) => action);
  assert.ok(!actions.includes('SendSms'));
  assert.ok(green.requests.every(({ outcome }) => outcome === 'Ok'));
  assert.ok(actions.length <= 6, `${actions}`);
});

/**
 * @typedef {object} Expected
 * @property {string} check
 * @property {Finding['state']} state
 * @property {Finding['side']} [side]
 * @property {string} [path] dotted
 * @property {RegExp} what
 * @property {RegExp} [advice] for the config by itself, `what` holds it
 */

/**
 * @typedef {object} Mistake
 * @property {(config: any) => void} [config] the change that is the mistake
 * @property {Partial<import('../../sandbox/account.js').Account>} [account]
 * @property {() => number} [now] the sandbox's clock
 * @property {string} [fault] of the sandbox
 * @property {Expected} finds
 * @property {string[]} [also] what follows from it, as `state check side`
 * @property {string[]} [unexamined] the checks that it keeps the doctor from, `*` for all others
 */

const all = ['*'];
const notAsked = ['unknown application'];
const [, ...otherTemplates] = /** @type {any[]} */ (defaultAccount.templates);

/** @param {number} share of each package */
const packagesUsed = (share) =>
  defaultAccount.packages.map((each) => ({ ...each, currentUsage: each.amount * share }));

/**
 * @param {string | object} templateCode
 * @param {string[]} [templateParams]
 * @returns {(config: any) => void}
 */
const signInWith = (templateCode, templateParams) => (config) => {
  config.templates[0] = { usageType: 'SignIn', templateCode, templateParams };
};

/** @type {Record<string, Mistake>} */
const mistakes = {
  'no SecretId': {
    config: (config) => delete config.accessKeyId,
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'accessKeyId',
      what: /required: the SecretId of a Tencent Cloud API key/,
    },
    unexamined: all,
  },
  'no SecretKey': {
    config: (config) => delete config.accessKeySecret,
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'accessKeySecret',
      what: /required: the SecretKey that belongs to accessKeyId/,
    },
    unexamined: all,
  },
  'a region that is none': {
    config: (config) => {
      config.region = 'Guangzhou';
    },
    finds: { check: 'config', state: 'wrong', path: 'region', what: /such as ap-guangzhou/ },
    unexamined: all,
  },
  "a host that is not Tencent's": {
    config: (config) => {
      config.endpoint = 'https://sms.example.com';
    },
    finds: { check: 'config', state: 'wrong', path: 'endpoint', what: /tencentcloudapi\.com/ },
    unexamined: all,
  },
  'no entry for Generic': {
    config: (config) => config.templates.pop(),
    finds: { check: 'config', state: 'wrong', path: 'templates', what: /usageType Generic/ },
    unexamined: all,
  },
  'a misspelt side': {
    config: signInWith({ chinna: '1100001', overseas: '1200001' }),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'templates.0.templateCode.chinna',
      what: /only china, overseas/,
    },
    unexamined: all,
  },
  'an unknown SecretId': {
    config: (config) => {
      config.accessKeyId = secret('AKIDUNKNOWN0000000000000000000000000');
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'accessKeyId',
      what: /AuthFailure\.SecretIdNotFound/,
      advice: /does not exist, or was deleted or disabled.*Access Management/,
    },
    also: notAsked,
    unexamined: all,
  },
  'a wrong SecretKey': {
    config: (config) => {
      config.accessKeySecret = secret('WrongWrongWrongWrongWrongWrong00');
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'accessKeySecret',
      what: /AuthFailure\.SignatureFailure/,
      advice: /not the SecretKey that belongs to accessKeyId/,
    },
    also: notAsked,
    unexamined: all,
  },
  'an expired token': {
    account: { securityToken: secret('token-of-today-1') },
    config: (config) => {
      config.securityToken = secret('token-of-yesterday-2');
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'securityToken',
      what: /AuthFailure\.TokenFailure/,
      advice: /renew the temporary keys together with it/,
    },
    also: notAsked,
    unexamined: all,
  },
  'a temporary key without its token': {
    account: { securityToken: secret('token-of-today-3') },
    config: (config) => delete config.securityToken,
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'securityToken',
      what: /AuthFailure\.TokenFailure/,
      advice: /missing, wrong or expired/,
    },
    also: notAsked,
    unexamined: all,
  },
  'a region without SMS': {
    config: (config) => {
      config.region = 'ap-shanghai';
    },
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'region',
      what: /UnsupportedRegion/,
      advice: /use ap-guangzhou, or ap-singapore/,
    },
    also: notAsked,
    unexamined: all,
  },
  'an IP address that the key does not allow': {
    fault: 'error:IpNotInWhitelist',
    finds: {
      check: 'key',
      state: 'wrong',
      path: 'accessKeyId',
      what: /IpNotInWhitelist/,
      advice: /allow list/,
    },
    also: notAsked,
    unexamined: all,
  },
  'unpaid bills': {
    fault: 'error:UnauthorizedOperation.ServiceSuspendDueToArrears',
    finds: {
      check: 'key',
      state: 'wrong',
      what: /ServiceSuspendDueToArrears/,
      advice: /unpaid bills; top up/,
    },
    also: notAsked,
    unexamined: all,
  },
  'the application of somebody else': {
    config: (config) => {
      config.sdkAppId = '1400009999';
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /SmsSdkAppIdVerifyFail/,
      advice: /does not belong to the account of the API key/,
    },
    also: ['unknown packages'],
  },
  "the application of somebody else, in Tencent's other spelling": {
    account: {
      restrictions: { SendStatusStatistics: 'UnauthorizedOperation.SmsSdkAppidVerifyFail' },
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /SmsSdkAppidVerifyFail/,
      advice: /does not belong to the account of the API key/,
    },
  },
  'an application that is disabled': {
    account: { restrictions: { SendStatusStatistics: 'UnauthorizedOperation.SdkAppIdIsDisabled' } },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /SdkAppIdIsDisabled/,
      advice: /application is disabled/,
    },
  },
  'an application that allows calls from other IP addresses only': {
    account: {
      restrictions: { SendStatusStatistics: 'UnauthorizedOperation.RequestIpNotInWhitelist' },
    },
    finds: {
      check: 'application',
      state: 'wrong',
      path: 'sdkAppId',
      what: /RequestIpNotInWhitelist/,
      advice: /add the server's in the SMS console/,
    },
  },
  "the signature's ID": {
    config: signedAs('600001'),
    finds: wrongSignature(/ID, not its text/, /"腾讯云示例"/),
  },
  'a signature within 【】': {
    config: signedAs('【腾讯云示例】'),
    finds: {
      check: 'config',
      state: 'wrong',
      path: 'signName',
      what: /【】/,
      advice: /leave them out/,
    },
  },
  'a signature in review': {
    config: signedAs('待审核示例'),
    finds: wrongSignature(/"待审核示例" is in review/, /wait for the approval/),
  },
  'a refused signature': {
    config: signedAs('未通过示例'),
    finds: wrongSignature(
      /"未通过示例" was refused: 签名与资质主体不一致，请更换签名或补充授权书。/,
      /apply for it again/,
    ),
  },
  'a signature that is not yet in force': {
    config: signedAs('腾讯云示例'),
    account: {
      signatures: defaultAccount.signatures.map((each) =>
        each.signName === '腾讯云示例' ? { ...each, statusCode: /** @type {const} */ (2) } : each,
      ),
    },
    finds: wrongSignature(/not yet in force/, /carriers have registered it/),
  },
  'a signature that does not exist': {
    config: signedAs('腾讯云'),
    finds: wrongSignature(/no signature "腾讯云"/, /use an approved one: .*"腾讯云示例"/),
  },
  'a signature of the other side': {
    config: signedAs('Sandbox'),
    finds: wrongSignature(/"Sandbox" is a signature for messages overseas only/, /国内短信/),
  },
  'a signature whose qualification changes': {
    config: signedAs('资质变更示例'),
    finds: { ...wrongSignature(/qualification behind it is not/, /实名资质/), state: 'warning' },
  },
  "the mainland's signature overseas": {
    config: (config) => {
      config.overseas = { signName: '腾讯云示例' };
    },
    finds: {
      check: 'signature',
      state: 'wrong',
      side: 'overseas',
      path: 'overseas.signName',
      what: /for the mainland only/,
      advice: /leave it out/,
    },
  },
  'an unknown template': {
    config: signInWith({ china: '1999999', overseas: '1200001' }),
    finds: wrongTemplate(/1999999 for SignIn: the account has no such template/, /正文模板/),
  },
  "a template's name": {
    config: signInWith({ china: '登录验证码', overseas: '1200001' }),
    finds: wrongTemplate(
      /登录验证码 for SignIn: not a template's ID, which is a number/,
      /take the ID/,
    ),
  },
  'a template in review': {
    config: signInWith({ china: '1100006', overseas: '1200001' }),
    finds: wrongTemplate(/1100006 for SignIn: in review/, /wait for the approval/),
  },
  'a refused template': {
    config: signInWith({ china: '1100007', overseas: '1200001' }),
    finds: wrongTemplate(
      /1100007 for SignIn: refused: 验证码模板不能含有营销内容。/,
      /apply for it again/,
    ),
  },
  'a template that is not yet in force': {
    config: signInWith({ china: '1100008', overseas: '1200001' }),
    finds: wrongTemplate(/1100008 for SignIn: approved, but not yet in force/, /wait/),
  },
  'a template of the other side': {
    config: signInWith({ china: '1200001', overseas: '1200001' }),
    finds: wrongTemplate(/1200001 for SignIn: a template for overseas only/, /"china"/),
  },
  "the mainland's template overseas": {
    config: signInWith({ china: '1100001', overseas: '1100001' }),
    finds: wrongTemplate(/1100001 for SignIn: a template for the mainland only/, /"overseas"/, {
      side: 'overseas',
      path: 'templates.0.templateCode.overseas',
    }),
  },
  'a refused template overseas': {
    config: signInWith({ china: '1100001', overseas: '1200005' }),
    finds: wrongTemplate(/refused: A verification template must not hold advertising\./, /again/, {
      side: 'overseas',
      path: 'templates.0.templateCode.overseas',
    }),
  },
  "the mainland's template for both sides": {
    config: signInWith('1100001'),
    finds: wrongTemplate(/for the mainland only/, /\{ "china": …, "overseas": … \}.*"china"/, {
      side: 'overseas',
      state: 'warning',
      path: 'templates.0.templateCode',
    }),
  },
  'a template from overseas for both sides': {
    config: signInWith('1200001'),
    finds: wrongTemplate(/for overseas only/, /\{ "china": …, "overseas": … \}.*"overseas"/, {
      state: 'warning',
      path: 'templates.0.templateCode',
    }),
  },
  'a template that takes two values and gets one': {
    config: signInWith({ china: '1100005', overseas: '1200001' }),
    finds: wrongTemplate(
      /1100005 for SignIn: takes 2 values and gets 1/,
      /templateParams with 2 values.*\["\{\{code\}\}", "10"\]/,
      { path: 'templates.0.templateParams' },
    ),
  },
  'a template that takes one value and gets two': {
    config: signInWith({ china: '1100001', overseas: '1200002' }, ['{{code}}', '10']),
    finds: wrongTemplate(
      /1100001 for SignIn: takes 1 value and gets 2/,
      /leave templateParams out, or write \["\{\{code\}\}"\]/,
      { path: 'templates.0.templateParams' },
    ),
  },
  'a template without a place for the code': {
    account: {
      templates: [
        { .../** @type {any} */ (defaultAccount.templates[0]), content: '欢迎登录。' },
        ...otherTemplates,
      ],
    },
    finds: wrongTemplate(/1100001 for SignIn: takes 0 values and gets 1/, /with \{1\}/, {
      path: 'templates.0.templateParams',
    }),
  },
  'packages that are used up': {
    account: { packages: packagesUsed(1) },
    finds: {
      check: 'packages',
      state: 'warning',
      what: /^0 of 1100 prepaid messages left/,
      advice: /buy another package/,
    },
  },
  'packages that are nearly used up': {
    account: { packages: packagesUsed(0.95) },
    finds: {
      check: 'packages',
      state: 'warning',
      what: /^55 of 1100 prepaid messages left/,
      advice: /buy another package/,
    },
  },
  'a usage type that Logto does not have': {
    config: (config) => {
      config.templates[0].usageType = 'Login';
    },
    finds: {
      check: 'config',
      state: 'warning',
      path: 'templates.0.usageType',
      what: /no such usage type/,
      advice: /SignIn, Register, ForgotPassword/,
    },
  },
  'an entry that is never used': {
    config: (config) =>
      config.templates.push({
        usageType: 'SignIn',
        templateCode: config.templates[0].templateCode,
      }),
    finds: {
      check: 'config',
      state: 'warning',
      path: 'templates.4',
      what: /never used: an earlier entry/,
      advice: /remove one of the two/,
    },
  },
  'a side without a template': {
    config: (config) => {
      for (const { templateCode } of config.templates) {
        delete templateCode.overseas;
      }
    },
    finds: {
      check: 'config',
      state: 'warning',
      side: 'overseas',
      what: /no template: messages there are refused/,
      advice: /allowedCallingCodes/,
    },
    unexamined: ['template overseas'],
  },
  'a side without a Generic template': {
    config: (config) => {
      delete config.templates[3].templateCode.china;
    },
    finds: {
      check: 'config',
      state: 'warning',
      side: 'mainland',
      what: /no template for Generic/,
      advice: /add a templateCode for that side/,
    },
    unexamined: ['template mainland'],
  },
  'a clock that is ten minutes slow': {
    now: () => Date.now() + 10 * 60_000,
    finds: {
      check: 'clock',
      state: 'wrong',
      what: /^10 minutes slow/,
      advice: /set this machine's clock \(NTP\)/,
    },
  },
  'a clock that is two hours fast': {
    now: () => Date.now() - 120 * 60_000,
    finds: {
      check: 'clock',
      state: 'wrong',
      what: /^120 minutes fast/,
      advice: /set this machine's clock \(NTP\)/,
    },
  },
  'a clock that is three minutes slow': {
    now: () => Date.now() + 3 * 60_000,
    finds: {
      check: 'clock',
      state: 'warning',
      what: /^3 minutes slow/,
      advice: /set this machine's clock \(NTP\)/,
    },
  },
  'an endpoint where nothing listens': {
    config: (config) => {
      config.endpoint = closedUrl;
    },
    finds: {
      check: 'api',
      state: 'wrong',
      path: 'endpoint',
      what: /refused the connection; check endpoint and the server's firewall/,
    },
    also: ['unknown clock', 'unknown application'],
    unexamined: all,
  },
  'a connection that breaks': {
    fault: 'reset-before',
    finds: { check: 'api', state: 'wrong', path: 'endpoint', what: /connection .* broke/ },
    also: ['unknown clock', 'unknown application'],
    unexamined: all,
  },
  ...Object.fromEntries(
    ['html-200', 'html-502', 'redirect-307', 'empty-body', 'not-http'].map((fault) => [
      `something that is not Tencent (${fault})`,
      /** @type {Mistake} */ ({
        fault,
        finds: {
          check: 'api',
          state: 'wrong',
          path: 'endpoint',
          ...(fault === 'not-http'
            ? { what: /failed|broke/ }
            : { what: /not Tencent/, advice: /check endpoint, and any proxy/ }),
        },
        also: ['unknown clock', 'unknown application'],
        unexamined: all,
      }),
    ]),
  ),
};

/** @param {string} text */
function secret(text) {
  keepSecret(text);
  return text;
}

/**
 * @param {string} signName
 * @returns {(config: any) => void}
 */
function signedAs(signName) {
  return (config) => {
    config.signName = signName;
  };
}

/**
 * @param {RegExp} what
 * @param {RegExp} advice
 * @returns {Expected}
 */
function wrongSignature(what, advice) {
  return { check: 'signature', state: 'wrong', side: 'mainland', path: 'signName', what, advice };
}

/**
 * Of the entry for SignIn, in the mainland where nothing else is said.
 *
 * @param {RegExp} what
 * @param {RegExp} advice
 * @param {Partial<Expected>} [others]
 * @returns {Expected}
 */
function wrongTemplate(what, advice, others) {
  const path = 'templates.0.templateCode.china';
  return { check: 'template', state: 'wrong', side: 'mainland', path, what, advice, ...others };
}

/** @param {Finding} finding */
const placeOf = ({ check, side }) => [check, side].filter(Boolean).join(' ');

/**
 * How many there are of a place; of one without a side, on whichever side they are: where one side is
 * served only, it is named.
 *
 * @param {string} place
 * @param {Finding[]} findings
 */
const countAt = (place, findings) =>
  findings.filter((each) => each.check === place || placeOf(each) === place).length;

/** @param {Finding[]} findings */
const troublesIn = (findings) => findings.filter(({ state }) => state !== 'ok');

/**
 * The findings hold the expected one and, beside it, no trouble but those that follow from it.
 *
 * @param {Finding[]} findings
 * @param {Expected} expected
 * @param {string[]} [also]
 */
function assertFound(findings, expected, also = []) {
  const { check, state, side, path, what, advice } = expected;
  const troubles = troublesIn(findings);
  const shown = JSON.stringify(troubles, null, 2);
  const found = troubles.find(
    (each) => each.check === check && each.side === side && each.state === state,
  );
  assert.ok(found, `no finding "${state} ${check}", but ${shown}`);
  assert.equal(dotted(found.path), path, shown);
  assert.match(found.what, what);
  if (advice) {
    assert.match(found.advice ?? '', advice);
  }
  const others = troubles.filter((each) => each !== found);
  assert.deepEqual(
    others.map((each) => `${each.state} ${placeOf(each)}`),
    also,
    shown,
  );
}

describe('a planted mistake is found', { concurrency: 2 }, () => {
  for (const [name, mistake] of Object.entries(mistakes)) {
    const { account, now, fault, finds, also, unexamined = [] } = mistake;
    test(name, () =>
      withSandbox({ account: { ...defaultAccount, ...account }, now }, async (sandbox) => {
        sandbox.setFault(fault);
        const config = structuredClone(sandbox.config);
        mistake.config?.(config);
        const run = await examine(config, '--json');
        const { isWrong, findings } = reportOf(run);
        assertFound(findings, finds, also);
        assert.equal(isWrong, finds.state === 'wrong');
        assert.equal(run.status, finds.state === 'wrong' ? 1 : 0);
        for (const place of unexamined.includes('*') ? [] : new Set(green.findings.map(placeOf))) {
          const wasExamined = countAt(place, findings) >= countAt(place, green.findings);
          // "All is well with it" is said of the config only where that is so.
          assert.ok(wasExamined || unexamined.includes(place) || place === 'config', place);
        }
      }),
    );
  }
});

test('all that is wrong is told in one run', () =>
  withSandbox({ now: () => Date.now() + 600_000 }, async ({ config }) => {
    const [signIn, ...others] = config.templates;
    const run = await examine(
      {
        ...config,
        signName: '600001',
        sdkAppId: '1400009999',
        templates: [
          { ...signIn, templateCode: { china: '1100006', overseas: '1200005' } },
          ...others,
        ],
      },
      '--json',
    );
    const wrong = reportOf(run).findings.filter(({ state }) => state === 'wrong');
    assert.deepEqual(wrong.map(placeOf), [
      'clock',
      'application',
      'signature mainland',
      'template mainland',
      'template overseas',
    ]);
  }));

test('every issue of a config is told, as the Console tells it', async () => {
  const run = await examine({ region: 'x', templates: [{}] }, '--json');
  assert.equal(run.status, 1);
  const { findings } = reportOf(run);
  assert.deepEqual(
    findings.map(({ check, state, path }) => `${check} ${state} ${dotted(path)}`),
    [
      'accessKeyId',
      'accessKeySecret',
      'signName',
      'sdkAppId',
      'region',
      'templates.0.usageType',
      'templates.0.templateCode',
    ].map((path) => `config wrong ${path}`),
  );
});

describe('what an account may not ask is unknown, not wrong', { concurrency: 2 }, () => {
  /** Which of the things that are looked at are found out by which action. */
  const places = {
    DescribePhoneNumberInfo: ['key'],
    SendStatusStatistics: ['application'],
    DescribeSmsSignList: ['signature mainland'],
    DescribeSmsTemplateList: ['template mainland', 'template overseas'],
    SmsPackagesStatistics: ['packages'],
  };
  const codes = [
    'FailedOperation.NotEnterpriseCertification',
    'FailedOperation.ProhibitSubAccountUse',
    'AuthFailure.UnauthorizedOperation',
    'UnauthorizedOperation',
  ];
  for (const [action, expected] of Object.entries(places)) {
    for (const code of codes) {
      test(`${action}: ${code}`, async () => {
        assert.ok(actionNames.includes(action));
        const account = { ...defaultAccount, restrictions: { [action]: code } };
        const run = await withSandbox({ account }, ({ config }) => examine(config, '--json'));
        const troubles = troublesIn(reportOf(run).findings);
        assert.deepEqual(
          troubles.map((each) => `${each.state} ${placeOf(each)}`),
          expected.map((place) => `unknown ${place}`),
          run.stdout,
        );
        assert.equal(run.status, 0);
        for (const { what, advice, path } of troubles) {
          assert.match(what, /^cannot check: /);
          assert.ok(what.includes(action));
          assert.match(advice ?? '', /SMS console|Access Management/);
          assert.equal(path, undefined);
        }
      });
    }
  }

  test('all of them at once', async () => {
    const restrictions = Object.fromEntries(
      Object.keys(places).map((action) => [action, 'AuthFailure.UnauthorizedOperation']),
    );
    const account = { ...defaultAccount, restrictions };
    const run = await withSandbox({ account }, ({ config }) => examine(config));
    assert.equal(run.status, 0);
    assert.match(run.stdout, /In order: 0 wrong, 0 to look at, 6 that cannot be checked\n$/);
  });

  test('what gives answers of another shape', async () => {
    /** @type {Sandbox} */
    const sandbox = await startSandbox({
      // All questions but the first, which shows that it is Tencent.
      onRequest: () => sandbox.setFault('json-no-response'),
    });
    try {
      const run = await examine(sandbox.config, '--json');
      assert.deepEqual(
        troublesIn(reportOf(run).findings).map((each) => `${each.state} ${placeOf(each)}`),
        [
          'unknown application',
          'unknown signature mainland',
          'unknown template mainland',
          'unknown template overseas',
          'unknown packages',
        ],
      );
      assert.equal(run.status, 0);
    } finally {
      await sandbox.close();
    }
  });
});

describe('an account of its own for overseas', { concurrency: 2 }, () => {
  const overseasAccount = {
    ...defaultAccount,
    secretId: secret('AKIDOVERSEAS000000000000000000000000'),
    secretKey: secret('OVERSEAS0not0a0real0key000000000'),
    smsSdkAppIds: ['2400007777'],
    templates: defaultAccount.templates.filter(({ international }) => international === 1),
    packages: [],
  };

  /**
   * @param {(config: any) => void} change
   * @param {(run: Awaited<ReturnType<typeof run>>, sandboxes: { mainland: Sandbox, overseas: Sandbox }) => void} use
   */
  const examined = (change, use) =>
    withSandbox({}, (mainland) =>
      withSandbox({ account: overseasAccount }, async (overseas) => {
        const config = {
          ...structuredClone(mainland.config),
          overseas: {
            accessKeyId: overseasAccount.secretId,
            accessKeySecret: overseasAccount.secretKey,
            sdkAppId: '2400007777',
            region: 'ap-singapore',
            endpoint: overseas.url,
          },
        };
        change(config);
        use(await examine(config, '--json'), { mainland, overseas });
      }),
    );

  test('is examined for itself', () =>
    examined(
      () => {},
      (run, { mainland, overseas }) => {
        assert.equal(run.status, 0);
        const { findings } = reportOf(run);
        assert.deepEqual(troublesIn(findings), []);
        for (const side of /** @type {const} */ (['mainland', 'overseas'])) {
          const checks = findings.filter((each) => each.side === side).map(({ check }) => check);
          for (const check of ['api', 'key', 'application', 'template', 'packages']) {
            assert.ok(checks.includes(check), `${check} ${side}`);
          }
        }
        const regions = overseas.requests.map(({ headers }) => headers['x-tc-region']);
        assert.deepEqual(new Set(regions), new Set(['ap-singapore']));
        const lists = mainland.requests.filter(
          ({ action }) => action === 'DescribeSmsTemplateList',
        );
        assert.deepEqual(
          lists.map(({ parameters }) => parameters?.International),
          [0],
        );
      },
    ));

  /** @type {Record<string, { change: (overseas: any) => void, finds: Expected, also?: string[] }>} */
  const wrongs = {
    'another SecretKey': {
      change: (overseas) => {
        overseas.accessKeySecret = secret('OTHEROVERSEAS0not0a0real0key0000');
      },
      finds: {
        check: 'key',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.accessKeySecret',
        what: /SignatureFailure/,
        advice: /SecretKey/,
      },
      also: ['unknown application overseas'],
    },
    'the application of the mainland': {
      change: (overseas) => {
        overseas.sdkAppId = '1400006666';
      },
      finds: {
        check: 'application',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.sdkAppId',
        what: /SmsSdkAppIdVerifyFail/,
        advice: /does not belong/,
      },
      also: ['unknown packages overseas'],
    },
    'half a key': {
      change: (overseas) => {
        delete overseas.accessKeySecret;
      },
      finds: {
        check: 'config',
        state: 'wrong',
        path: 'overseas.accessKeySecret',
        what: /an account of its own has a whole API key/,
      },
    },
    'no endpoint of its own': {
      change: (overseas) => {
        delete overseas.endpoint;
      },
      finds: {
        check: 'key',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.accessKeyId',
        what: /SecretIdNotFound/,
        advice: /does not exist/,
      },
      also: ['unknown application overseas'],
    },
    'an endpoint where nothing listens': {
      change: (overseas) => {
        overseas.endpoint = closedUrl;
      },
      finds: {
        check: 'api',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.endpoint',
        what: /refused the connection/,
      },
      also: ['unknown application overseas'],
    },
    'a region without SMS': {
      change: (overseas) => {
        overseas.region = 'ap-tokyo';
      },
      finds: {
        check: 'key',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.region',
        what: /UnsupportedRegion/,
        advice: /ap-singapore/,
      },
      also: ['unknown application overseas'],
    },
  };
  for (const [name, { change, finds, also }] of Object.entries(wrongs)) {
    test(`${name} is told of that side`, () =>
      examined(
        ({ overseas }) => change(overseas),
        (run) => {
          assert.equal(run.status, 1);
          assertFound(reportOf(run).findings, finds, also);
        },
      ));
  }
});

describe('where the config comes from', { concurrency: 2 }, () => {
  /** As Logto's GET /api/connectors answers. @param {string} connectorId @param {object} config */
  const record = (connectorId, config) => ({
    ...ourFactory.metadata,
    type: 'Sms',
    id: 'k2v7p0q4c1x9',
    connectorId,
    config,
    syncProfile: false,
    metadata: { target: 'tencent-sms' },
    isDemo: false,
    extraInfo: {},
    usage: 12,
  });
  const email = {
    ...record('simple-mail-transfer-protocol', { host: 'mail.example.com', auth: { pass: 'x' } }),
    type: 'Email',
  };

  /** @type {Record<string, (config: object) => unknown>} */
  const shapes = {
    'a list of connectors': (config) => [email, record('tencent-cloud-sms', config)],
    'a list with the official connector': (config) => [
      email,
      record('tencent-short-message-service', config),
    ],
    'a list with both, of which ours counts': (config) => [
      record('tencent-short-message-service', { accessKeyId: 'other' }),
      record('tencent-cloud-sms', config),
    ],
    'one connector': (config) => record('tencent-cloud-sms', config),
    'the config': (config) => config,
  };
  for (const [name, shape] of Object.entries(shapes)) {
    test(`${name}, from a file and from standard input`, () =>
      withSandbox({}, async ({ config }) => {
        const content = JSON.stringify(shape(config), null, 2);
        const fromFile = await run(['doctor', await fileOf(content)]);
        assert.equal(fromFile.status, 0, fromFile.stdout + fromFile.stderr);
        const fromInput = await run(['doctor', '-'], { input: `\ufeff${content}\n` });
        assert.deepEqual(fromInput, fromFile);
      }));
  }

  test('a file with a byte order mark', () =>
    withSandbox({}, async ({ config }) => {
      const { status } = await run(['doctor', await fileOf(`\ufeff${JSON.stringify(config)}`)]);
      assert.equal(status, 0);
    }));

  /** By what it is: its text, and what is said of it. @type {Record<string, [string, RegExp]>} */
  const unreadable = {
    'no JSON': [
      `{\n  "accessKeyId": "${defaultAccount.secretId}",\n  "accessKeySecret": ${defaultAccount.secretKey}\n}`,
      /is not JSON: look at line 3$/m,
    ],
    'half a file': [
      `{"accessKeySecret": "${defaultAccount.secretKey}`,
      /is not JSON: look at line 1$/m,
    ],
    nothing: ['', /is not JSON/],
    'a list without the connector': [
      JSON.stringify([email]),
      /list without a connector whose connectorId is tencent-cloud-sms or tencent-short/,
    ],
    'an empty list': ['[]', /list without a connector/],
    'a text': [JSON.stringify(defaultAccount.secretKey), /neither a config nor/],
    'a connector whose config is a text': [
      JSON.stringify({ config: defaultAccount.secretKey }),
      /has a config that is no object/,
    ],
  };
  for (const [name, [content, expected]] of Object.entries(unreadable)) {
    test(`${name} is not understood`, async () => {
      const { status, stdout, stderr } = await run(['doctor', await fileOf(content), '--json']);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
      assert.equal(stderr.split('\n').length, 2, 'one line');
    });
  }

  test('the line is where the mistake is', async () => {
    const { stderr } = await run(['doctor', '-'], { input: '{\n  "a": 1,\n  "b": x\n}' });
    assert.match(stderr, /^doctor: Standard input is not JSON: look at line 3\n$/);
  });

  test('a file that is not there, or is a folder', async () => {
    const missing = await run(['doctor', join(folder, 'missing.json')]);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /missing\.json cannot be read: ENOENT/);
    const directory = await run(['doctor', folder]);
    assert.equal(directory.status, 2);
    assert.match(directory.stderr, /cannot be read: EISDIR/);
  });

  test('the stored config of a connector that was just added is told what it lacks', async () => {
    const { status, stdout } = await examine(record('tencent-cloud-sms', {}), '--json');
    assert.equal(status, 1);
    const paths = reportOf({ stdout }).findings.map(({ path }) => dotted(path));
    assert.ok(paths.includes('accessKeyId') && paths.includes('templates'), `${paths}`);
  });
});

describe('a key from the environment', { concurrency: 2 }, () => {
  const { secretId, secretKey } = defaultAccount;
  const key = { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
  const otherKey = {
    TENCENTCLOUD_SECRET_ID: secret('AKIDENVIRONMENT000000000000000000000'),
    TENCENTCLOUD_SECRET_KEY: secret('ENVIRONMENT0not0a0real0key000000'),
    TENCENTCLOUD_TOKEN: secret('environment-token'),
  };

  /** @param {object} config @param {Record<string, string>} env */
  const examineIn = (config, env) =>
    run(['doctor', '-', '--json'], { input: JSON.stringify(config), env });

  test('serves a config without one', () =>
    withSandbox({}, async ({ config: { accessKeyId, accessKeySecret, ...config } }) => {
      const { status, stdout } = await examineIn(config, key);
      assert.equal(status, 0, stdout);
      const empty = { ...config, accessKeyId: '', accessKeySecret: ' ' };
      assert.equal((await examineIn(empty, key)).status, 0);
    }));

  test('brings its token', () =>
    withSandbox(
      { account: { ...defaultAccount, securityToken: secret('sts-token-of-the-environment') } },
      async ({ config: { accessKeyId, accessKeySecret, securityToken, ...config } }) => {
        const token = { TENCENTCLOUD_TOKEN: 'sts-token-of-the-environment' };
        assert.equal((await examineIn(config, { ...key, ...token })).status, 0);
        assert.equal((await examineIn(config, key)).status, 1);
      },
    ));

  test('does not take the place of one in the config', () =>
    withSandbox({}, async ({ config, requests }) => {
      assert.equal((await examineIn(config, otherKey)).status, 0);
      assert.ok(requests.every(({ headers }) => headers['x-tc-token'] === undefined));
    }));

  test('does not make a half key whole', () =>
    withSandbox({}, async ({ config: { accessKeySecret, ...config } }) => {
      const { status, stdout } = await examineIn(config, otherKey);
      assert.equal(status, 1);
      assert.deepEqual(
        reportOf({ stdout }).findings.map(({ path }) => dotted(path)),
        ['accessKeySecret'],
      );
    }));
});

describe('the command line', { concurrency: 2 }, () => {
  /** @type {Record<string, [string[], RegExp]>} */
  const refused = {
    'no file': [['doctor'], /takes one file: the config(?:.|\n)*Usage: /],
    'two files': [['doctor', 'a.json', 'b.json'], /takes one file/],
    'an unknown option': [['doctor', 'a.json', '--fast'], /--fast(?:.|\n)*Usage: /],
    'a number beside an unknown option': [
      ['doctor', 'a.json', `--too=${secret('+8613900001111')}`],
      /--too/,
    ],
    'an option without its number': [['doctor', 'a.json', '--to'], /--to/],
    'sending offline': [['doctor', 'a.json', '--offline', '--to', '+8613900001111'], /choose one/],
    'an unknown command': [['check'], /no command "check"(?:.|\n)*Usage: /],
  };
  for (const [name, [args, expected]] of Object.entries(refused)) {
    test(`${name}: status 2, and the help`, async () => {
      const { status, stdout, stderr } = await run(args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
    });
  }

  test('help names options, environment and exit statuses', async () => {
    const helps = await Promise.all(
      [['--help'], ['help'], [], ['doctor', '--help']].map((args) => run(args)),
    );
    for (const help of helps) {
      assert.deepEqual(help, helps[0]);
      assert.equal(help.status, 0);
      for (const word of ['--to', '--offline', '--json', 'TENCENTCLOUD_SECRET_ID', 'Exit status']) {
        assert.ok(help.stdout.includes(word), word);
      }
    }
  });

  test('the package names the command, and it may be run', async () => {
    const { default: manifest } = await import(join(ourFactory.path, 'package.json'), {
      with: { type: 'json' },
    });
    assert.equal(join(ourFactory.path, manifest.bin), command);
  });

  test('offline nothing is asked', () =>
    withSandbox({}, async (sandbox) => {
      const { status, stdout } = await examine(sandbox.config, '--offline', '--json');
      assert.equal(status, 0);
      assert.deepEqual(
        reportOf({ stdout }).findings.map(({ check, state }) => `${check} ${state}`),
        ['config ok'],
      );
      const wrong = await examine({ ...sandbox.config, signName: '【示例】' }, '--offline');
      assert.equal(wrong.status, 1);
      assert.equal(sandbox.totals.requests, 0);
    }));
});

describe('text for people', { concurrency: 2 }, () => {
  /** Findings of each state, of which the signature's is wrong. */
  const account = {
    ...defaultAccount,
    packages: packagesUsed(1),
    restrictions: { SendStatusStatistics: 'AuthFailure.UnauthorizedOperation' },
  };
  const mixed = (/** @type {Sandbox} */ { config }) => ({ ...config, signName: '未通过示例' });
  const stateWord = /^(ok {5}|look at|WRONG {2}|unknown) {2}\S/;
  const escapeCode = '\u001b';

  test('is aligned, plain, and holds what the JSON holds', () =>
    withSandbox({ account }, async (sandbox) => {
      const { status, stdout, stderr } = await examine(mixed(sandbox));
      const { findings } = reportOf(await examine(mixed(sandbox), '--json'));
      assert.equal(status, 1);
      assert.equal(stderr, '', 'no progress where nobody looks on');
      assert.ok(!stdout.includes(escapeCode));
      assert.ok(
        stdout.endsWith('\n\nNot in order: 1 wrong, 1 to look at, 1 that cannot be checked\n'),
      );
      const lines = stdout.split('\n').slice(0, -3);
      const heads = lines.filter((line) => stateWord.test(line));
      assert.equal(heads.length, findings.length);
      for (const [index, { what }] of findings.entries()) {
        assert.ok(heads[index]?.endsWith(` ${what}`));
      }
      for (const line of lines.filter((line) => !stateWord.test(line))) {
        assert.match(line, /^ {23}(at |→ )\S/);
      }
      for (const { advice } of troublesIn(findings)) {
        assert.ok(advice && stdout.includes(`→ ${advice}\n`));
      }
      assert.ok(stdout.includes('at signName\n'));
    }));

  test('what is found begins in the same column, with a side or without', () =>
    withSandbox({}, async ({ config }) => {
      const { stdout } = await examine(config);
      const heads = stdout.split('\n').filter((line) => stateWord.test(line));
      assert.ok(heads.length > 10);
      for (const line of heads) {
        assert.match(line, /^.{7} {2}\S.{11} {2}\S/, line);
      }
    }));

  test('colours are around the state only', () => {
    const { text } = core.examine(
      JSON.stringify({ region: 'x', templates: [{ usageType: 'Generic', templateCode: '1' }] }),
      {},
      false,
      [],
      Date.now(),
      true,
    ).outcome;
    assertColored(text);
  });

  /** @param {string} text */
  function assertColored(text) {
    const colored = text.replaceAll('\r', '').split('\n');
    const heads = colored.filter((line) => line.includes(escapeCode));
    assert.ok(heads.length > 0);
    for (const line of heads) {
      const [before, start = '', end = '', ...others] = line.split(escapeCode);
      assert.deepEqual([before, others], ['', []], 'one pair of codes, at the beginning');
      assert.match(start, /^\[3[1236]m.{7}$/);
      assert.match(end, /^\[0m {2}/);
      assert.match(stripVTControlCharacters(line), stateWord);
    }
    for (const line of colored.filter((line) => stateWord.test(line))) {
      assert.fail(`without a colour: ${line}`);
    }
  }

  /** Runs it in a terminal of its own: that of util-linux, which other systems' script is not. */
  const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
    'util-linux',
  );

  /** @param {string} file @param {Record<string, string>} [env] @param {string} [redirected] */
  const inTerminal = (file, env, redirected = '2>/dev/null') =>
    finished(
      spawn(
        'script',
        ['-qec', `"$TEST_NODE" "$TEST_COMMAND" doctor "$TEST_FILE" ${redirected}`, '/dev/null'],
        {
          env: {
            ...environment,
            TERM: 'xterm',
            TEST_NODE: process.execPath,
            TEST_COMMAND: command,
            TEST_FILE: file,
            ...env,
          },
        },
      ),
      '',
    );

  test('a terminal gets colours, unless NO_COLOR', { skip: !hasTerminal && 'no script here' }, () =>
    withSandbox({ account }, async (sandbox) => {
      const file = await fileOf(JSON.stringify(mixed(sandbox)));
      const colored = await inTerminal(file);
      assert.equal(colored.status, 1);
      assertColored(colored.stdout);
      const plain = await inTerminal(file, { NO_COLOR: '1' });
      assert.ok(!plain.stdout.includes(escapeCode));
      assert.equal(
        plain.stdout.replaceAll('\r', ''),
        stripVTControlCharacters(colored.stdout.replaceAll('\r', '')),
      );
    }),
  );

  test(
    'a terminal sees the progress, until there is a report',
    { skip: !hasTerminal && 'no script here' },
    () =>
      withSandbox({}, async (sandbox) => {
        sandbox.setFault('slow', { times: 1 });
        const file = await fileOf(JSON.stringify(sandbox.config));
        const { status, stdout } = await inTerminal(file, {}, '>/dev/null');
        assert.equal(status, 0);
        assert.match(stdout, /\rasking Tencent … 0 s.*\rasking Tencent … 1 s/);
        assert.ok(stdout.endsWith(`\r${escapeCode}[K`), 'the line is taken away');
      }),
  );
});

describe('--to', { concurrency: 2 }, () => {
  test('sends one message there, and follows it to the phone', () =>
    withSandbox({}, async (sandbox) => {
      const number = secret('+8613812345678');
      keepSecret(number.slice(1), number.slice(3));
      const run = await examine(sandbox.config, '--to', number, '--json');
      assert.equal(run.status, 0);
      const [message, ...others] = sandbox.messages;
      assert.deepEqual(others, []);
      assert.equal(message?.phoneNumber, number);
      assert.equal(message?.text, '【腾讯云示例】您的验证码为：000000，请勿泄露给他人。');
      const ends = reportOf(run).findings.slice(-2);
      assert.deepEqual(
        ends.map((each) => `${each.state} ${placeOf(each)}`),
        ['ok message mainland', 'ok delivery mainland'],
      );
      assert.ok(ends[0]?.what.includes(message?.serialNo ?? '?'), 'the SerialNo, for the support');
      assert.match(ends[1]?.what ?? '', /the phone has it/);
      const sends = sandbox.requests.filter(({ action }) => action === 'SendSms');
      assert.equal(sends.length, 1);
    }));

  test('waits for a report that takes its time, and takes a number as people write it', () =>
    withSandbox({ account: { ...defaultAccount, deliveryReportSeconds: 4 } }, async (sandbox) => {
      keepSecret('+14155552671', '4155552671', '(415) 555-2671');
      const run = await examine(sandbox.config, '--to', '+1 (415) 555-2671');
      assert.equal(run.status, 0, run.stdout);
      assert.equal(sandbox.messages.length, 1);
      assert.equal(sandbox.messages[0]?.phoneNumber, '+14155552671');
      const asked = sandbox.requests.filter(({ action }) =>
        action?.startsWith('PullSmsSendStatus'),
      );
      assert.equal(asked.length, 2);
      assert.match(run.stdout, /ok {7}delivery +overseas: the carrier says that the phone has it/);
    }));

  test('says where the reports are not to be had', () =>
    withSandbox(
      {
        account: {
          ...defaultAccount,
          restrictions: { PullSmsSendStatusByPhoneNumber: 'AuthFailure.UnauthorizedOperation' },
        },
      },
      async (sandbox) => {
        const run = await examine(sandbox.config, '--to', secret('+8613812345679'), '--json');
        assert.equal(run.status, 0);
        assert.equal(sandbox.messages.length, 1);
        const delivery = reportOf(run).findings.at(-1);
        assert.deepEqual([delivery?.check, delivery?.state], ['delivery', 'unknown']);
        assert.match(delivery?.what ?? '', /AuthFailure\.UnauthorizedOperation/);
      },
    ));

  /** By the sandbox's fault: where in the config, and the words. @type {Record<string, [string | undefined, RegExp]>} */
  const refusals = {
    'status:FailedOperation.SignatureIncorrectOrUnapproved': ['signName', /signature/],
    'status:FailedOperation.TemplateIncorrectOrUnapproved': [
      'templates.3.templateCode.china',
      /template/,
    ],
    'status:FailedOperation.InsufficientBalanceInSmsPackage': [undefined, /buy another/],
    'status:LimitExceeded.PhoneNumberDailyLimit': [undefined, /daily limit is reached/],
    'status:FailedOperation.PhoneNumberInBlacklist': [undefined, /./],
    'error:UnauthorizedOperation.ServiceSuspendDueToArrears': [undefined, /top up the account/],
  };
  for (const [fault, [path, words]] of Object.entries(refusals)) {
    test(`tells a refusal: ${fault}`, () =>
      withSandbox({}, async (sandbox) => {
        const [number = ''] = magicNumbers(/** @type {any} */ (findFault(fault)));
        const [, code = ''] = fault.split(':');
        keepSecret(number, number.slice(3));
        // A number of the table's rows; the rest of the sandbox is in order.
        assert.ok(number, 'the fault has a magic number');
        const run = await examine(sandbox.config, '--to', number, '--json');
        assert.equal(run.status, 1);
        assert.equal(sandbox.messages.length, 0);
        const { findings } = reportOf(run);
        const [refusal, ...others] = troublesIn(findings);
        assert.deepEqual(others, []);
        assert.equal(refusal?.check, 'message');
        assert.equal(refusal?.state, 'wrong');
        assert.equal(dotted(refusal?.path), path);
        assert.ok(refusal?.what.includes(code));
        assert.match(`${refusal?.what} ${refusal?.advice}`, words);
        const sends = sandbox.requests.filter(({ action }) => action === 'SendSms');
        assert.equal(sends.length, 1);
      }));
  }

  for (const number of ['+86', 'abc', '13812', '+8613812345678901234567', '']) {
    test(`a number that is none is told, and nothing is sent: "${number}"`, () =>
      withSandbox({}, async (sandbox) => {
        const run = await examine(sandbox.config, '--to', number, '--json');
        assert.equal(run.status, 1);
        assert.ok(sandbox.requests.every(({ action }) => action !== 'SendSms'));
        const [refusal, ...others] = troublesIn(reportOf(run).findings);
        assert.deepEqual(others, []);
        assert.deepEqual([refusal?.check, refusal?.state], ['message', 'wrong']);
        assert.match(refusal?.what ?? '', /number/i);
      }));
  }

  test('a number that the config does not allow is told, and nothing is sent', () =>
    withSandbox({}, async (sandbox) => {
      const config = { ...sandbox.config, allowedCallingCodes: ['86'] };
      const run = await examine(config, '--to', secret('+85291234568'), '--json');
      assert.equal(run.status, 1);
      assert.equal(sandbox.messages.length, 0);
      const refusal = reportOf(run).findings.at(-1);
      assert.deepEqual([refusal?.check, refusal?.state], ['message', 'wrong']);
      assert.match(refusal?.what ?? '', /allowedCallingCodes/);
    }));

  test('what is wrong with the config is told once', async () => {
    const run = await examine({ templates: [] }, '--to', secret('+8613812345670'), '--json');
    assert.equal(run.status, 1);
    const paths = reportOf(run).findings.map(({ path }) => dotted(path));
    assert.deepEqual(paths, [...new Set(paths)]);
  });
});

test('a key that was pasted into another field is not printed', () =>
  withSandbox({}, async ({ config }) => {
    const { secretId, secretKey } = defaultAccount;
    for (const key of [secretId, secretKey]) {
      const [signIn, ...others] = config.templates;
      const entry = { usageType: key, templateCode: key };
      // `run` looks for the keys in what is printed.
      await examine({ ...config, signName: key, templates: [entry, signIn, ...others] });
      await examine({ ...config, sdkAppId: key }, '--json');
      await examine({ ...config, region: key, endpoint: key, [key]: key }, '--json');
      await examine({ ...config, overseas: { [key]: '1' } }, '--json');
    }
  }));
