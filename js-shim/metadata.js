/** The connector's presentation in Logto's Console. */

import { TemplateType } from '@logto/connector-kit';
import { formItems } from './form-items.js';
import { description, name } from './phrases.js';

/**
 * The form's initial templates: an entry for each usage type of the host. Older hosts have fewer types. The only
 * required one stands first, because the editor is higher than a screen.
 */
const usageTypes = new Set([TemplateType.Generic, ...Object.values(TemplateType)]);
const templates = [...usageTypes].map((usageType) => ({
  usageType,
  templateCode: '<template-code>',
}));

/** @type {import('@logto/connector-kit').ConnectorMetadata} */
export const metadata = {
  // The official connector's id cannot be used: Logto does not start with two packages of the same id.
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
