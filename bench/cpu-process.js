/** CPU per message up to the network, of one contender: for the first hundred, and when warm. */

import { upToTheNetwork } from './contenders.js';
import { configWith } from './example.js';
import { report } from './fresh-process.js';
import { cpuPer, warmCpuPer } from './loop.js';

await report(
  async (/** @type {{ contender: keyof typeof upToTheNetwork, templates?: number }} */ input) => {
    const once = await upToTheNetwork[input.contender](configWith(input.templates));
    return { first: await cpuPer(once, 100), warm: await warmCpuPer(once) };
  },
);
