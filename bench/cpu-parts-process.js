/**
 * CPU of the parts of one message, in our connector. What goes on inside the core is measured in a
 * second module, of the same core, with the same flags, that repeats it without crossing
 * (native/src/lib.rs); the rest is what remains of the packed module's calls.
 */

import { readFile } from 'node:fs/promises';
import { ourFile, upToTheNetwork } from './contenders.js';
import { configWith, message } from './example.js';
import { report } from './fresh-process.js';
import { warmCpuPer } from './loop.js';

await report(async () => {
  const config = configWith();
  // One value of what crosses for a message: the config takes keys that it does not know.
  const both = { ...config, message };
  const { validateConfig } = await import(ourFile('core.js').href);
  const parts = await loadParts();
  const [configText, messageText, bothText] = [config, message, both].map((value) =>
    JSON.stringify(value),
  );

  const all = await warmCpuPer(await upToTheNetwork.ours(config));
  const stringify = await warmCpuPer(() => [JSON.stringify(config), JSON.stringify(message)]);
  // The core draws for 32 requests at once.
  const draw = await warmCpuPer(() => crypto.getRandomValues(new Uint8Array(20 * 32)));
  const randomness = draw / 32;
  const parse = await perRepetition((times) => parts.parse(configText, messageText, times));
  const sign = await perRepetition((times) =>
    parts.sign(configText, messageText, Date.now(), times),
  );
  const validate = await warmCpuPer(() => validateConfig(both));
  const crossingIn =
    validate - (await perRepetition((times) => parts.parseConfig(bothText, times)));
  const newConfig = await perRepetition((times) => parts.parseConfig(configText, times));
  const crossingOut = all - crossingIn - parse - sign - randomness;
  return { all, crossingIn, stringify, newConfig, parse, sign, randomness, crossingOut };
});

/** @param {(times: number) => void} repeat */
async function perRepetition(repeat) {
  const times = 100;
  return (await warmCpuPer(() => repeat(times))) / times;
}

async function loadParts() {
  const folder = new URL('../target/bench/parts/', import.meta.url);
  const parts = await import(new URL('core.js', folder).href);
  const module = new WebAssembly.Module(await readFile(new URL('core_bg.wasm', folder)));
  parts.initSync({ module });
  return parts;
}
