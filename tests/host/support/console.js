/** A recorder of the operator's console. */

import { mock } from 'node:test';
import { inspect } from 'node:util';

/** Records lines instead of printing them, warnings of the process included. */
export function captureConsole() {
  /** @type {string[]} */
  const lines = [];
  const methods = /** @type {const} */ (['log', 'info', 'debug', 'warn', 'error', 'trace']);
  const mocks = methods.map((method) =>
    mock.method(console, method, (/** @type {unknown[]} */ ...values) => {
      lines.push(values.map((value) => inspect(value, { depth: 9 })).join(' '));
    }),
  );
  const warning = (/** @type {Error} */ error) => lines.push(String(error.stack));
  process.on('warning', warning);
  return {
    text: () => lines.join('\n'),
    lines: () => lines.length,
    restore() {
      process.off('warning', warning);
      for (const { mock } of mocks) {
        mock.restore();
      }
    },
  };
}
