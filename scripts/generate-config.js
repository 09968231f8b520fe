/**
 * Writes every list of the config's keys from their declaration in config/keys.js, and the meanings of the error codes
 * that the sandbox shows. With --check it writes nothing, and fails if a list is not up to date.
 */

import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { config, limits, overseas, template } from '../config/keys.js';
import { definitions } from '../config/schema.js';

/**
 * @typedef {import('../config/keys.js').Key} Key
 * @typedef {import('../config/keys.js').FormKey} FormKey
 * @typedef {import('../config/keys.js').ConfigObject} ConfigObject
 * @typedef {import('../config/schema.js').Schema} Schema
 * @typedef {keyof Key['guide']} Language
 */

const origin = 'Generated from config/keys.js by make generate.';

/** @type {Record<string, ConfigObject>} */
const objects = { config, template, overseas, limits };

/** The TypeScript types. */
function types() {
  const interfaces = Object.entries(objects).map(([name, { description, keys }]) => [
    ...docComment(description, ''),
    `export interface ${typeName(name)} {`,
    ...keys.flatMap((key) => [
      ...docComment(withDefault(key), '  '),
      `  ${key.name}${key.required ? '' : '?'}: ${typeOf(key.schema)};`,
    ]),
    '}',
  ]);
  return interfaces.map((lines) => lines.join('\n')).join('\n\n');
}

/** @param {string} object */
const typeName = (object) => `TencentSms${object.charAt(0).toUpperCase()}${object.slice(1)}`;

/**
 * The TypeScript type of the values that a schema describes.
 *
 * @param {Schema} schema
 * @returns {string}
 */
function typeOf(schema) {
  const { $ref, type, anyOf, items, properties, required = [], additionalProperties } = schema;
  if ($ref) {
    const name = $ref.replace('#/$defs/', '');
    /** @type {Record<string, Schema>} */
    const { [name]: definition = {} } = definitions;
    return name in objects ? typeName(name) : typeOf(definition);
  }
  if (type === 'string' || type === 'boolean' || type === 'number') {
    return type;
  }
  if (type === 'integer') {
    return 'number';
  }
  if (type === 'array' && items) {
    const item = typeOf(items);
    return item.includes('|') ? `(${item})[]` : `${item}[]`;
  }
  if (type === 'object' && properties) {
    const members = Object.entries(properties).map(
      ([name, value]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(value)}`,
    );
    return `{ ${members.join('; ')} }`;
  }
  if (type === 'object' && additionalProperties) {
    return `Record<string, ${typeOf(additionalProperties)}>`;
  }
  if (!type && anyOf) {
    return [...new Set(anyOf.map(typeOf))].join(' | ');
  }
  throw new Error(`no TypeScript type is known for ${JSON.stringify({ $ref, type })}`);
}

/** The Console's form. */
function formItems() {
  // The strings of this form become members of Logto's enum.
  const items = JSON.stringify(config.keys.map(formItem)).replaceAll(
    /"(ConnectorConfigFormItemType\.\w+)"/g,
    '$1',
  );
  return `/** The fields of the Console's form. metadata.js adds the templates that it begins with. */

    // ${origin}

    import { ConnectorConfigFormItemType } from '@logto/connector-kit';

    /** @type {import('@logto/connector-kit').ConnectorConfigFormItem[]} */
    export const formItems = ${items};`;
}

/** @param {FormKey} key */
function formItem({ name, required, default: ofKey, form }) {
  const { label, type, isConfidential, placeholder, defaultValue, description } = form;
  const isSwitch = type === 'Switch';
  return {
    key: name,
    label,
    type: `ConnectorConfigFormItemType.${type}`,
    required,
    isConfidential,
    placeholder: isSwitch ? undefined : (placeholder ?? ofKey?.toString()),
    defaultValue: isSwitch ? ofKey : defaultValue,
    description: description?.replaceAll('{default}', String(ofKey)),
  };
}

/** The JSON Schema. */
function schema() {
  return JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: origin,
    title: 'Configuration of connector-tencent-sms-wasm',
    description: `${plain(config.description)} The connector's own check says the same in words.`,
    ...objectSchema(config),
    $defs: {
      ...definitions,
      template: objectSchema(template),
      overseas: objectSchema(overseas),
      limits: objectSchema(limits),
    },
  });
}

/** @param {ConfigObject} object */
function objectSchema({ schema, keys }) {
  const required = keys.filter((key) => key.required).map(({ name }) => name);
  const properties = keys.map((key) => [
    key.name,
    { description: plain(key.description), ...key.schema, default: key.default },
  ]);
  return {
    type: 'object',
    required: required.length > 0 ? required : undefined,
    properties: Object.fromEntries(properties),
    ...schema,
  };
}

/** The table in docs/configuration.md. */
function docsTable() {
  const rows = (/** @type {Key[]} */ keys, prefix = '') =>
    keys.map((key) => {
      const type = typeOf(key.schema).replaceAll(/TencentSms\w+/g, 'object');
      const required = key.required ? 'Required. ' : '';
      return [`\`${prefix}${key.name}\``, `\`${type}\``, required + withDefault(key)];
    });
  return table(
    ['key', 'type', 'meaning'],
    [
      ...rows(config.keys),
      ...rows(template.keys, 'templates[].'),
      ...rows(overseas.keys, 'overseas.'),
      ...rows(limits.keys, 'limits.'),
    ],
  );
}

const guideWords = {
  en: { key: 'label: key', meaning: 'meaning', comma: ', ' },
  de: { key: 'Beschriftung: Name', meaning: 'Bedeutung', comma: ', ' },
  'zh-CN': { key: '表单项：字段', meaning: '说明', comma: '、' },
};

/**
 * The tables of a guide. They have no column for the type, because the Console breaks long names in a table of
 * three columns. A key of the form stands next to its label, because errors name both.
 *
 * @param {Language} language
 */
function guideTables(language) {
  const { key, meaning, comma } = guideWords[language];
  const tableOf = (/** @type {string} */ title, /** @type {Key[]} */ keys) => {
    const rows = keys.map((key) => [
      withLabel(key),
      key.guide[language].replaceAll('{default}', String(key.default)),
    ]);
    return table([title, meaning], rows, comma);
  };
  return [
    tableOf(key, config.keys),
    tableOf('Template', template.keys),
    tableOf('Overseas', overseas.keys),
    tableOf('Limits', limits.keys),
  ].join('\n\n');
}

/** @param {Key | FormKey} key */
function withLabel(key) {
  // A label may add a Chinese term in brackets.
  const [label] = 'form' in key ? key.form.label.split(' (') : [];
  const isOther = label && label.toLowerCase() !== key.name.toLowerCase();
  return `${isOther ? `${label}: ` : ''}\`${key.name}\``;
}

/**
 * A table in Markdown. Neighbouring rows that differ only in the first cell share a row.
 *
 * @param {string[]} header
 * @param {string[][]} rows
 * @param {string} [comma] between the first cells of a shared row
 */
function table(header, rows, comma = ', ') {
  /** @type {string[][]} */
  const shared = [];
  for (const [first = '', ...rest] of rows) {
    const last = shared.at(-1);
    if (last && last.slice(1).join() === rest.join()) {
      last[0] += comma + first;
    } else {
      shared.push([first, ...rest]);
    }
  }
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...shared.map(line)].join('\n');
}

/** @param {Key} key */
const withDefault = ({ description, default: ofKey }) =>
  ofKey === undefined ? description : `${description} Default: \`${ofKey}\`.`;

/** @param {string} markdown */
const plain = (markdown) => markdown.replaceAll('`', '');

/**
 * A doc comment in lines of at most 100 characters.
 *
 * @param {string} text
 * @param {string} indent
 */
function docComment(text, indent) {
  const oneLine = `${indent}/** ${text} */`;
  if (oneLine.length <= 100) {
    return [oneLine];
  }
  const lines = [`${indent} *`];
  for (const word of text.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > 100) {
      lines.push(`${indent} *`);
    }
    lines[lines.length - 1] += ` ${word}`;
  }
  return [`${indent}/**`, ...lines, `${indent} */`];
}

/**
 * Replaces the generated part of a file: the lines between the line that names its origin and the line that
 * marks its end.
 *
 * @param {string} path
 * @param {string} text
 * @param {string} part
 */
function withPart(path, text, part) {
  const around =
    /^(.*Generated from config\/keys\.js.*\n)[\s\S]*?^(.*End of the generated part.*)$/m;
  if (!around.test(text)) {
    throw new Error(`${path} needs the line "${origin}" and below it "End of the generated part."`);
  }
  return text.replace(around, (_, begin, end) => `${begin}\n${part}\n\n${end}`);
}

/**
 * @param {string} path whose extension tells biome the language
 * @param {string} text
 */
function formatted(path, text) {
  const biome = 'node_modules/.bin/biome';
  const options = { input: text, encoding: /** @type {const} */ ('utf8') };
  return execFileSync(biome, ['format', `--stdin-file-path=${path}`], options);
}

/** The labels of the Console's form. The sandbox shows them, and is a package of its own. */
function formLabels() {
  return JSON.stringify(config.keys.map(({ name, form: { label } }) => ({ name, label })));
}

/** The first two columns of the table of error codes: the code and its meaning. */
async function errorMeanings() {
  const table = await readFile('src/tencent/error_codes.tsv', 'utf8');
  return table.replace(/^([^\t\n]*\t[^\t\n]*).*$/gm, '$1');
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** The files that are generated as a whole. @type {Record<string, string>} */
const files = {
  'js-shim/form-items.js': formItems(),
  'pkg-template/config.schema.json': schema(),
  'sandbox/form-labels.json': formLabels(),
  'sandbox/text/error-meanings.en.tsv': await errorMeanings(),
};
/** The generated parts of files that are otherwise written by hand. @type {Record<string, string>} */
const parts = {
  'js-shim/index.d.ts': types(),
  'docs/configuration.md': docsTable(),
  'pkg-template/README.md': guideTables('en'),
  'pkg-template/README_de.md': guideTables('de'),
  'pkg-template/README_zh-CN.md': guideTables('zh-CN'),
};

for (const [path, text] of Object.entries({ ...files, ...parts })) {
  const before = await readFile(path, 'utf8').catch(() => '');
  const whole = path in parts ? withPart(path, before, text) : text;
  const after = /\.(?:md|tsv)$/.test(path) ? whole : formatted(path, whole);
  if (after === before) {
    continue;
  }
  if (process.argv.includes('--check')) {
    console.error(`${path} does not match its source: run make generate`);
    process.exitCode = 1;
  } else {
    await writeFile(path, after);
    console.log(`generated ${path}`);
  }
}
