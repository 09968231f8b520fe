/** The signed requests of tests/vectors/, as the sandbox would receive them. */

import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../vectors/', import.meta.url);

/**
 * `X-TC-Action` by service. Only some of the vectors sign this header.
 * @type {Record<string, string>}
 */
const actions = { cvm: 'DescribeInstances', sms: 'SendSms' };
/**
 * `X-TC-Token` by vector. No vector signs this header.
 * @type {Record<string, string | undefined>}
 */
const tokens = { 'sts-token': 'EXAMPLE-sts-token-ABCDEFG==' };

export const vectors = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const read = (/** @type {string} */ file) =>
      readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
    const { secretId, secretKey, timestamp, service, headers } = JSON.parse(read('context.json'));
    const { host, ...others } = Object.fromEntries(new Headers(headers));
    return {
      name,
      secretId,
      secretKey,
      token: tokens[name],
      timestamp,
      service,
      action: actions[service],
      host,
      contentType: others['content-type'],
      body: read('payload.txt'),
      canonicalRequestHash: read('string-to-sign.txt').split('\n').at(-1),
      authorization: read('authorization.txt'),
    };
  });
