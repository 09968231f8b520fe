/** CPU per message up to the network, of one contender: for the first hundred, and when warm. */

import { upToTheNetwork } from './contenders.js';
import { config } from './example.js';
import { report } from './fresh-process.js';
import { cpuPer, warmCpuPer } from './loop.js';

await report(async (/** @type {{ contender: keyof typeof upToTheNetwork }} */ { contender }) => {
  const once = await upToTheNetwork[contender](config);
  return { first: await cpuPer(once, 100), warm: await warmCpuPer(once) };
});
