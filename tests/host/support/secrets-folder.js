/**
 * A folder in the place of `/run/secrets`, with secrets as Kubernetes mounts them: each file is a link through the link
 * `..data`, which is pointed to another folder when the secrets change. Without the rights of root, tests cannot make
 * files in the real folder.
 */

import fs from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = '/run/secrets/';

export async function createSecretsFolder() {
  const folder = `${await realpath(await mkdtemp(join(tmpdir(), 'secrets-')))}/`;
  const { openSync, realpathSync } = fs;
  const inFolder = (/** @type {string} */ path) =>
    path.startsWith(place) ? folder + path.slice(place.length) : path;
  const shown = (/** @type {string} */ path) =>
    path.startsWith(folder) ? place + path.slice(folder.length) : path;
  const native = (/** @type {string} */ path) => shown(realpathSync.native(inFolder(path)));
  fs.realpathSync = /** @type {any} */ ({ native });
  fs.openSync = /** @type {any} */ (
    (/** @type {string} */ path, /** @type {number} */ flags) => openSync(inFolder(path), flags)
  );
  syncBuiltinESMExports();

  let version = 0;
  return {
    folder,
    /**
     * Replaces all secrets at once.
     *
     * @param {Record<string, string>} files
     */
    replace(files) {
      const old = `..${version}`;
      version += 1;
      const data = `..${version}`;
      fs.mkdirSync(join(folder, data));
      for (const [name, text] of Object.entries(files)) {
        fs.writeFileSync(join(folder, data, name), text);
        if (!fs.existsSync(join(folder, name))) {
          fs.symlinkSync(join('..data', name), join(folder, name));
        }
      }
      fs.symlinkSync(data, join(folder, '..new'));
      fs.renameSync(join(folder, '..new'), join(folder, '..data'));
      fs.rmSync(join(folder, old), { recursive: true, force: true });
    },
    async remove() {
      fs.realpathSync = realpathSync;
      fs.openSync = openSync;
      syncBuiltinESMExports();
      await rm(folder, { recursive: true });
    },
  };
}
