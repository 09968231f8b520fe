/**
 * The program behind `make demo`: the packed connector sends one code to a mainland number and one abroad. Logto's
 * own command line adds the package, Logto's own loader loads it, the sandbox stands in for Tencent, and
 * Tencent's own signer confirms the signature.
 *
 * Usage: node scripts/demo.js TARBALL
 */

import { strict as assert } from 'node:assert';
import { randomInt } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { TemplateType } from '@logto/connector-kit';
import { startSandbox } from '../sandbox/server.js';
import {
  addConnector,
  buildConnector,
  createInstance,
  loadFactories,
  removeInstance,
} from '../tests/host/support/logto-instance.js';
import { tencentAuthorization } from '../tests/shared/tencent-signer.js';

const tarball = resolve(process.argv[2] ?? fail('which tarball?'));
const instance = await createInstance();
const sandbox = await startSandbox();

try {
  await step(`logto connector add ${basename(tarball)}`, () => addConnector(instance, tarball));

  const factories = await step("loaded by Logto's own loader", () => loadFactories(instance));
  const factory = factories[0] ?? fail('the loader skipped the package; see its line above');
  const connector = await buildConnector(factory, async () => sandbox.config);
  show({ id: connector.metadata.id, type: connector.type });

  await step('the config is accepted by its guard', () => {
    const result = connector.configGuard.safeParse(sandbox.config);
    assert.ok(result.success, String(result.error));
  });
  await step('a config without keys is refused', () => {
    const { accessKeyId, accessKeySecret, ...rest } = sandbox.config;
    const result = connector.configGuard.safeParse(rest);
    const paths = result.error?.issues.map(({ path }) => path.join('.'));
    assert.deepEqual(paths, ['accessKeyId', 'accessKeySecret']);
  });

  // Both numbers have the same digits after the calling code, and both use the same config.
  for (const to of ['8618624017194', '18624017194']) {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await step(`code ${code} sent to ${to}`, () => {
      const payload = { code, locale: 'zh-CN', uiLocales: 'zh-CN en' };
      return connector.sendMessage({ to, type: TemplateType.SignIn, payload });
    });
    await step('arrived at the sandbox, which verified the signature with code of its own', () => {
      const message = sandbox.messages.at(-1);
      assert.ok(message);
      assert.deepEqual([message.phoneNumber, message.templateParams], [`+${to}`, [code]]);
      show({
        number: message.phoneNumber,
        signature: message.signName || 'none',
        template: message.templateId,
        parameters: JSON.stringify(message.templateParams),
        text: message.text,
      });
    });
    await step("Tencent's own signer makes the same Authorization of these bytes", () => {
      const request = sandbox.requests.at(-1);
      assert.ok(request);
      const { accessKeyId: secretId, accessKeySecret: secretKey } = sandbox.config;
      const expected = tencentAuthorization({ url: sandbox.url, secretId, secretKey }, request);
      assert.equal(request.headers.authorization, expected);
    });
  }
  await step('two messages in all, by two templates', () => {
    const templates = new Set(sandbox.messages.map(({ templateId }) => templateId));
    assert.deepEqual([sandbox.messages.length, templates.size], [2, 2]);
  });
} finally {
  await sandbox.close();
  await removeInstance(instance);
}

/**
 * Runs one part and prints that it is done. If it fails, prints which part failed, and ends the process.
 *
 * @template Result
 * @param {string} what
 * @param {() => Result | Promise<Result>} part
 * @returns {Promise<Result>}
 */
async function step(what, part) {
  try {
    const result = await part();
    console.log(`✓ ${what}`);
    return result;
  } catch (error) {
    return fail(`${what}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {Record<string, string>} facts */
function show(facts) {
  for (const [name, value] of Object.entries(facts)) {
    console.log(`    ${name.padEnd(12)}${value}`);
  }
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  console.error(`✗ ${why}`);
  process.exit(1);
}
