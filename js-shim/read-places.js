/**
 * Reads the places that the core asks for: environment variables and small files.
 *
 * The files are read synchronously, because secrets are small files in memory, and the guard of a config cannot wait.
 */

import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';

/** @typedef {import('./wasm/core.js').Reading} Reading */
/** @typedef {import('./wasm/core.js').Place} Place */

/** The most attempts to read files that are replaced in the meantime. */
const maxAttempts = 5;

/**
 * Reads all places. Files that belong together are replaced together, such as the two parts of a key: Kubernetes
 * points one link to another folder. So the files are read again if a link changed in the meantime.
 *
 * @param {{ places: Place[], maxBytes: number }} step
 * @returns {{ read: Reading[] }}
 */
export function readPlaces({ places, maxBytes }) {
  for (let attempt = 1; ; attempt += 1) {
    const read = places.map((place) => readPlace(place, maxBytes));
    if (attempt === maxAttempts || read.every(isUnchanged)) {
      return { read };
    }
  }
}

/**
 * @param {Place} place
 * @param {number} maxBytes
 * @returns {Reading}
 */
function readPlace(place, maxBytes) {
  if ('env' in place) {
    const text = process.env[place.env];
    return { ...place, ...(text === undefined ? { failure: 'not set' } : { text }) };
  }
  try {
    const realPath = realpathSync.native(place.file);
    const text = readFile(realPath, maxBytes);
    return { ...place, ...(text === undefined ? { failure: 'not a file' } : { text, realPath }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { ...place, failure: String(code ?? 'unknown') };
  }
}

/**
 * Returns the text of a file, cut off after one byte more than the limit, or undefined for anything but an ordinary
 * file. A pipe or a device is opened without waiting for its other end.
 *
 * @param {string} path a path without links
 * @param {number} maxBytes
 */
function readFile(path, maxBytes) {
  // Windows has neither flag.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) {
      return undefined;
    }
    const bytes = Buffer.alloc(maxBytes + 1);
    const text = bytes.toString('utf8', 0, readSync(file, bytes));
    bytes.fill(0);
    return text;
  } finally {
    closeSync(file);
  }
}

/** @param {Reading} reading */
function isUnchanged(reading) {
  if (!('file' in reading && 'realPath' in reading)) {
    return true;
  }
  try {
    return realpathSync.native(reading.file) === reading.realPath;
  } catch {
    return false;
  }
}
