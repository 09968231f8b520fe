/**
 * A process like Logto's: loads the connector from an instance's folder, and sends the messages that its parent asks
 * for, all at once. Started by fleet.js.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder = ''] = process.argv.slice(2);

/** @type {string[]} */
const lines = [];
console.error = (line) => lines.push(String(line));
process.on('unhandledRejection', (error) => lines.push(`unhandled: ${error}`));

// Logto's core imports the package at its start, whether or not a Redis is configured.
const resolve = createRequire(join(folder, '../../package.json')).resolve;
if (process.env.WITHOUT_REDIS !== 'yes') {
  await import(pathToFileURL(resolve('redis')).href);
}

const { default: createConnector } = await import(pathToFileURL(join(folder, 'lib/index.js')).href);

process.on(
  'message',
  async (/** @type {import('./fleet.js').Order & { save?: unknown }} */ order) => {
    const { config, messages, pauseMs, save } = order;
    const connector = await createConnector({ getConfig: async () => config });
    if (save) {
      process.send?.(connector.configGuard.safeParse(save).error?.issues ?? []);
      return;
    }
    const sends = [];
    for (const message of messages) {
      sends.push(send(connector, message));
      if (pauseMs !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    const results = await Promise.all(sends);
    process.send?.({ results, lines: lines.splice(0) });
  },
);

/**
 * @param {{ sendMessage: (data: unknown) => Promise<unknown> }} connector
 * @param {unknown} message
 */
async function send(connector, message) {
  const startedAt = performance.now();
  const result = await connector.sendMessage(message).then(
    () => 'sent',
    (error) => error.code ?? String(error),
  );
  return { result, ms: performance.now() - startedAt };
}

process.on('disconnect', () => {
  // Nothing else keeps this process.
});
process.send?.('ready');
