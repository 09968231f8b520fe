/**
 * The program behind `make pictures`, which takes the README's pictures from the running programs. The packed
 * connector, in Logto's loader, sends messages to the sandbox, and the sandbox's inbox becomes a picture. Then
 * the package's doctor checks a config with two deliberate mistakes, and its report becomes a picture as a
 * terminal shows it.
 *
 * Usage: node scripts/pictures.js TARBALL
 */

import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TemplateType } from '@logto/connector-kit';
import { startSandbox } from '../sandbox/server.js';
import {
  addConnector,
  buildConnector,
  createInstance,
  loadFactories,
  removeInstance,
} from '../tests/host/support/logto-instance.js';
import { launchChromium } from '../tests/sandbox/support/chromium.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The largest size of a picture, because a README is also read over slow connections. */
const byteLimit = 150 * 1000;

/** @typedef {import('../sandbox/server.js').Sandbox} Sandbox */
/** @typedef {import('playwright-core').Page} Page */

const tarball = process.argv[2];
if (!tarball) {
  throw new Error('Usage: node scripts/pictures.js TARBALL');
}
// The default fonts of a Linux without a desktop are hard to read.
process.env.FONTCONFIG_FILE ??= fileURLToPath(new URL('pictures-fonts.conf', import.meta.url));
const instance = await createInstance();
const browser = await launchChromium();
/** The age of the next message, as the page shows it, in milliseconds. */
let age = 0;
const sandbox = await startSandbox({ port: 4180, now: () => Date.now() - age });
try {
  await addConnector(instance, resolve(tarball));
  const [factory] = await loadFactories(instance);
  if (!factory) {
    throw new Error('Logto’s loader skipped the package; see its line above.');
  }
  await mkdir(join(root, 'docs/pictures'), { recursive: true });
  await sendMessages(factory);
  await takeInbox();
  await takePhones();
  await takeDoctor(factory.path);
} finally {
  await sandbox.close();
  await browser.close();
  await removeInstance(instance);
}

/**
 * Sends a few messages to mainland and other numbers, and one that Tencent refuses.
 *
 * @param {Awaited<ReturnType<typeof loadFactories>>[number]} factory
 */
async function sendMessages(factory) {
  const connector = await buildConnector(factory, async () => sandbox.config);
  const unapproved = { ...sandbox.config, signName: '待审核示例' };
  const { SignIn, Register, ForgotPassword } = TemplateType;
  const sends = [
    { ago: 190, to: '8618624017194', type: ForgotPassword, code: '590417' },
    { ago: 142, to: '12025550123', type: SignIn, code: '172953' },
    { ago: 61, to: '8613800138000', type: SignIn, code: '246810', config: unapproved },
    { ago: 8, to: '8613800138000', type: Register, code: '836402' },
  ];
  console.log('pictures: one message will be refused, for the picture');
  for (const { ago, to, type, code, config = sandbox.config } of sends) {
    age = ago * 1000;
    const sent = connector.sendMessage({ to, type, payload: { code } }, config);
    await sent.catch(() => undefined);
  }
  age = 0;
}

/** Takes the picture of the sandbox's page. */
async function takeInbox() {
  const page = await openPage({ width: 1000, height: 860 });
  await page.goto(sandbox.url);
  await page.locator('#connection[data-state="live"]').waitFor();
  await page.locator('#entries > li').nth(3).waitFor();
  await take(page, 'docs/pictures/inbox.png');
}

/** Takes the picture of the same messages as phones, in Chinese, for the page of the sandbox's own package. */
async function takePhones() {
  const page = await openPage({ width: 1060, height: 520 }, 'zh-CN');
  await page.goto(`${sandbox.url}/?view=phones`);
  await page.locator('.phone').nth(2).waitFor();
  await take(page, 'sandbox/phones.png');
}

/**
 * Takes the picture of the doctor's report.
 *
 * @param {string} packageFolder
 */
async function takeDoctor(packageFolder) {
  const { templates, ...rest } = sandbox.config;
  const [signIn, , , generic] = templates;
  const config = {
    ...rest,
    // The two mistakes are a signature in review, and a template that takes two values.
    signName: '待审核示例',
    templates: [{ ...signIn, templateCode: { china: '1100005', overseas: '1200001' } }, generic],
  };
  const file = join(instance, 'config.json');
  await writeFile(file, JSON.stringify(config));
  const report = await inTerminal(join(packageFolder, 'lib/cli/main.js'), file);

  const page = await openPage({ width: 1000, height: 500 });
  await page.setContent(terminalPage('npx connector-tencent-sms-wasm doctor config.json', report));
  await take(page.locator('body'), 'docs/pictures/doctor.png');
}

/**
 * @param {import('playwright-core').ViewportSize} viewport
 * @param {string} [locale]
 */
function openPage(viewport, locale = 'en-GB') {
  return browser.newPage({
    viewport,
    deviceScaleFactor: 2,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
    locale,
  });
}

/**
 * @param {{ screenshot: Page['screenshot'] }} subject
 * @param {string} name
 */
async function take(subject, name) {
  const path = join(root, name);
  await subject.screenshot({ path });
  const palette = [
    '--quality',
    '80-98',
    '--speed',
    '1',
    '--strip',
    '--force',
    '--output',
    path,
    path,
  ];
  await promisify(execFile)('pngquant', palette);
  const { size } = await stat(path);
  if (size > byteLimit) {
    throw new Error(`${name} has ${size} bytes; ${byteLimit} are the limit.`);
  }
  console.log(`pictures: ${name}, ${size} bytes`);
}

/**
 * Runs the doctor in a pseudo-terminal, because it prints colours only in a terminal.
 *
 * @param {string} command
 * @param {string} file
 */
async function inTerminal(command, file) {
  const env = {
    ...process.env,
    TERM: 'xterm',
    NO_COLOR: '',
    NODE: process.execPath,
    command,
    file,
  };
  const line = '"$NODE" "$command" doctor "$file" 2>/dev/null';
  const run = promisify(execFile)('script', ['-qec', line, '/dev/null'], { env });
  // The doctor ends with status 1 if the config has mistakes.
  const { stdout, code } = await run.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error) => error,
  );
  if (code !== 1) {
    throw new Error(`The doctor, run by util-linux’s script, ended with ${code}: ${stdout}`);
  }
  return stdout.replaceAll('\r', '');
}

/**
 * The HTML of a terminal that shows a command and its output.
 *
 * @param {string} command
 * @param {string} output with ANSI colour codes
 */
function terminalPage(command, output) {
  const text = output
    .trimEnd()
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI colour codes begin with one
    .replace(/\x1b\[(\d\d)m(.*?)\x1b\[0m/g, '<b class="color-$1">$2</b>');
  return `<!doctype html>
<style>
  body { margin: 0; background: #1a1e26; color: #d6dae2; font: 13px/1.6 monospace; width: max-content; }
  pre { margin: 0; padding: 20px 24px 22px; font: inherit; }
  .command { color: #fff; }
  .prompt { color: #7d8799; }
  b { font-weight: normal; }
  .color-31 { color: #ff8a80; }
  .color-32 { color: #7fdc9b; }
  .color-33 { color: #ffd479; }
  .color-36 { color: #7fd3e6; }
</style>
<pre><span class="prompt">$</span> <span class="command">${command}</span>
${text}</pre>`;
}
