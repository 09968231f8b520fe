/**
 * The connector's config as a person takes it to Logto: field by field, or with a command.
 */
import { readFileSync } from 'node:fs';

/**
 * The keys of the config in the order of the Console's form, with their labels. The file is generated.
 * @type {{ name: string, label: string }[]}
 */
const labels = JSON.parse(readFileSync(new URL('form-labels.json', import.meta.url), 'utf8'));

/** @typedef {ReturnType<typeof formFields>[number]} FormField */

const CONNECTOR_ID = 'tencent-cloud-sms';

/**
 * Returns the fields of the Console's form that the config has a value for, in the order of the form.
 * @param {Record<string, unknown>} config
 */
export function formFields(config) {
  return labels.flatMap(({ name, label }) => {
    const value = config[name] ?? '';
    if (value === '') return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return [{ key: name, label, value: text }];
  });
}

/**
 * Returns a command for a shell that creates the connector through Logto's Management API. A person puts values in
 * place of the two placeholders in angle brackets.
 * @param {Record<string, unknown>} config
 */
export function curlCommand(config) {
  const body = JSON.stringify({ connectorId: CONNECTOR_ID, config }, null, 2);
  return `curl -X POST '<logto-endpoint>/api/connectors' \\
  -H 'Authorization: Bearer <access-token>' \\
  -H 'Content-Type: application/json' \\
  -d '${body.replaceAll("'", String.raw`'\''`)}'`;
}
