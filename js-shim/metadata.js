/** How the connector presents itself in Logto's Console. */

import { TemplateType } from '@logto/connector-kit';
import { formItems } from './form-items.js';
import { description, name } from './phrases.js';

/** An entry for each occasion on which the host sends. Older hosts have fewer. */
const templates = Object.values(TemplateType).map((usageType) => ({
  usageType,
  templateCode: '<template-code>',
}));

/** @type {import('@logto/connector-kit').ConnectorMetadata} */
export const metadata = {
  // The official connector's id is taken: a second package with it keeps Logto from starting.
  id: 'tencent-cloud-sms',
  target: 'tencent-sms',
  platform: null,
  name,
  description,
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: formItems.map((item) =>
    item.key === 'templates' ? { ...item, defaultValue: templates } : item,
  ),
};
