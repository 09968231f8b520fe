/** CPU per message, from Logto's call up to the HTTP client: validate, build, sign. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { names } from './contenders.js';
import { configWith, message } from './example.js';
import { inFreshProcess } from './fresh-process.js';
import { ratioGoal, short, spread } from './report.js';
import { alternate } from './rounds.js';
import { each } from './side-by-side.js';

/** @returns {Promise<import('./report.js').Section>} */
export async function measure() {
  const { ours, official, sdk, parts, native } = await alternate(5, {
    ...each(['ours', 'official', 'sdk'], (contender) =>
      inFreshProcess('cpu-process.js', { contender }),
    ),
    parts: () => inFreshProcess('cpu-parts-process.js', {}),
    native: nativeParts,
  });
  const nativeAll = native.parse.median + native.sign.median;
  return {
    tables: [
      {
        columns: ['µs of CPU per message', 'warm', 'each of the first 100'],
        rows: [
          [names.ours, spread(ours.warm), spread(ours.first)],
          [names.official, spread(official.warm), spread(official.first)],
          [`${names.sdk} (validates nothing)`, spread(sdk.warm), spread(sdk.first)],
          ['our core, natively', short(nativeAll), ''],
        ],
      },
      {
        columns: ['parts of ours, warm, µs', 'WebAssembly', 'native'],
        rows: [
          ['crossing in', spread(parts.crossingIn), ''],
          ['– of that `JSON.stringify`', spread(parts.stringify), ''],
          ['know the config again, parse the message', spread(parts.parse), spread(native.parse)],
          ['choose, build and sign', spread(parts.sign), spread(native.sign)],
          ['random trace id', spread(parts.randomness), ''],
          ['crossing out', spread(parts.crossingOut), ''],
          ['all', spread(parts.all), short(nativeAll)],
          ['a config that is new: parse and validate', spread(parts.newConfig), ''],
        ],
      },
    ],
    goals: [
      ratioGoal("at most the official connector's CPU", ours.warm, official.warm, { atMost: 1 }),
    ],
  };
}

const binary = new URL(
  '../target/bench/native/release/connector-tencent-sms-wasm-bench',
  import.meta.url,
);

async function nativeParts() {
  const parameters = [configWith(), message].map((value) => JSON.stringify(value));
  const { stdout } = await promisify(execFile)(fileURLToPath(binary), parameters);
  const { parse, sign } = JSON.parse(stdout);
  return { parse: parse / 1000, sign: sign / 1000 };
}
