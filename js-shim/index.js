/** A Logto connector for Tencent Cloud SMS. README.md, next to this folder, describes it. */

import { ConnectorType } from '@logto/connector-kit';
import { configGuard } from './config-guard.js';
import { count } from './count-messages.js';
import { metadata } from './metadata.js';
import { send } from './send-message.js';

/**
 * Creates the connector. The host calls this function once when it loads the package, and again for every
 * request that lists or uses connectors, so all one-time work is done outside of it.
 *
 * @type {import('@logto/connector-kit').CreateConnector<import('@logto/connector-kit').SmsConnector>}
 */
const createConnector = async ({ getConfig }) => ({
  metadata,
  type: ConnectorType.Sms,
  configGuard,
  // Only the Console's test passes a config, which need not be stored.
  sendMessage: async (data, inputConfig) =>
    send(inputConfig ?? (await getConfig(metadata.id)), data, { isTest: inputConfig != null }),
  getUsage: async (startFrom) => count(await getConfig(metadata.id), startFrom),
});

export default createConnector;
