/** The connector's presentation in Logto's Console. */

import { TemplateType } from '@logto/connector-kit';
import { formItems } from './form-items.js';
import { description, name } from './phrases.js';

/**
 * The form's initial templates: an entry for each usage type of the host. Older hosts have fewer types. The only
 * required entry stands first, and the others say what happens without them, because the editor is higher than a
 * screen, and the description stands below it. Both texts are placeholders, which count as absent.
 */
const templates = [
  { usageType: TemplateType.Generic, templateCode: '<template-code>' },
  ...Object.values(TemplateType)
    .filter((usageType) => usageType !== TemplateType.Generic)
    .map((usageType) => ({ usageType, templateCode: '<same as Generic>' })),
];

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
