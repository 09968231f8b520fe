/** The guides in the package: the same in each language, and correct. */

import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TemplateType } from '@logto/connector-kit';
import { marked } from 'marked';
import { errorMeanings } from '../../sandbox/text/error-meanings.js';
import { officialConfig, ourFactory } from './support/connectors.js';

const folder = ourFactory.path;
const schema = JSON.parse(await readFile(join(folder, 'config.schema.json'), 'utf8'));

/** The Console shows the first one. */
const files = ['README.md', 'README_de.md', 'README_zh-CN.md'];
const guides = await Promise.all(files.map(read));
const [english] = guides;
assert.ok(english);

/** The lines without a code of Tencent's that the guides explain. */
const printed = [
  'No template serves numbers of this side',
  "No connection to Tencent's API",
  'may or may not have been sent',
];

test('npm shows the English guide', async () => {
  // npm shows the README.* that the file system lists first on the package's page.
  const candidates = (await readdir(folder)).filter((name) => /^readme(\.|$)/i.test(name));
  assert.deepEqual(candidates, ['README.md']);
});

for (const { file, text, tokens, all } of guides) {
  test(`${file} has at most 16 KB, and the Console shows all of it`, () => {
    assert.ok(Buffer.byteLength(text) <= 16 * 1024, `${Buffer.byteLength(text)} bytes`);
    assert.equal(tokens[0]?.type, 'heading', 'the Console uses the first heading as the title');
    // The Console shows HTML as text, and looks for pictures in Logto's own repository.
    assert.deepEqual(
      all.filter(({ type }) => ['html', 'image'].includes(type)).map(({ raw }) => raw),
      [],
    );
    for (const table of ofType(all, 'table')) {
      // The Console makes all columns equally wide.
      assert.ok(table.header.length <= 3, table.raw);
    }
    for (const { lang, raw, text } of ofType(all, 'code')) {
      assert.ok(lang, `without a language, the Console shows this inside a line: ${raw}`);
      if (lang === 'json') {
        // On a screen of 1366 pixels, the column shows 62 characters without scrolling.
        const tooLong = text.split('\n').filter((line) => line.length > 62);
        assert.deepEqual(tooLong, [], 'too long for the Console');
      }
    }
  });

  test(`${file} has the outline, the code and the tables of the English guide`, () => {
    assert.deepEqual(outline(tokens), outline(english.tokens));
  });

  test(`${file} names the same things as the English guide, section by section`, () => {
    assert.deepEqual(namesBySection(tokens), namesBySection(english.tokens));
  });

  test(`${file} shows only valid configs and valid values of form fields`, () => {
    const blocks = ofType(all, 'code')
      .filter(({ lang }) => lang === 'json')
      .map(({ text }) => JSON.parse(text));
    assert.ok(blocks.length >= 5);
    for (const block of blocks) {
      const config = configWith(block);
      const known = [...Object.keys(schema.properties)];
      assert.deepEqual(
        Object.keys(config).filter((key) => !known.includes(key)),
        [],
      );
      const { error } = ourFactory.configGuard.safeParse(config);
      assert.equal(error, undefined, `${JSON.stringify(block)}: ${error}`);
    }
  });

  test(`${file} names both sides and every usage type`, () => {
    const named = new Set(codeSpans(tokens));
    for (const name of ['china', 'overseas', ...Object.values(TemplateType)]) {
      assert.ok(named.has(name), name);
    }
  });

  test(`${file} has only complete links, to files that exist`, async () => {
    const links = ofType(all, 'link').map(({ href }) => href);
    assert.ok(links.length > 10);
    const present = await readdir(folder);
    for (const link of links) {
      const { protocol, host, pathname } = new URL(link);
      assert.equal(protocol, 'https:', link);
      if (host === 'unpkg.com') {
        const [, name, path] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
        assert.equal(name, 'connector-tencent-sms-wasm');
        assert.ok(present.includes(String(path)), link);
      }
    }
    const others = files.filter((other) => other !== file);
    assert.deepEqual(
      links.filter((link) => link.includes('unpkg.com')).map((link) => link.split('/').at(-1)),
      others,
    );
  });

  test(`${file} names only codes of Tencent's and lines that the core prints`, async () => {
    const { codes, lines } = await namedIn(tokens);
    assert.ok(codes.length > 10);
    assert.deepEqual(lines, printed);
  });
}

test('the page about troubleshooting explains everything that the guide explains, and more', async () => {
  const page = await readFile(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');
  const { codes, lines } = await namedIn(marked.lexer(page));
  const inGuide = await namedIn(english.tokens);
  assert.deepEqual(
    inGuide.codes.filter((code) => !codes.includes(code)),
    [],
  );
  assert.ok(codes.length > inGuide.codes.length);
  assert.deepEqual(lines, printed);
});

/**
 * Returns the codes of Tencent's and the lines of the core that a document names. Fails for a code that
 * Tencent does not have, and for a line that the core does not print.
 *
 * @param {import('marked').Token[]} tokens
 */
async function namedIn(tokens) {
  const spans = codeSpans(tokens);
  /** @type {string[]} */
  const usageTypes = Object.values(TemplateType);
  const codes = spans
    .filter((span) => /^[A-Z][a-z][A-Za-z]*(\.[A-Za-z]+)*$/.test(span))
    .filter((span) => !usageTypes.includes(span));
  assert.deepEqual(
    codes.filter((code) => !errorMeanings.has(code)),
    [],
  );
  const core = await readFile(join(folder, 'lib/wasm/core_bg.wasm'), 'latin1');
  for (const line of printed) {
    assert.ok(core.includes(line), line);
  }
  return { codes, lines: printed.filter((line) => spans.includes(line)) };
}

/** @param {string} file */
async function read(file) {
  const text = await readFile(join(folder, file), 'utf8');
  const tokens = marked.lexer(text);
  return { file, text, tokens, all: flat(tokens) };
}

/**
 * Returns each token together with the tokens in it.
 *
 * @param {import('marked').Token[]} tokens
 */
function flat(tokens) {
  /** @type {import('marked').Token[]} */
  const all = [];
  marked.walkTokens(tokens, (token) => {
    all.push(token);
  });
  return all;
}

/** @param {import('marked').Token[]} tokens */
const codeSpans = (tokens) => ofType(flat(tokens), 'codespan').map(({ text }) => text);

/**
 * @template {import('marked').MarkedToken['type']} Type
 * @param {import('marked').Token[]} tokens
 * @param {Type} type
 */
function ofType(tokens, type) {
  const found = tokens.filter((token) => token.type === type);
  return /** @type {Extract<import('marked').MarkedToken, { type: Type }>[]} */ (found);
}

/**
 * Returns the outline, which is the same in a translation.
 *
 * @param {import('marked').Token[]} tokens
 */
function outline(tokens) {
  return tokens
    .filter(({ type }) => type !== 'space')
    .map((token) => {
      switch (token.type) {
        case 'heading':
          return `${'#'.repeat(token.depth)} ${/^\d+/.exec(token.text) ?? ''}`;
        case 'code':
          return token.raw.trim();
        case 'list':
          return `list of ${token.items.length}`;
        case 'table':
          return `table of ${token.rows.length}`;
        default:
          return token.type;
      }
    });
}

/**
 * Returns the code spans of each section, sorted, because another language puts them in another order.
 *
 * @param {import('marked').Token[]} tokens
 */
function namesBySection(tokens) {
  /** @type {string[][]} */
  const sections = [[]];
  for (const token of tokens) {
    if (token.type === 'heading') {
      sections.push([]);
    }
    sections.at(-1)?.push(...codeSpans([token]));
  }
  return sections.map((names) => names.sort());
}

/**
 * Returns a config with a block of JSON in the place that the guide names.
 *
 * @param {any} block
 */
function configWith(block) {
  if (Array.isArray(block)) {
    return { ...officialConfig, templates: block };
  }
  return 'templates' in block ? block : { ...officialConfig, overseas: block };
}
