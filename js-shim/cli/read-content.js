/** The content of the file that a command takes. */

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { quoted } from './core.js';

/**
 * Reads a file or standard input.
 *
 * @param {string} file `-` for standard input
 * @param {import('./texts/texts.js').Texts} texts
 * @returns {Promise<{ name: string, content: Uint8Array } | { problem: string }>}
 */
export async function readContent(file, texts) {
  const name = file === '-' ? texts.standardInput : quoted(file);
  try {
    return { name, content: await (file === '-' ? buffer(process.stdin) : readFile(file)) };
  } catch (error) {
    return { problem: texts.notReadable(name, codeOf(error) ?? texts.unknownError) };
  }
}

/**
 * Returns the code of a system's error.
 *
 * @param {unknown} error
 */
export const codeOf = (error) =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;
