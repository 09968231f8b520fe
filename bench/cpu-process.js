/** CPU time per message of one contender, up to the network: for the first hundred messages, and when warm. */

import { upToTheNetwork } from './contenders.js';
import { config } from './example.js';
import { report } from './fresh-process.js';
import { cpuPer, warmCpuPer } from './loop.js';

await report(async (/** @type {{ contender: keyof typeof upToTheNetwork }} */ { contender }) => {
  const once = await upToTheNetwork[contender](config);
  return { first: await cpuPer(once, 100), warm: await warmCpuPer(once) };
});
