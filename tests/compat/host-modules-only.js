/**
 * A guard for `node --import`: every module must come from the folders in HOST_FOLDERS. Without it, Node
 * would find a module that a host lacks in the node_modules of this project.
 */

import { realpathSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { delimiter, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const folders = (process.env.HOST_FOLDERS ?? '').split(delimiter).map((path) => realpathSync(path));

if (isMainThread) {
  // Hooks run in their own thread.
  register(import.meta.url);
  // The hooks do not see the modules that CommonJS modules require.
  const { cache } = createRequire(import.meta.url);
  process.on('exit', () => {
    for (const path of Object.keys(cache)) {
      check(path, 'a CommonJS module');
    }
  });
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  if (context.parentURL && resolved.url.startsWith('file:')) {
    check(fileURLToPath(resolved.url), context.parentURL);
  }
  return resolved;
}

/**
 * @param {string} path
 * @param {string} importer
 */
function check(path, importer) {
  if (!folders.some((folder) => path.startsWith(folder + sep))) {
    throw new Error(`${importer} took ${path}, which is not of the host under test`);
  }
}
