/** The log of each step, which NODE_DEBUG switches on. */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { withSandbox } from '../shared/with-sandbox.js';
import { instance, ourFactory } from './support/connectors.js';

const to = '8613800138000';
const code = '907315';

/**
 * Sends one message in a process of its own, and returns what that process logs.
 *
 * @param {Record<string, unknown>} config
 * @param {Record<string, string>} environment
 * @param {string} [before] code that runs before the send
 */
async function printed(config, environment, before = '') {
  const connector = new URL(`file://${ourFactory.path}/lib/index.js`).href;
  const script = `
    import createConnector from ${JSON.stringify(connector)};
    ${before}
    const { sendMessage } = await createConnector({ getConfig: async () => (${JSON.stringify(config)}) });
    const data = { to: '${to}', type: 'SignIn', payload: { code: '${code}' } };
    await sendMessage(data).then(() => console.log('sent'), () => console.log('failed'));
  `;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: instance, env: { PATH: process.env.PATH, ...environment } },
  );
  assert.doesNotMatch(stderr, new RegExp(`${to}|13800138000|${code}|TC3-HMAC`));
  assert.ok(!stderr.includes(String(config.accessKeyId)));
  return { log: stderr, outcome: stdout.trim() };
}

const on = { NODE_DEBUG: 'connector-tencent-sms-wasm' };

test('each step is logged with the IDs that support asks for, and nothing personal', () =>
  withSandbox({}, async ({ config, url, messages, setFault }) => {
    const { log } = await printed(config, on);
    const { host } = new URL(url);
    assert.match(log, new RegExp(`SendSms to ${host} answered with HTTP status 200 after \\d+ ms`));
    const [message] = messages;
    assert.match(log, new RegExp(`accepted the message: SerialNo ${message.serialNo}, RequestId `));

    setFault('error:RequestLimitExceeded', { times: 1 });
    assert.match((await printed(config, on)).log, /waited \d+ ms before the next attempt/);

    setFault('reset-before');
    assert.match(
      (await printed(config, on)).log,
      /SendSms to \S+ failed \((ECONNRESET|UND_ERR_SOCKET)\)/,
    );
  }));

test('the name of an error of a wrapper around fetch is logged without its digits', () =>
  withSandbox({}, async ({ config }) => {
    const wrapper = `globalThis.fetch = async () => {
      throw Object.assign(new Error(), { code: 'to ${to}: ${code}' });
    };`;
    assert.match((await printed(config, on, wrapper)).log, /failed \(to #+: #+\)/);
  }));

test('a console that throws costs only the line', () =>
  withSandbox({}, async ({ config }) => {
    const broken = `process.stderr.write = () => { throw new Error('no console'); };`;
    const { outcome } = await printed(config, on, broken);
    assert.equal(outcome, 'sent');
  }));

test('nothing is logged without NODE_DEBUG', () =>
  withSandbox({}, async ({ config }) => {
    assert.deepEqual(await printed(config, {}), { log: '', outcome: 'sent' });
  }));
