/**
 * Printed texts move no cursor, break no line and turn no direction, whatever a config, a command line or
 * Tencent contains.
 */

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSandbox } from '../../sandbox/server.js';
import { officialConfig as good, ourFactory, ours } from './support/connectors.js';
import { commandLineCore } from './support/core.js';
import { fileOf, folder, reportOf, run } from './support/doctor-command.js';

/** Characters that a terminal obeys, or that a reader does not see. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029\u2065]/gu;

/** The same characters, except for the line breaks between printed lines. */
const unprintableBesidesLineBreaks = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** One text of each kind: escape sequences, line breaks, marks of direction, invisible characters. */
const hostile = [
  '\u001b[2J',
  '\nfake line',
  '\u009b31m',
  '\u202eevil',
  '\u061c',
  '\u2028',
  '\ufeff',
  '签',
];

test('every character of Unicode is replaced or kept as specified', () => {
  for (let first = 0; first <= 0x10ffff; first += 128) {
    const points = Array.from({ length: 128 }, (_, index) => first + index);
    const text = String.fromCodePoint(
      ...points.filter((point) => point < 0xd800 || point > 0xdfff),
    );
    const expected = text.replace(/[\t\n\r\u2028\u2029]/g, ' ').replace(unprintable, '?');
    assert.equal(commandLineCore.quoted(text), expected, `from U+${first.toString(16)} on`);
  }
});

/** Other spellings of a known key, which an error names: with each invisible character in the middle. */
const spellings = hostile
  .filter((text) => text.length === 1 && text !== '签')
  .flatMap((text) => ['sign', 'SIGN'].map((sign) => `${sign}${text}Name`));

test('a misspelt key is printed without such characters when it is saved, and sends', async () => {
  for (const key of spellings) {
    const config = { ...good, overseas: { [key]: '示例', senderId: 'SHOP' } };
    const { error } = ourFactory.configGuard.safeParse(config);
    assert.deepEqual(
      error?.issues.map(({ path }) => path),
      [['overseas', key.replace(/[^ -~]/g, '?')]],
    );
    assert.doesNotMatch(String(error?.issues[0]?.message), /[^ -~]/);
    const sandbox = await startSandbox();
    try {
      const { send } = await ours(sandbox.url);
      await send({ to: '8613800138000', type: 'SignIn', payload: { code: '123456' } }, config);
    } finally {
      await sandbox.close();
    }
  }
});

test('an unknown key is printed without such characters by the doctor', async () => {
  for (const key of hostile) {
    const config = {
      ...good,
      [key]: 1,
      templates: good.templates.map((template) => ({ ...template, [key]: 1 })),
    };
    const file = await fileOf(JSON.stringify(config));
    const { stdout } = await run(['doctor', file, '--offline']);
    assert.ok(stdout.includes(`at ${key.replace(/[^ -~]/g, '?')}\n`), stdout);
    assert.doesNotMatch(stdout, unprintableBesidesLineBreaks);
    const { findings } = reportOf(await run(['doctor', file, '--offline', '--json']));
    assert.equal(findings.length, 5);
    assert.doesNotMatch(JSON.stringify(findings), unprintable);
  }
});

describe('the command line', { concurrency: 2 }, () => {
  const name = hostile.join('');
  /** @type {Record<string, string[]>} */
  const commands = {
    'a file that is not there': ['doctor', join(folder, name)],
    'an option': ['doctor', 'a.json', `--${name}`],
    'a command': [name],
  };
  for (const [what, args] of Object.entries(commands)) {
    test(what, async () => {
      const { status, stderr } = await run(args);
      assert.equal(status, 2);
      assert.ok(stderr.includes('签'), stderr);
      assert.doesNotMatch(stderr, unprintableBesidesLineBreaks);
      assert.ok(!stderr.includes('\nfake line'));
    });
  }
});
