/** A JSON Schema as the text of a TypeScript type, as far as `config.schema.json` goes. */

/**
 * @typedef {object} Schema
 * @property {string} [$ref]
 * @property {string} [type]
 * @property {Schema[]} [anyOf]
 * @property {Schema} [items]
 * @property {Record<string, Schema>} [properties]
 * @property {string[]} [required]
 * @property {Record<string, Schema>} [$defs]
 */

/**
 * @param {Schema} schema
 * @param {Schema} [root] where its references lead
 * @returns {string}
 */
export function schemaAsType(schema, root = schema) {
  /** @param {Schema} part */
  const asType = (part) => schemaAsType(part, root);
  const { $ref, type, anyOf, items, properties, required = [] } = schema;
  const referred = $ref && root.$defs?.[$ref.replace('#/$defs/', '')];
  if (referred) {
    return asType(referred);
  }
  if (type === 'string' || type === 'boolean' || type === 'number') {
    return type;
  }
  if (type === 'integer') {
    return 'number';
  }
  if (type === 'array' && items) {
    return `(${asType(items)})[]`;
  }
  if (type === 'object' && properties) {
    const members = Object.entries(properties).map(
      ([key, value]) => `${key}${required.includes(key) ? '' : '?'}: ${asType(value)};`,
    );
    return `{ ${members.join(' ')} }`;
  }
  if (!type && anyOf) {
    return anyOf.map(asType).join(' | ');
  }
  throw new Error(`which type is this? ${JSON.stringify(schema)}`);
}
