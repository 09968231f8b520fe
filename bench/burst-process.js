/** Many sends at once, by a connector that has sent nothing before. */

import { senders } from './contenders.js';
import { configWith } from './example.js';
import { report } from './fresh-process.js';
import { sendMany } from './sending.js';
import { leadTo } from './tencent-host.js';

/** @typedef {import('./contenders.js').Contender} Contender */
/** @typedef {{ contender: Contender, sends: number, host: import('./tencent-host.js').Host }} Input */

await report(async (/** @type {Input} */ { contender, sends, host }) => {
  leadTo(host);
  const send = await senders[contender](configWith());
  const start = performance.now();
  const { failed } = await sendMany(send, sends, sends);
  return { seconds: (performance.now() - start) / 1000, failed };
});
