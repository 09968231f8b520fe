/** The samples of the README, as they stand there, with another port. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { marked } from 'marked';
import { startSandbox } from '../../sandbox/server.js';
import { portOf } from '../shared/port-of.js';
import { launchChromium } from './support/chromium.js';
import { present } from './support/present.js';
import { goodParameters, machineSeconds, post } from './support/sign-and-post.js';

const sandbox = await startSandbox();
after(() => sandbox.close());
beforeEach(() => fetch(`${sandbox.url}/api/messages`, { method: 'DELETE' }));

/** @param {string} code */
const send = (code) =>
  post(sandbox, { ...goodParameters, TemplateParamSet: [code] }, { timestamp: machineSeconds() });

const readme = await readFile(new URL('../../sandbox/README.md', import.meta.url), 'utf8');
const blocks = marked.lexer(readme).flatMap((token) => (token.type === 'code' ? [token] : []));

/**
 * Returns the code of the block that contains a text.
 * @param {string} lang
 * @param {string} part
 */
function sample(lang, part) {
  const found = blocks.filter((block) => block.lang === lang && block.text.includes(part));
  assert.equal(found.length, 1, `${part} is in ${found.length} blocks`);
  return present(found[0]).text.replaceAll('http://127.0.0.1:4180', sandbox.url);
}

/**
 * Makes a function of JavaScript code.
 * @param {string[]} names
 * @param {string} code
 * @returns {(...values: unknown[]) => Promise<any>}
 */
function functionOf(names, code) {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  return new AsyncFunction(...names, code);
}

test('the line of shell waits for the code', async () => {
  const line = sample('sh', 'latest/code');
  const running = promisify(execFile)('sh', ['-c', `${line}; printf %s "$code"`]);
  setTimeout(() => send('135790'), 200);
  assert.equal((await running).stdout, '135790');
});

test('the line of JavaScript waits for the code', async () => {
  const line = sample('js', 'const code = await (await fetch');
  assert.equal(line.split('\n').length, 1);
  setTimeout(() => send('135791'), 200);
  assert.equal(await functionOf([], `${line}\nreturn code;`)(), '135791');
});

test('the sample for Playwright fills in the code of the message that the page sent', async (t) => {
  const site = createServer((request, response) => {
    if (request.method === 'POST') send('135792').then(() => response.end());
    else {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<button onclick="fetch('/', { method: 'POST' })">Send code</button>
        <label>Code <input></label>`);
    }
  }).listen(0, '127.0.0.1');
  t.after(() => site.close());
  await once(site, 'listening');
  await send('111111');

  const browser = await launchChromium();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${portOf(site)}/`);
  await functionOf(['page', 'request'], sample('js', 'page.getByRole'))(page, context.request);
  assert.equal(await page.getByLabel('Code').inputValue(), '135792');
});

test('the Chinese README has the same samples', async () => {
  const chinese = await readFile(new URL('../../sandbox/README.zh-CN.md', import.meta.url), 'utf8');
  const own = marked.lexer(chinese).flatMap((token) => (token.type === 'code' ? [token] : []));
  assert.ok(own.length > 4);
  const withoutComments = (/** @type {string} */ text) => text.replace(/\s+# .*$/gm, '');
  const english = blocks.map(({ text }) => withoutComments(text)).join('\n\n');
  for (const { text } of own) assert.ok(english.includes(withoutComments(text)), text);
});
