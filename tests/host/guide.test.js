/** The guides in the package: the same in each language, and true of the connector. */

import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TemplateType } from '@logto/connector-kit';
import { marked } from 'marked';
import { errorMeanings } from '../../sandbox/error-meanings.js';
import { officialConfig, ourFactory } from './support/connectors.js';

const folder = ourFactory.path;
const schema = JSON.parse(await readFile(join(folder, 'config.schema.json'), 'utf8'));

/** The first is the one that the Console shows. */
const files = ['README.md', 'README_de.md', 'README_zh-CN.md'];
const guides = await Promise.all(files.map(read));
const [english] = guides;
assert.ok(english);

/** What the core prints without a code of Tencent's, as far as the guides explain it. */
const printed = [
  "No template serves the number's side",
  "No connection to Tencent's API",
  'may or may not have been sent',
];

test('npm shows the English guide', async () => {
  // npm takes any README.* for the package's page, whichever the file system lists first.
  const candidates = (await readdir(folder)).filter((name) => /^readme(\.|$)/i.test(name));
  assert.deepEqual(candidates, ['README.md']);
});

for (const { file, text, tokens, all } of guides) {
  test(`${file} is within 14 KB, and nothing in it is lost in the Console`, () => {
    assert.ok(Buffer.byteLength(text) <= 14 * 1024, `${Buffer.byteLength(text)} bytes`);
    assert.equal(tokens[0]?.type, 'heading', 'the Console takes the first heading for the title');
    // The Console prints HTML as text, and looks for pictures in Logto's own repository.
    assert.deepEqual(
      all.filter(({ type }) => ['html', 'image'].includes(type)).map(({ raw }) => raw),
      [],
    );
    for (const table of ofType(all, 'table')) {
      // All columns are of the same width there.
      assert.ok(table.header.length <= 3, table.raw);
    }
    for (const { lang, raw, text } of ofType(all, 'code')) {
      assert.ok(lang, `without a language the Console shows this as part of a line: ${raw}`);
      if (lang === 'json') {
        // On a screen of 1366 pixels its column holds 62; the rest has to be scrolled for.
        const tooLong = text.split('\n').filter((line) => line.length > 62);
        assert.deepEqual(tooLong, [], 'cut off in the Console');
      }
    }
  });

  test(`${file} has the outline, the code and the tables of the English guide`, () => {
    assert.deepEqual(outline(tokens), outline(english.tokens));
  });

  test(`${file} names what the English guide names, section by section`, () => {
    assert.deepEqual(namesBySection(tokens), namesBySection(english.tokens));
  });

  test(`${file} has whole configs or values of form fields for JSON`, () => {
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

  test(`${file} links to whole addresses, and to files that are there`, async () => {
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

  test(`${file} names codes that Tencent has, and lines that the core prints`, async () => {
    const { codes, lines } = await toldIn(tokens);
    assert.ok(codes.length > 10);
    assert.deepEqual(lines, printed);
  });
}

test('the page about troubleshooting explains all that the guide names, and more', async () => {
  const page = await readFile(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');
  const { codes, lines } = await toldIn(marked.lexer(page));
  const inGuide = await toldIn(english.tokens);
  assert.deepEqual(
    inGuide.codes.filter((code) => !codes.includes(code)),
    [],
  );
  assert.ok(codes.length > inGuide.codes.length);
  assert.deepEqual(lines, printed);
});

/**
 * The codes of Tencent's and the lines of the core that a document names. Fails for a code that Tencent
 * does not have, and for a line that the core does not print.
 *
 * @param {import('marked').Token[]} tokens
 */
async function toldIn(tokens) {
  const spans = codeSpans(tokens);
  /** @type {string[]} */
  const usageTypes = Object.values(TemplateType);
  const codes = spans
    .filter((span) => /^[A-Z][A-Za-z]+(\.[A-Za-z]+)*$/.test(span))
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
 * Each token, and those in it.
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
 * What a translation leaves as it is.
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
 * The code spans of each section, sorted: a sentence has another order in another language.
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
 * A config with a block of JSON where the guide says that it goes.
 *
 * @param {any} block
 */
function configWith(block) {
  if (Array.isArray(block)) {
    return { ...officialConfig, templates: block };
  }
  return 'templates' in block ? block : { ...officialConfig, overseas: block };
}
