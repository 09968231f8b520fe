/**
 * The inbox page in a real browser.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, afterEach, beforeEach, test } from 'node:test';
import axe from 'axe-core';
import { metadata } from '../../js-shim/metadata.js';
import { defaultAccount } from '../../sandbox/account.js';
import { faults } from '../../sandbox/faults/faults.js';
import { startSandbox } from '../../sandbox/server.js';
import { portOf } from '../shared/port-of.js';
import { launchChromium } from './support/chromium.js';
import { last, present } from './support/present.js';
import { exchange, goodParameters, now, OVERSEAS, post } from './support/sign-and-post.js';

const hostileHtml = '<img src=x onerror="hurt = true"><b>bold</b><script>hurt = true</script>';

/** @typedef {import('playwright-core').Page} Page */

const browser = await launchChromium();
after(() => browser.close());

/** @type {import('../../sandbox/server.js').Sandbox} */
let sandbox;
/** @type {import('playwright-core').BrowserContext[]} */
let contexts;
/** The mishaps that no page may have. @type {string[]} */
let mishaps;
beforeEach(async () => {
  sandbox = await startSandbox({ now });
  contexts = [];
  mishaps = [];
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await sandbox.close();
  assert.deepEqual(mishaps, [], 'the page had errors or made other requests');
});

/**
 * Opens a page and waits until it is live.
 * @param {{ path?: string, prepare?: () => void } & import('playwright-core').BrowserContextOptions
 * } [how]
 */
async function open({ path = '/', prepare, ...options } = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) mishaps.push(message.text());
  });
  page.on('pageerror', (error) => mishaps.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${sandbox.url}/`)) mishaps.push(request.url());
  });
  if (prepare) await page.addInitScript(prepare);
  await page.goto(sandbox.url + path);
  if (!path.startsWith('/help')) await live(page);
  return page;
}

/** Opens everything that the page can fold. @param {Page} page */
const unfold = (page) =>
  page.locator('details').evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '');
  });

/** @param {Page} page */
const live = (page) => page.locator('#connection[data-state="live"]').waitFor();

/**
 * @param {Record<string, unknown>} [changes]
 * @param {import('./support/sign-and-post.js').PostOptions} [options]
 */
async function send(changes, options) {
  const { answer } = await post(sandbox, { ...goodParameters, ...changes }, options);
  return answer;
}

/** One item of each kind that the page shows. */
async function sendAll() {
  await send();
  await send({ ...OVERSEAS, SenderId: 'Logto' });
  await send({ TemplateId: '999' });
  await send({}, { secretKey: 'wrong' });
  sandbox.setFault('html-503', { times: 1 });
  await send();
  sandbox.setFault('html-502', { times: 1 });
  await send();
  sandbox.setFault('busy');
}

/** The texts of the entries that are shown, newest first, white space folded. @param {Page} page */
async function shown(page) {
  const texts = await page.locator('#entries > li:visible').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' '));
}
/** @param {Page} page @param {number} count */
const settled = (page, count) =>
  page.waitForFunction(
    (expected) => document.querySelectorAll('#entries > li:not([hidden])').length === expected,
    count,
  );

test('messages appear live, newest first, as on a phone', async () => {
  const page = await open();
  await page.getByText('Nothing yet').waitFor();
  await page.evaluate('window.notReloaded = true');

  await send();
  await send({ ...OVERSEAS, SenderId: 'Logto' });
  await settled(page, 2);
  const [overseas, mainland] = await shown(page);
  assert.match(mainland, /^\+86 138 0013 8000 Mainland .*【腾讯云示例】您的登录验证码为：246810，/);
  assert.match(mainland, / 246810 Copy code 246810 Template 1100001 登录验证码 Used for SignIn$/);
  assert.match(overseas, /^\+12025550123 Overseas .* Logto Your verification code is 246810\. /);
  assert.doesNotMatch(overseas, /【/);
  assert.equal(await page.getByText('Nothing yet').isVisible(), false);
  assert.equal(
    await page.locator('time').first().getAttribute('datetime'),
    '2026-03-01T12:00:00.000Z',
  );
  assert.equal(await page.locator('.mainland .bubble').getAttribute('lang'), 'zh-Hans');
  assert.equal(await page.evaluate('window.notReloaded'), true);
});

test('earlier messages are shown when the page opens', async () => {
  await send();
  await send(OVERSEAS);
  const page = await open();
  await settled(page, 2);
  assert.match((await shown(page))[0], /^\+12025550123/);
});

test('a message without a code has no copy button', async () => {
  await send({ ...OVERSEAS, TemplateId: '1200003', TemplateParamSet: ['Paris'] });
  const page = await open();
  await settled(page, 1);
  assert.equal(await page.locator('.entry button').count(), 0);
});

test('refusals are shown with Tencent’s code and its meaning', async () => {
  await send({ TemplateId: '999' });
  await send({}, { secretKey: 'wrong' });
  sandbox.setFault('html-503', { times: 1 });
  await send();
  const page = await open();
  await settled(page, 3);
  const [lost, signature, template] = await shown(page);
  assert.match(
    template,
    /^\+86 138 0013 8000 Refused .* FailedOperation\.TemplateIncorrectOrUnapproved /,
  );
  assert.match(template, /Template not approved.* The template 999 does not exist/);
  assert.match(signature, / AuthFailure\.SignatureFailure TC3 signature does not verify/);
  assert.match(lost, /^\+86 138 0013 8000 Lost .*Not processed by Tencent\. Status 503 with HTML/);
  assert.match(lost, /Fault html-503/);
});

test('one click copies the code, and confirms it', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await send();
  await page.getByRole('button', { name: 'Copy code 246810' }).click();
  await page.locator('#announcer', { hasText: 'Copied code 246810' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '246810');
  assert.equal(await page.locator('#announcer').getAttribute('aria-live'), 'polite');
});

test('the code is copied even without the clipboard API', async () => {
  const page = await open({
    prepare: () => Object.defineProperty(navigator, 'clipboard', { value: undefined }),
  });
  await send();
  const button = page.getByRole('button', { name: 'Copy code 246810' });
  await button.click();
  await page.locator('#announcer', { hasText: 'Copied code 246810' }).waitFor();
  assert.ok(await button.evaluate((node) => node === document.activeElement), 'the focus moved');
  await page.locator('#search').focus();
  await page.keyboard.press('ControlOrMeta+v');
  assert.equal(await page.locator('#search').inputValue(), '246810');
});

test('a failed copy is reported', async () => {
  const page = await open({
    prepare: () => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    },
  });
  await send();
  await page.getByRole('button', { name: 'Copy code 246810' }).click();
  await page.locator('#announcer', { hasText: 'Could not copy' }).waitFor();
});

test('each field of the Console’s form can be copied by its label', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  const items = metadata.formItems?.filter(({ key }) => Object.hasOwn(sandbox.config, key)) ?? [];
  const labels = items.map(({ label }) => label);
  assert.deepEqual(await page.locator('#fields dt').allTextContents(), labels);
  assert.equal(await page.locator('#fields button').count(), labels.length);

  /** @type {Record<string, unknown>} */
  const copied = {};
  const values = await page.locator('#fields dd:nth-child(2)').allTextContents();
  for (const [index, { key, label, type }] of items.entries()) {
    await page.getByRole('button', { name: `Copy ${label}`, exact: true }).click();
    await page.locator('#announcer').getByText(`Copied ${label}`, { exact: true }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(values[index], text);
    copied[key] = type === 'Json' ? JSON.parse(text) : text;
  }
  assert.deepEqual(copied, sandbox.config);
});

test('the command for Logto’s Management API can be copied, and marks what to replace', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByText('Or with Logto’s Management API').click();
  await page.getByRole('button', { name: 'Copy command' }).click();
  await page.locator('#announcer', { hasText: 'Copied command' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const { text } = await exchange(sandbox.url, { method: 'GET', path: '/api/logto' });
  assert.equal(copied, JSON.parse(text).curl);
  assert.equal(await page.locator('#command pre').textContent(), copied);
  const placeholders = ['<logto-endpoint>', '<access-token>'];
  assert.deepEqual(await page.locator('#command mark').allTextContents(), placeholders);
});

test('a field that is absent from the config is absent from the page', async () => {
  const page = await open();
  const label = page.locator('#fields dt').getByText('Security token');
  assert.equal(await label.count(), 0);
  await sandbox.close();
  const account = { ...defaultAccount, securityToken: hostileHtml };
  sandbox = await startSandbox({ now, account });
  const other = await open();
  await other.getByRole('button', { name: 'Copy Security token' }).waitFor();
  const values = await other.locator('#fields dd:nth-child(2)').allTextContents();
  assert.ok(values.includes(hostileHtml), 'as text');
  assert.equal(await other.locator('aside :is(img, b, script)').count(), 0);
  mishaps = [];
});

test('the search finds every word in numbers, texts and errors, and survives a reload', async () => {
  await send();
  await send({ PhoneNumberSet: ['+8613900139999'] });
  await send(OVERSEAS);
  await send({}, { secretKey: 'wrong' });
  const page = await open();
  await settled(page, 4);
  for (const [text, count] of /** @type {const} */ ([
    ['138 0013 8000', 2],
    ['+86 139', 1],
    ['20255501', 1],
    ['+86', 3],
    ['登录验证码', 2],
    ['VERIFICATION code', 1],
    ['signaturefailure', 1],
    ['登录 +8613900', 1],
    ['does not verify', 1],
    ['登录 verification', 0],
  ])) {
    await page.locator('#search').fill(text);
    await settled(page, count);
    assert.equal(await page.locator('#count').textContent(), `${count} of 4`, text);
  }
  await page.locator('#search').fill('+86139');
  await settled(page, 1);
  await page.reload();
  await live(page);
  await settled(page, 1);
  assert.equal(await page.locator('#search').inputValue(), '+86139');

  await send();
  await send({ PhoneNumberSet: ['+8613900139999'] });
  await settled(page, 2);
  await page.locator('#search').focus();
  await page.keyboard.press('Escape');
  await settled(page, 6);
  assert.equal(await page.locator('#search').inputValue(), '');
  assert.equal(new URL(page.url()).search, '');
});

test('numbers stand side by side as phones', async () => {
  await send();
  await send(OVERSEAS);
  await send({ TemplateParamSet: ['135790'] });
  await send({}, { secretKey: 'wrong' });
  const page = await open();
  await settled(page, 4);
  await page.getByRole('button', { name: 'Phones' }).click();
  const phones = page.locator('#phones > section');
  const names = () => phones.getByRole('heading').allTextContents();
  assert.deepEqual(await names(), ['+86 138 0013 8000', '+12025550123']);
  assert.equal(await page.locator('#entries > li').count(), 0);
  const codes = () => phones.first().locator('output').allTextContents();
  assert.deepEqual(await codes(), ['135790', '246810']);
  const [one, other] = await Promise.all([0, 1].map((index) => phones.nth(index).boundingBox()));
  assert.ok(one && other && other.x >= one.x + one.width && other.y === one.y, 'side by side');

  await send({ ...OVERSEAS, TemplateParamSet: ['975310'] });
  await page.getByText('975310').first().waitFor();
  assert.deepEqual(await names(), ['+12025550123', '+86 138 0013 8000'], 'the newest is first');
  await page.reload();
  await live(page);
  assert.equal((await names()).length, 2, 'the view is kept in the address');
  await page.locator('#search').fill('1202');
  await page.waitForFunction(() => document.querySelectorAll('.phone').length === 1);
  await page.getByRole('button', { name: 'List' }).click();
  await settled(page, 2);
  assert.equal(new URL(page.url()).searchParams.get('view'), null);
});

test('a link leads to one message, whatever is shown, and says if the message is gone', async () => {
  for (const code of ['1111', '2222', '3333']) await send({ TemplateParamSet: [code] });
  const page = await open();
  await settled(page, 3);
  const link = page.locator('#entries > li').nth(1).getByRole('link');
  await link.click();
  const linked = page.locator('.entry[aria-current="true"]');
  assert.match(await linked.innerText(), /2222/);
  const path = new URL(page.url());

  const other = await open({ path: `/?q=3333${path.hash}` });
  const there = other.locator('.entry[aria-current="true"]');
  assert.match(await there.innerText(), /2222/);
  assert.ok(await there.evaluate((node) => node === document.activeElement), 'no focus');
  await settled(other, 3);
  await other.getByRole('link', { name: '简体中文' }).click();
  await live(other);
  assert.match(await there.innerText(), /2222/, 'the link is lost with the language');

  const gone = await open({ path: '/#nothing' });
  await gone.getByText('The message of this link is no longer in the inbox.').waitFor();
});

test('keys move between messages, copy, search and switch the view', async () => {
  for (const code of ['1111', '2222', '3333']) await send({ TemplateParamSet: [code] });
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await settled(page, 3);
  const press = async (/** @type {string[]} */ ...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const copied = async (/** @type {string} */ code) => {
    await page.locator('#announcer', { hasText: `Copied code ${code}` }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
  };
  await press('c');
  await copied('3333');
  await press('j', 'j', 'j', 'k', 'j', 'c');
  await copied('1111');
  await press('k', 'c');
  await copied('2222');
  await press('v');
  await page.locator('#phones > section').waitFor();
  await press('v');
  await settled(page, 3);
  await press('/', 'j', 'c');
  assert.equal(await page.locator('#search').inputValue(), 'jc', 'keys type in the field');
  await press('Escape');

  await unfold(page);
  await page.getByLabel('Use these keys').uncheck();
  await page.reload();
  await live(page);
  await settled(page, 3);
  await press('v');
  assert.equal(await page.locator('#phones').isVisible(), false);
  await unfold(page);
  assert.equal(await page.getByLabel('Use these keys').isChecked(), false);
});

test('thousands of messages appear at once, are searched at once, and follow on scrolling', async () => {
  const numbers = Array.from({ length: 200 }, (_, index) => `+861380013${8000 + index}`);
  for (let count = 0; count < 25; count += 1) await send({ PhoneNumberSet: numbers });
  await send({ TemplateParamSet: ['975310'] });
  const began = performance.now();
  const page = await open();
  await page.getByText('975310').first().waitFor();
  assert.ok(performance.now() - began < 5000, 'the page is slow to open');
  const items = page.locator('#entries > li');
  assert.ok((await items.count()) <= 150, 'all entries are in the document');

  const took = await page.evaluate(() => {
    const search = /** @type {HTMLInputElement} */ (document.getElementById('search'));
    const began = performance.now();
    for (const value of ['8', '81', '819', '8199', '']) {
      search.value = value;
      search.dispatchEvent(new Event('input'));
      // Reading the layout makes the browser compute it.
      document.body.getBoundingClientRect();
    }
    return performance.now() - began;
  });
  assert.ok(took < 1500, `five searches took ${took} ms`);
  await page.locator('#search').fill('+8613800138199');
  assert.equal(await page.locator('#count').textContent(), '25 of 5000');
  await page.locator('#search').fill('');

  const before = await items.count();
  await items.last().scrollIntoViewIfNeeded();
  await page.waitForFunction((count) => document.querySelectorAll('.entry').length > count, before);
  await send({ TemplateParamSet: ['864209'] });
  await page.getByText('864209').first().waitFor({ state: 'attached' });
});

test('the page shows as many messages as the sandbox keeps', async () => {
  await sandbox.close();
  sandbox = await startSandbox({ now, keep: 3 });
  const page = await open();
  for (const code of ['1111', '2222', '3333']) await send({ TemplateParamSet: [code] });
  await send({ TemplateId: '999' });
  await page.getByText('The template 999 does not exist').waitFor();
  const texts = await shown(page);
  assert.equal(texts.length, 3);
  await page.reload();
  await live(page);
  await settled(page, 3);
  assert.deepEqual(await shown(page), texts);
});

test('clearing empties every open page permanently', async () => {
  await send();
  const [one, other] = [await open(), await open()];
  await Promise.all([settled(one, 1), settled(other, 1)]);
  await one.getByRole('button', { name: 'Clear inbox' }).click();
  await Promise.all([settled(one, 0), settled(other, 0)]);
  await other.getByText('Nothing yet').waitFor();
  await one.reload();
  await live(one);
  await send(OVERSEAS);
  await settled(one, 1);
});

test('a fault can be set for the next requests, or used by its numbers', async () => {
  const page = await open();
  const select = page.getByLabel('Fault', { exact: true });
  const names = await select.locator('option').allTextContents();
  assert.deepEqual(
    names,
    faults.map(({ name }) => name),
  );
  await select.selectOption('busy');
  await page.getByText('Too many requests (RequestLimitExceeded), always.').waitFor();
  assert.deepEqual(await page.locator('#numbers code').allTextContents(), [
    '+8619400000110',
    '+16465550110',
  ]);
  await page.getByRole('button', { name: 'Set fault' }).click();
  const notice = page.locator('#fault-notice');
  await notice.getByText('The next message will fail: busy.').waitFor();
  // When the Console lists connectors, Logto requests their statistics.
  await send({}, { action: 'SendStatusStatistics' });
  assert.equal(last(sandbox.requests).fault, undefined);
  assert.equal((await send()).Error.Code, 'RequestLimitExceeded');
  await notice.waitFor({ state: 'hidden' });
  assert.equal((await send()).Error, undefined);

  await page.getByLabel('every request, until cleared').check();
  await page.getByRole('button', { name: 'Set fault' }).click();
  await notice.getByText('Every request will fail: busy.').waitFor();
  assert.equal((await send()).Error.Code, 'RequestLimitExceeded');
  assert.equal((await send()).Error.Code, 'RequestLimitExceeded');
  await page.getByRole('button', { name: 'Clear fault' }).click();
  await notice.waitFor({ state: 'hidden' });
  assert.equal((await send()).Error, undefined);
});

test('the notice names the requests that a fault will affect', async () => {
  const page = await open();
  const notice = page.locator('#fault-notice');
  for (const [options, text] of /** @type {const} */ ([
    [{ times: 2 }, 'The next 2 messages will fail: busy.'],
    [{ action: 'SendSms' }, 'Every message will fail: busy.'],
    [
      { times: 1, action: 'SendStatusStatistics' },
      'The next SendStatusStatistics request will fail: busy.',
    ],
    [
      { times: 3, action: 'SendStatusStatistics' },
      'The next 3 SendStatusStatistics requests will fail: busy.',
    ],
    [{}, 'Every request will fail: busy.'],
  ])) {
    sandbox.setFault('busy', options);
    await notice.getByText(text, { exact: true }).waitFor();
  }
});

test('every control can be reached and operated by keyboard', async () => {
  await send();
  await send(OVERSEAS);
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await settled(page, 2);
  const press = async (/** @type {string[]} */ ...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = page.locator(':focus');

  await press('Tab');
  assert.equal(await focused.textContent(), 'Skip to the messages');
  assert.ok(await focused.evaluate((node) => node.getBoundingClientRect().top >= 0));
  await press('Enter');
  assert.equal(await focused.getAttribute('id'), 'inbox');

  // The keyboard visits each control once, in the page's order and with a visible focus.
  await page.goto(sandbox.url);
  await live(page);
  await settled(page, 2);
  await unfold(page);
  const reached = await page.evaluate(() => {
    /** @type {NodeListOf<HTMLElement>} */
    const all = document.querySelectorAll(
      'a[href], button, input, select, summary, [tabindex="0"]',
    );
    const controls = Array.from(all).filter((control) => control.checkVisibility());
    // In a group of radio buttons, the keyboard reaches only the selected one.
    return Array.from(controls, (control, index) => {
      control.dataset.position = String(index);
      const isRadio = control instanceof HTMLInputElement && control.type === 'radio';
      return isRadio && !control.checked ? undefined : index;
    }).filter((index) => index !== undefined);
  });
  assert.ok(reached.length > 15, `${reached.length} controls`);
  for (const position of reached) {
    await press('Tab');
    const now = await focused.evaluate((node) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(node);
      return { position: Number(node.dataset.position), outlineStyle, outlineWidth };
    });
    assert.deepEqual(now, { position, outlineStyle: 'solid', outlineWidth: '3px' });
  }

  await page.locator('#search').focus();
  await page.keyboard.type('8000');
  await settled(page, 1);
  await press('Tab', 'Tab', 'Enter');
  await page.locator('#announcer', { hasText: 'Copied code 246810' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '246810');

  await page.locator('#fault').focus();
  await page.keyboard.type('hang');
  await press('Tab', 'ArrowDown', 'Tab', 'Enter');
  await page.getByText('Every request will fail: hang.').first().waitFor();
  await press('Tab', 'Space');
  await page.locator('#fault-notice').waitFor({ state: 'hidden' });

  await page.locator('#config-pane > summary').focus();
  await press('Enter');
  assert.equal(await page.locator('#fields').isVisible(), false);

  await page.locator('#clear').focus();
  await press('Space');
  await settled(page, 0);
});

test('received text stays text', async () => {
  const account = structuredClone(defaultAccount);
  const template = account.templates.find(({ templateId }) => templateId === '1200003');
  present(template).templateName = hostileHtml;
  await sandbox.close();
  sandbox = await startSandbox({ now, account });
  const page = await open();
  await send({
    ...OVERSEAS,
    TemplateId: '1200003',
    SenderId: hostileHtml,
    TemplateParamSet: [hostileHtml],
  });
  await send({ TemplateId: hostileHtml });
  await send({ PhoneNumberSet: [hostileHtml] });
  await send({}, { action: hostileHtml });
  await settled(page, 4);
  const texts = await shown(page);
  for (const text of texts) assert.ok(text.includes(hostileHtml), text);
  assert.equal(last(texts).split(hostileHtml).length, 4, 'sender, text and template’s name');
  assert.equal(await page.locator('#entries :is(img, script, b)').count(), 0);
  assert.equal(await page.evaluate('window.hurt'), undefined);

  await page.locator('#search').fill(hostileHtml);
  await page.reload();
  await live(page);
  assert.equal(await page.locator('main :is(img, script, b)').count(), 0);
  assert.equal(await page.evaluate('window.hurt'), undefined);
});

test('the page’s policy refuses markup and other origins, whatever its code does', async () => {
  const page = await open();
  const refused = await page.evaluate(async () => {
    const attempts = {
      markup: () => {
        document.body.innerHTML += '<b>x</b>';
      },
      code: () => {
        document.createElement('script').text = 'window.hurt = true';
      },
      stranger: () => fetch('http://127.0.0.1:1/'),
    };
    /** @type {Record<string, boolean>} */
    const outcomes = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
        outcomes[name] = false;
      } catch {
        outcomes[name] = true;
      }
    }
    return outcomes;
  });
  assert.deepEqual(refused, { markup: true, code: true, stranger: true });
  assert.ok(mishaps.length > 0, 'the browser reported nothing');
  assert.ok(
    mishaps.every((text) => /Content Security Policy|TrustedHTML|trusted/i.test(text)),
    mishaps.join('\n'),
  );
  mishaps = [];
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`text has a contrast of 4.5 : 1, ${colorScheme}`, async () => {
    await sendAll();
    const page = await open({ colorScheme });
    await settled(page, 6);
    await unfold(page);
    const texts = await page.evaluate(contrasts);
    assert.ok(texts.length > 60, `${texts.length} texts`);
    const seen = new Set(texts.map(({ color }) => color));
    assert.ok(seen.size >= 5, 'too few colors');
    for (const { text, ratio } of texts) assert.ok(ratio >= 4.5, `${text}: ${ratio.toFixed(2)}`);
    const [, background] = await page.evaluate(() => [
      getComputedStyle(document.body).color,
      getComputedStyle(document.body).backgroundColor,
    ]);
    const dark = Number(/\d+/.exec(background)?.[0]) < 128;
    assert.equal(dark, colorScheme === 'dark');
  });

  for (const path of ['/', '/?view=phones', '/help']) {
    test(`axe finds nothing at ${path}, ${colorScheme}`, async () => {
      await sendAll();
      const page = await open({ path, colorScheme });
      if (path === '/') await settled(page, 6);
      await unfold(page);
      // The debugger evaluates this, because the page's policy does not apply to it.
      await page.evaluate(axe.source);
      /** @type {import('axe-core').AxeResults} */
      const { violations, passes } = await page.evaluate('axe.run()');
      assert.ok(passes.length > 15, `${passes.length} rules had something to check`);
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        [],
      );
    });
  }
}

test('the page of another site can only link to the inbox', async (t) => {
  const site = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<a href="${sandbox.url}/">Inbox</a>
      <form method="post" enctype="text/plain" action="${sandbox.url}/" target="answer">
      <input name="a"><button>Send</button></form><iframe name="answer"></iframe>`);
  }).listen(0, '127.0.0.1');
  t.after(() => site.close());
  await once(site, 'listening');

  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  /** @type {string[]} */
  const answers = [];
  page.on('response', (response) => {
    if (!response.url().startsWith(sandbox.url)) return;
    answers.push(`${response.status()} ${response.request().method()}`);
  });
  // Another name is another site for the browser, and another port is only another origin.
  for (const name of ['localhost', '127.0.0.1']) {
    answers.length = 0;
    await page.goto(`http://${name}:${portOf(site)}/`);
    await page.evaluate(async (url) => {
      const hidden = { method: 'POST', mode: /** @type {const} */ ('no-cors') };
      await fetch(url, { ...hidden, body: 'x' });
      await fetch(url, { ...hidden, body: new Uint8Array(10_000_000) }).catch(() => {});
      await fetch(`${url}/api/config`, { mode: 'no-cors' });
      await new Promise((resolve) => {
        const image = Object.assign(new Image(), { onerror: resolve });
        image.src = `${url}/api/messages`;
      });
    }, sandbox.url);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.frameLocator('iframe').getByText('another site').waitFor();
    assert.deepEqual([...new Set(answers)].sort(), ['403 GET', '403 POST'], name);
    assert.equal(sandbox.totals.requests, 0);

    await page.getByRole('link', { name: 'Inbox' }).click();
    await live(page);
  }
});

test('the page fits into 360 pixels', async () => {
  await sendAll();
  const page = await open({ viewport: { width: 360, height: 740 } });
  await settled(page, 6);
  for (const summary of await page.locator('summary').all()) await summary.click();
  assert.ok(await page.locator('#command').isVisible());
  const { width, beyond } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    beyond: Array.from(document.querySelectorAll('body *'))
      .filter((node) => !node.closest('.unseen, .skip, select') && node.checkVisibility())
      .filter((node) => node.getBoundingClientRect().right > 360)
      .map((node) => node.outerHTML),
  }));
  assert.equal(width, 360);
  assert.deepEqual(beyond, []);
});

test('nothing moves for readers who prefer reduced motion', async () => {
  await send();
  for (const [reducedMotion, animation] of /** @type {const} */ ([
    ['reduce', 'none'],
    ['no-preference', 'arrive'],
  ])) {
    const page = await open({ reducedMotion });
    await settled(page, 1);
    const name = await page
      .locator('.entry')
      .evaluate((node) => getComputedStyle(node).animationName);
    assert.equal(name, animation);
  }
});

test('the page is in the browser’s language, and the reader can switch it', async () => {
  await sendAll();
  const page = await open({ path: '/?to=%2B86', locale: 'zh-CN' });
  await unfold(page);
  assert.equal(await page.title(), '短信沙箱');
  const texts = await shown(page);
  assert.ok(texts.some((text) => /^\+86 138 0013 8000 中国大陆 .* 复制 验证码 246810/.test(text)));
  assert.ok(
    texts.some((text) => /被拒绝 .*模板未审核通过/.test(text)),
    texts.join('\n'),
  );
  assert.ok(texts.some((text) => /丢失 .*腾讯云侧未处理。状态码 503/.test(text)));
  await page.locator('#fault-notice', { hasText: '所有请求都将失败：busy。' }).waitFor();

  await page.getByRole('link', { name: 'English' }).click();
  await live(page);
  assert.equal(await page.title(), 'SMS sandbox');
  assert.equal(await page.locator('#search').inputValue(), '+86', 'the search is kept');
  await page.getByRole('link', { name: 'Help and all faults' }).click();
  assert.equal(await page.locator('h1').textContent(), 'Tencent Cloud SMS sandbox');
  await page.getByRole('link', { name: '简体中文' }).click();
  assert.equal(await page.locator('h1').textContent(), '腾讯云短信沙箱');
  await page.goto(sandbox.url);
  await live(page);
  assert.equal(await page.title(), '短信沙箱', 'the choice is remembered');
});

test('no English sentence is left on the Chinese pages', async () => {
  await sendAll();
  for (const path of ['/', '/help']) {
    const page = await open({ path, locale: 'zh-CN' });
    if (path === '/') await settled(page, 6);
    await unfold(page);
    const texts = await page.evaluate(() => {
      // Codes, commands, the labels of Logto's form and the texts of Tencent's API are the same in every language.
      const same =
        'code, pre, output, mark, th code, .error-code, .answer, #fields, option, a.language, style, script';
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { data, parentElement } = /** @type {Text} */ (walker.currentNode);
        if (!parentElement?.closest(same)) found.push(data);
      }
      return found;
    });
    assert.ok(texts.length > 40, `${texts.length} texts`);
    const english = texts.filter(
      (text) => /[a-z]{2,} [a-z]{2,}/.test(text) && !/\p{Script=Han}/u.test(text),
    );
    // A message to a number abroad is English.
    assert.deepEqual(
      english.filter((text) => !/verification code/.test(text)),
      [],
    );
  }
});

test('screen readers announce new messages', async () => {
  await send();
  const page = await open();
  await settled(page, 1);
  assert.equal(
    await page.locator('#announcer').textContent(),
    '',
    'earlier messages are announced',
  );
  await send(OVERSEAS);
  await page.locator('#announcer', { hasText: 'Message to +12025550123, code 246810' }).waitFor();
  await send({ TemplateId: '999' });
  await page
    .locator('#announcer', { hasText: 'Refused: FailedOperation.TemplateIncorrectOrUnapproved' })
    .waitFor();
});

test('the page reconnects to a restarted sandbox', async () => {
  await send();
  const page = await open();
  await settled(page, 1);
  const { port } = sandbox;
  await sandbox.close();
  await page.locator('#connection[data-state="lost"]').waitFor();
  sandbox = await startSandbox({ now, port });
  await live(page);
  await settled(page, 0);
  await send(OVERSEAS);
  await settled(page, 1);
  assert.ok(mishaps.length > 0 && mishaps.every((text) => /ERR_/.test(text)), mishaps.join('\n'));
  mishaps = [];
});

/**
 * Runs in the page, and returns each visible text with its contrast by WCAG 2's formula.
 */
function contrasts() {
  const channels = (/** @type {string} */ color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (/** @type {string} */ color) => {
    const [r, g, b] = channels(color)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** @type {(node: Element) => string} */
  const backgroundOf = (node) => {
    const { backgroundColor } = getComputedStyle(node);
    const [, , , alpha = 1] = channels(backgroundColor);
    if (alpha === 1) return backgroundColor;
    if (alpha !== 0) throw new Error('half-transparent backgrounds are not reckoned with');
    if (!node.parentElement) throw new Error('the page itself has no background');
    return backgroundOf(node.parentElement);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data, parentElement } = /** @type {Text} */ (walker.currentNode);
    if (!data.trim() || !parentElement?.checkVisibility() || parentElement.closest('.unseen'))
      continue;
    const { color } = getComputedStyle(parentElement);
    const [one, other] = [luminance(color), luminance(backgroundOf(parentElement))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    found.push({ text: data.trim(), color, ratio });
  }
  return found;
}
