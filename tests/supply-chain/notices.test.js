/** The package contains the licences of the crates in its module. */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notices = await readFile(join(root, 'pkg-template/THIRD-PARTY-NOTICES'), 'utf8');

test('THIRD-PARTY-NOTICES names the crates of Cargo.lock (make notices updates it)', async () => {
  const selection = ['--target=wasm32-unknown-unknown', '--edges=normal'];
  const form = ['--prefix=none', '--format={p}'];
  const parameters = ['tree', '--locked', ...selection, ...form];
  const { stdout } = await promisify(execFile)('cargo', parameters, { cwd: root });
  // The first line is the connector's own.
  const [, ...lines] = stdout.trim().split('\n');
  const built = new Set(lines.map((line) => line.replace(/^(\S+) v(\S+).*/, '$1 $2')));
  const named = new Set(
    notices.match(/^ {2}[\w-]+ \d+\.\d+\.\d+\S*$/gm)?.map((line) => line.trim()),
  );
  assert.deepEqual([...named].sort(), [...built].sort());
});

test('each section of THIRD-PARTY-NOTICES has its licence', () => {
  const [, apache, ...others] = notices.split(/^Under the /m);
  assert.match(apache, /^Apache License 2\.0 \(below\)/);
  assert.match(notices, /^ +TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION$/m);
  assert.notEqual(others.length, 0);
  for (const section of others) {
    assert.match(section, /^Permission is hereby granted, free of charge, to any/m, section);
  }
});
