/** The listener in docs/observing.md is code that runs. */

import { strict as assert } from 'node:assert';
import { tracingChannel } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { mock, test } from 'node:test';
import { marked } from 'marked';

test('the listener of the page prints the fields of its table, and nothing else of a send', async () => {
  const page = await readFile(new URL('../../docs/observing.md', import.meta.url), 'utf8');
  const tokens = marked.lexer(page);
  const code = /** @type {import('marked').Tokens.Code[]} */ (
    tokens.filter(({ type }) => type === 'code')
  ).find(({ lang }) => lang === 'js');
  await import(`data:text/javascript,${encodeURIComponent(code?.text ?? '')}`);
  const lines = mock.method(console, 'log', () => {});
  const fields = {
    side: 'mainland',
    usageType: 'SignIn',
    outcome: 'accepted',
    tencentCode: 'x',
    serialNo: 'x',
    requestId: 'x',
    attempts: 1,
    durationMs: 1,
  };
  const channel = tracingChannel('connector-tencent-sms-wasm:send');
  await channel.tracePromise(async () => 'result', { ...fields });
  lines.mock.restore();
  const [line] = lines.mock.calls.map(({ arguments: [line] }) => String(line));
  assert.deepEqual(JSON.parse(line ?? ''), fields);
  const table = /** @type {import('marked').Tokens.Table[]} */ (
    tokens.filter(({ type }) => type === 'table')
  )[0];
  const named = table?.rows.flatMap(([cell]) => [...(cell?.text ?? '').matchAll(/`(\w+)`/g)]);
  assert.deepEqual(named?.map(([, name]) => name).sort(), Object.keys(fields).sort());
});
