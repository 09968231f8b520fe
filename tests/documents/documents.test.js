/** The documents of the repository: everything that they link to, name or show exists. */

import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['', 'bench', 'deploy', 'docs', 'pkg-template', 'sandbox'];
const documents = (await Promise.all(folders.map(documentsIn))).flat();

/** @param {string} path */
const text = (path) => readFile(join(root, path), 'utf8');

const makefile = await text('Makefile');
const { version } = JSON.parse(await text('pkg-template/package.json'));

test('the documents are found', () => {
  const expected = ['README.md', 'README.zh-CN.md', 'docs/delivery.md', 'sandbox/README.md'];
  assert.deepEqual(
    expected.filter((path) => !documents.includes(path)),
    [],
  );
});

for (const path of documents) {
  const tokens = flat(marked.lexer(await text(path)));

  test(`${path} links only to existing files and headings`, async () => {
    const links = tokens.filter((token) => token.type === 'link' || token.type === 'image');
    for (const { href } of links) {
      if (/^[a-z]+:/.test(href)) {
        continue;
      }
      const [file = '', fragment] = href.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      assert.ok(existsSync(join(root, target)), `no file: ${href}`);
      if (fragment !== undefined) {
        assert.ok((await anchorsOf(target)).includes(fragment), `no heading: ${href}`);
      }
    }
  });

  test(`${path} names only existing paths and targets of make`, async () => {
    const spans = tokens.filter(({ type }) => type === 'codespan').map(({ text }) => text);
    const known =
      /^(\.ci|bench|deploy|docs|fuzz|js-shim|pkg-template|sandbox|scripts|src|tests)\/\S*$/;
    for (const span of spans.filter((span) => known.test(span))) {
      assert.ok(await isThere(span), `no such file: ${span}`);
    }
    const code = tokens.filter(({ type }) => type === 'code').map(({ text }) => text);
    for (const line of [...spans, ...code].join('\n').split('\n')) {
      for (const target of targetsIn(line)) {
        assert.ok(makefile.includes(`\n${target}:`), `no such target: make ${target}`);
      }
    }
  });

  test(`${path} names the package's tarball with its current version`, async () => {
    const names = (await text(path)).match(/connector-tencent-sms-wasm-\d[\w.-]*\.tgz/g) ?? [];
    assert.deepEqual(
      names.filter((name) => name !== `connector-tencent-sms-wasm-${version}.tgz`),
      [],
    );
  });
}

test('the README is short, and has the same commands in both languages', async () => {
  const [english, chinese] = await Promise.all(['README.md', 'README.zh-CN.md'].map(readme));
  assert.ok(english && chinese);
  for (const { lines } of [english, chinese]) {
    assert.ok(lines <= 125, `${lines} lines`);
  }
  assert.deepEqual(chinese.commands, english.commands);
  assert.ok(english.commands.includes('make demo') && english.commands.includes('make test'));
  assert.equal(english.links[0], 'README.zh-CN.md');
  assert.equal(chinese.links[0], 'README.md');
});

test('the pictures are PNG, smaller than 150 kB, and have descriptions', async () => {
  const pictures = await readdir(join(root, 'docs/pictures'));
  assert.deepEqual(pictures.sort(), ['console-test.png', 'doctor.png', 'inbox.png']);
  for (const name of pictures) {
    const content = await readFile(join(root, 'docs/pictures', name));
    assert.equal(content.subarray(1, 4).toString(), 'PNG');
    assert.ok(content.length <= 150_000, `${name} has ${content.length} bytes`);
  }
  const inReadme = ['docs/pictures/doctor.png', 'docs/pictures/inbox.png'];
  for (const [path, expected] of /** @type {[string, string[]][]} */ ([
    ['README.md', inReadme],
    ['README.zh-CN.md', inReadme],
    ['docs/troubleshooting.md', ['pictures/console-test.png', 'pictures/doctor.png']],
  ])) {
    const shown = flat(marked.lexer(await text(path))).filter(({ type }) => type === 'image');
    assert.deepEqual(shown.map(({ href }) => href).sort(), expected);
    for (const { text } of shown) {
      assert.ok(text.length > 20, 'a picture without a description');
    }
  }
});

/** @param {string} folder */
async function documentsIn(folder) {
  const names = await readdir(join(root, folder)).catch(() => []);
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/**
 * Returns each token together with the tokens in it.
 *
 * @param {import('marked').Token[]} tokens
 */
function flat(tokens) {
  /** @type {import('marked').MarkedToken[]} */
  const all = [];
  marked.walkTokens(tokens, (token) => {
    all.push(/** @type {import('marked').MarkedToken} */ (token));
  });
  return /** @type {any[]} */ (all);
}

/**
 * Returns the fragments that GitHub gives a document's headings.
 *
 * @param {string} path
 */
async function anchorsOf(path) {
  return flat(marked.lexer(await text(path)))
    .filter(({ type }) => type === 'heading')
    .map(({ text }) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    );
}

/**
 * Tells whether a path exists. It may contain stars.
 *
 * @param {string} path
 */
async function isThere(path) {
  if (!path.includes('*')) {
    return existsSync(join(root, path));
  }
  const pattern = path.split('/').at(-1)?.replaceAll('.', '\\.').replaceAll('*', '.*');
  const names = await readdir(join(root, dirname(path)));
  return names.some((name) => new RegExp(`^${pattern}$`).test(name));
}

/**
 * Returns the targets of a command line that begins with make, or has make after && or a similar operator.
 *
 * @param {string} line
 */
function targetsIn(line) {
  const command = /(?:^|&& )(?:[A-Z_]+=\S+ )*make ([^#&|;]+)/.exec(line)?.[1] ?? '';
  return command.split(/\s+/).filter((word) => /^[a-z-]+$/.test(word));
}

/**
 * Returns the parts of a README that are the same in each language: its commands without their comments,
 * and its links.
 *
 * @param {string} path
 */
async function readme(path) {
  const content = await text(path);
  const tokens = flat(marked.lexer(content));
  const commands = tokens
    .filter(({ type, lang }) => type === 'code' && lang !== 'json')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/\s*# .*$/, ''));
  const links = tokens.filter(({ type }) => type === 'link').map(({ href }) => href);
  return { lines: content.trimEnd().split('\n').length, commands, links };
}
