/** The sandbox’s own paths over HTTP: the control endpoint, the pages, and the sites that may use them. */

import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import { faults } from '../../sandbox/faults/faults.js';
import { magicNumbers } from '../../sandbox/faults/magic-numbers.js';
import { startSandbox } from '../../sandbox/server.js';
import { textIn } from '../../sandbox/text/catalogue.js';
import { configOn, unescapeHtml } from '../shared/help-page.js';
import { withSandbox } from '../shared/with-sandbox.js';
import { exchange, now, post } from './support/sign-and-post.js';

const sandbox = await startSandbox({ now });
beforeEach(() => sandbox.setFault(undefined));
after(() => sandbox.close());

const english = textIn('en');
const JSON_TYPE = { 'Content-Type': 'application/json' };
/** @param {import('./support/sign-and-post.js').ExchangeOptions} options */
const page = (options) => exchange(sandbox.url, { method: 'GET', ...options });

/**
 * @param {string} method
 * @param {unknown} [value] to write as JSON, or the text itself
 * @param {Record<string, string>} [headers]
 */
async function control(method, value, headers = JSON_TYPE) {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  const { status, text } = await page({ method, path: '/control/fault', headers, body });
  return { status, ...JSON.parse(text) };
}
const isBusy = async () => (await post(sandbox)).answer.Error?.Code === 'RequestLimitExceeded';

test('the control endpoint sets, returns and clears the fault', async () => {
  const none = { status: 200, fault: null, times: null, action: null };
  assert.deepEqual(await control('GET'), none);

  const always = { ...none, fault: 'busy' };
  assert.deepEqual(await control('PUT', { fault: 'busy' }), always);
  assert.deepEqual(await control('GET'), always);
  assert.deepEqual([await isBusy(), await isBusy()], [true, true]);
  assert.deepEqual(await control('DELETE'), none);
  assert.equal(await isBusy(), false);

  const twice = { status: 200, fault: 'busy', times: 2, action: 'SendSms' };
  assert.deepEqual(await control('PUT', { fault: 'busy', times: 2 }), twice);
  assert.equal(await isBusy(), true);
  assert.deepEqual(await control('GET'), { ...twice, times: 1 });
  assert.deepEqual([await isBusy(), await isBusy()], [true, false]);
  assert.deepEqual(await control('GET'), none);
});

test('a fault for the next message is not used up by other requests of Logto’s', async () => {
  await control('PUT', { fault: 'busy', times: 1 });
  const waiting = await control('GET');
  for (let count = 0; count < 3; count += 1) {
    await post(sandbox, {}, { action: 'SendStatusStatistics' });
    assert.deepEqual(await control('GET'), waiting);
  }
  assert.deepEqual([await isBusy(), await isBusy()], [true, false]);
});

test('the control endpoint accepts the action of a fault', async () => {
  const action = 'SendStatusStatistics';
  for (const [body, times] of /** @type {const} */ ([
    [{ fault: 'busy', times: 1, action }, 1],
    [{ fault: 'busy', action }, null],
  ])) {
    const set = { status: 200, fault: 'busy', times, action };
    assert.deepEqual(await control('PUT', body), set);
    assert.equal(await isBusy(), false);
    assert.deepEqual(await control('GET'), set);
    const { answer } = await post(sandbox, {}, { action });
    assert.equal(answer.Error.Code, 'RequestLimitExceeded');
    assert.equal((await control('GET')).fault, times === 1 ? null : 'busy');
  }
});

test('control calls do not count as requests to the API', async () => {
  const before = sandbox.requests.length;
  await control('PUT', { fault: 'hang' });
  await control('GET');
  assert.equal(sandbox.requests.length, before);
});

test('the control endpoint explains what it refuses', async () => {
  sandbox.setFault('slow');
  for (const [value, explanation] of /** @type {const} */ ([
    [{ fault: 'hangs' }, /no fault "hangs"/],
    [{ fault: 'error:' }, /no fault "error:"/],
    [{ fault: 'hang', times: 0 }, /"times" is a whole number/],
    [{ fault: 'hang', times: '1' }, /"times" is a whole number/],
    [{ fault: 'hang', times: null }, /"times" is a whole number/],
    [{ fault: 'hang', action: 'sendsms' }, /"action" is SendSms, Describe.*, not "sendsms"/],
    [{ fault: 'hang', times: 1, action: null }, /"action" is SendSms/],
    [{ fault: 'hang', time: 1 }, /no "time"/],
    [{ fault: null }, /must be the name/],
    [{}, /must be the name/],
    ['null', /must be the name/],
    ['[]', /must be the name/],
    ['{', /not JSON/],
    ['', /not JSON/],
  ])) {
    const { status, error } = await control('PUT', value);
    assert.equal(status, 400, String(explanation));
    assert.match(error, explanation);
  }
  for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded']) {
    const { status, error } = await control(
      'PUT',
      { fault: 'hang' },
      type ? { 'Content-Type': type } : {},
    );
    assert.equal(status, 415, type);
    assert.match(error, /application\/json/);
  }
  assert.equal((await control('GET')).fault, 'slow', 'the fault changed');
});

test('other methods and paths are refused', async () => {
  for (const [method, path, status] of /** @type {const} */ ([
    ['POST', '/control/fault', 405],
    ['OPTIONS', '/control/fault', 405],
    ['PUT', '/control/faults', 405],
    ['GET', '/control/', 404],
    ['GET', '/control/faults/hang', 404],
  ])) {
    const answer = await page({ method, path, headers: JSON_TYPE });
    assert.equal(answer.status, status, `${method} ${path}`);
    assert.equal(answer.headers.allow !== undefined, status === 405);
    assert.match(JSON.parse(answer.text).error, /\./);
  }
});

test('the list names every fault', async () => {
  const { status, headers, text } = await page({ path: '/control/faults' });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json');
  /** @type {{ name: string }[]} */
  const list = JSON.parse(text);
  assert.deepEqual(
    list.map(({ name }) => name),
    faults.map(({ name }) => name),
  );
  assert.deepEqual(
    list.find(({ name }) => name === 'hang-after'),
    {
      name: 'hang-after',
      group: 'Connections',
      description: 'Processed, but never answered',
      accepted: true,
      phoneNumbers: ['+8619400000130', '+16465550130'],
    },
  );
});

test('sites of other origins cannot use the pages or the control endpoint', async () => {
  const own = `127.0.0.1:${sandbox.port}`;
  for (const [headers, allowed] of /** @type {const} */ ([
    [{ Host: own }, true],
    [{ Host: own, Origin: `http://${own}` }, true],
    [{ Host: `localhost:${sandbox.port}` }, true],
    [{ Host: `[::1]:${sandbox.port}` }, true],
    [{ Host: 'localhost' }, true],
    [{ Host: 'evil.example' }, false],
    [{ Host: `evil.example:${sandbox.port}` }, false],
    [{ Host: '127.0.0.1.evil.example' }, false],
    [{ Host: 'localhost.evil.example' }, false],
    [{ Host: 'evil.example#127.0.0.1' }, false],
    [{ Host: '127.0.0.2' }, false],
    [{ Host: own, Origin: 'https://evil.example' }, false],
    [{ Host: own, Origin: 'http://127.0.0.1:3002' }, false],
    [{ Host: own, Origin: 'null' }, false],
    [{ Host: own, 'Sec-Fetch-Site': 'none' }, true],
    [{ Host: own, 'Sec-Fetch-Site': 'same-origin' }, true],
    [{ Host: own, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' }, false],
    [{ Host: own, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }, false],
  ])) {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/help'],
      ['GET', '/api/messages'],
      ['DELETE', '/api/messages'],
      ['GET', '/api/config'],
      ['GET', '/control/faults'],
      ['PUT', '/control/fault'],
      ['DELETE', '/control/fault'],
    ]) {
      const answer = await page({
        method,
        path,
        headers: { ...headers, ...JSON_TYPE },
        body: method === 'PUT' ? '{"fault":"busy"}' : '',
      });
      const cause = `${method} ${path} ${JSON.stringify(headers)}`;
      assert.equal(answer.status, allowed ? 200 : 403, cause);
      for (const name of Object.keys(answer.headers)) {
        assert.ok(!name.startsWith('access-control'), cause);
      }
    }
  }
});

test('a link on another site may open the pages, but changes nothing', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate' };
    assert.equal((await page({ path: '/', headers })).status, 200);
    assert.equal((await page({ path: '/help', headers })).status, 200);
    const { status } = await page({ method: 'DELETE', path: '/api/messages', headers });
    assert.equal(status, 403);
  }
});

test('the control endpoint refuses a body that is too large', async () => {
  const fault = ' '.repeat(64 * 1024 - 16) + JSON.stringify({ fault: 'busy' });
  assert.equal((await control('PUT', fault)).status, 200);
  for (const more of [1, 10_000_000]) {
    const { status, error } = await control('PUT', ' '.repeat(more) + fault);
    assert.equal(status, 413);
    assert.match(error, /exceeds 65536 bytes/);
  }
});

test('no answer is cached, interpreted as another type, or embedded in another site', async () => {
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/inbox.js'],
    ['GET', '/help'],
    ['GET', '/nowhere'],
    ['GET', '/api/messages'],
    ['PUT', '/api/messages'],
    ['GET', '/control/faults'],
  ]) {
    const { headers } = await page({ method, path });
    assert.equal(headers['cache-control'], 'no-store', path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['referrer-policy'], 'no-referrer', path);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path);
  }
});

test('the inbox page consists of its own files, under a strict policy', async () => {
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/?to=8000', 'text/html; charset=utf-8'],
    ['/inbox.css', 'text/css; charset=utf-8'],
    ...['inbox', 'dom', 'items', 'keyboard', 'list', 'panes'].map((name) => [
      `/${name}.js`,
      'text/javascript; charset=utf-8',
    ]),
    ['/text/fill.js', 'text/javascript; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ]) {
    const { status, headers, text } = await page({ path });
    assert.equal(status, 200, path);
    assert.equal(headers['content-type'], type);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    const policy = String(headers['content-security-policy']).split('; ');
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.doesNotMatch(text.replace('http://www.w3.org/2000/svg', ''), /\bhttps?:|@import|url\(/);
  }
  const { status, headers, text } = await page({ method: 'HEAD', path: '/' });
  assert.deepEqual([status, text], [200, '']);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  for (const path of ['/inbox.html', '/inbox-page.js', '/help/', '/favicon.ico']) {
    assert.equal((await page({ path })).status, 404, path);
  }
});

test('the help page shows the config and every fault with its numbers', async () => {
  const { status, headers, text } = await page({ path: '/help' });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.deepEqual(JSON.parse(configOn(text)), sandbox.config);
  const rows = [...text.matchAll(/<tr><th scope="row"><code>(.*?)<\/code>(.*?)<\/tr>/g)];
  assert.equal(rows.length, faults.length);
  for (const [index, { name, text: description, accepted, ...fault }] of faults.entries()) {
    const [, shownName, cells] = rows[index];
    assert.equal(unescapeHtml(shownName), name);
    const shown = [...cells.matchAll(/<td.*?>(.*?)<\/td>/g)].map(([, cell]) => unescapeHtml(cell));
    assert.deepEqual(shown.slice(0, 2), [english(...description), accepted ? 'yes' : 'no']);
    assert.deepEqual(
      shown.slice(2).map((number) => number.replace(' ', '')),
      magicNumbers(fault),
    );
  }
  const { text: byHead, headers: headHeaders } = await page({ path: '/help', method: 'HEAD' });
  assert.equal(byHead, '');
  assert.equal(headHeaders['content-type'], 'text/html; charset=utf-8');
});

test('the help page is self-contained and accessible', async () => {
  const { headers, text } = await page({ path: '/help' });
  assert.doesNotMatch(
    text,
    /<(?:script|link|img|iframe|form|object|embed)\b|\bsrc=|\bon\w+=|@import|url\(/,
  );
  assert.match(
    String(headers['content-security-policy']),
    /default-src 'none'.*frame-ancestors 'none'/,
  );
  assert.match(text, /^<!doctype html>\n<html lang="en">/);
  assert.match(text, /color-scheme: light dark/);
  assert.match(text, /<meta name="viewport" content="width=device-width/);
  for (const [table] of text.matchAll(/<table>.*?<\/table>/gs)) {
    assert.match(table, /<caption id="[^"]+">[^<]+<\/caption>/);
    assert.equal(table.match(/<th scope="col">/g)?.length, 5);
  }
  // Elements that scroll sideways can be reached by keyboard, and have a name.
  for (const [tag] of text.matchAll(/<pre\b[^>]*>|<div class="table"[^>]*>/g)) {
    assert.match(tag, /tabindex="0"/);
    assert.match(tag, /role="region"/);
    const [, id] = /aria-labelledby="([^"]+)"/.exec(tag) ?? [];
    assert.ok(id ? text.includes(` id="${id}"`) : /aria-label="[^"]+"/.test(tag), tag);
  }
});

test('the config’s text cannot break out of its place in the help page', async () => {
  const account = { ...defaultAccount, securityToken: '</code><script>alert("x")</script>&amp;' };
  await withSandbox({ account }, async ({ url }) => {
    const { text } = await exchange(url, { method: 'GET', path: '/help' });
    assert.doesNotMatch(text, /<script/);
    assert.equal(JSON.parse(configOn(text)).securityToken, account.securityToken);
  });
});

test('the pages are in the browser’s language, unless the reader chose another', async () => {
  for (const [headers, lang] of /** @type {const} */ ([
    [{}, 'en'],
    [{ 'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.8' }, 'zh-CN'],
    [{ 'Accept-Language': 'zh;q=0.9' }, 'zh-CN'],
    [{ 'Accept-Language': 'zh-Hans-SG' }, 'zh-CN'],
    [{ 'Accept-Language': 'zh-TW,zh;q=0.9,en;q=0.8' }, 'en'],
    [{ 'Accept-Language': 'zh-HK' }, 'en'],
    [{ 'Accept-Language': 'fr,zh-CN;q=0.9' }, 'en'],
    [{ 'Accept-Language': '*' }, 'en'],
    [{ 'Accept-Language': ';' }, 'en'],
    [{ 'Accept-Language': 'en', Cookie: 'a=b; tencent-sms-sandbox-lang=zh-CN' }, 'zh-CN'],
    [{ 'Accept-Language': 'zh-CN', Cookie: 'tencent-sms-sandbox-lang=en' }, 'en'],
    [{ 'Accept-Language': 'zh-CN', Cookie: 'tencent-sms-sandbox-lang=toString' }, 'zh-CN'],
  ])) {
    for (const path of ['/', '/help']) {
      const { text } = await page({ path, headers });
      const cause = `${path} ${JSON.stringify(headers)}`;
      assert.ok(text.includes(`<html lang="${lang}">`), cause);
      assert.equal(/故障/.test(text), lang === 'zh-CN', cause);
    }
  }
});

test('the switch of the language is remembered, and keeps the rest of the address', async () => {
  for (const [path, location] of [
    ['/?lang=zh-CN', '/'],
    ['/help?lang=en', '/help'],
    ['/?to=%2B86138&lang=zh-CN', '/?to=%2B86138'],
  ]) {
    const { status, headers } = await page({ path });
    assert.equal(status, 303);
    assert.equal(headers.location, location);
    const [cookie, ...attributes] = String(headers['set-cookie']).split('; ');
    assert.deepEqual(attributes, ['Path=/', 'Max-Age=31536000', 'SameSite=Lax', 'HttpOnly']);
    const { text } = await page({ path: location, headers: { Cookie: cookie } });
    assert.ok(text.includes(`<html lang="${cookie.split('=')[1]}">`));
  }
  for (const path of ['/?lang=fr', '/?lang=', '/?lang=__proto__']) {
    const { status, headers } = await page({ path });
    assert.deepEqual([status, headers['set-cookie']], [200, undefined], path);
  }
});

test('the APIs are the same in every language', async () => {
  const chinese = { 'Accept-Language': 'zh-CN', Cookie: 'tencent-sms-sandbox-lang=zh-CN' };
  sandbox.setFault('html-503');
  await post(sandbox);
  sandbox.setFault('busy');
  await post(sandbox);
  for (const path of ['/api/refusals', '/api/logto', '/control/faults', '/control/nothing']) {
    const [one, other] = await Promise.all([page({ path }), page({ path, headers: chinese })]);
    assert.equal(other.text, one.text, path);
  }
});

test('on a network the names of a machine are accepted, and those of sites are not', async () => {
  await withSandbox({ host: '0.0.0.0' }, async ({ url, port }) => {
    for (const [headers, allowed] of /** @type {const} */ ([
      [{ Host: `sms:${port}` }, true],
      [{ Host: `192.168.1.20:${port}` }, true],
      [{ Host: `[fd00::1]:${port}` }, true],
      [{ Host: 'host.docker.internal:4180' }, true],
      [{ Host: `sms:${port}`, Origin: `http://sms:${port}` }, true],
      [{ Host: `127.0.0.1:${port}` }, true],
      [{ Host: `evil.example:${port}` }, false],
      [{ Host: `sms.evil.example:${port}` }, false],
      [{ Host: `1.evil.example:${port}` }, false],
      [{ Host: 'evil.example.internal.example' }, false],
      [{ Host: `sms:${port}`, Origin: 'http://evil.example' }, false],
      [{ Host: `192.168.1.20:${port}`, Origin: 'http://evil.example' }, false],
      [{ Host: `sms:${port}`, 'Sec-Fetch-Site': 'cross-site' }, false],
    ])) {
      for (const [method, path] of [
        ['GET', '/'],
        ['DELETE', '/api/messages'],
      ]) {
        const { status } = await exchange(url, { method, path, headers });
        assert.equal(status, allowed ? 200 : 403, `${method} ${path} ${JSON.stringify(headers)}`);
      }
    }
  });
});
