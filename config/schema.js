/** The rules of the JSON Schema: the valid values of each key, and the rules between keys. */

/**
 * A JSON Schema. The keywords declared here give the type of a value. Other keywords are only copied.
 *
 * @typedef {{
 *   $ref?: string,
 *   type?: string,
 *   anyOf?: Schema[],
 *   items?: Schema,
 *   properties?: Record<string, Schema>,
 *   required?: string[],
 *   additionalProperties?: false | Schema,
 *   [keyword: string]: unknown,
 * }} Schema
 */

const sides = {
  china: { $ref: '#/$defs/templateId' },
  overseas: { $ref: '#/$defs/templateId' },
};

/** The characters that nobody sees, which the connector cuts off around every value. */
const invisible = '\\s\\p{Cc}\\p{Cf}\\u115f\\u1160\\u2065\\u2800\\u3164\\uffa0';

/**
 * The pattern of a value that may have invisible characters around it.
 *
 * @param {string} pattern
 */
const trimmed = (pattern) => `^[${invisible}]*${pattern}[${invisible}]*$`;

/** The beginning of a text that is meant as a reference. */
const meantAsReference = `^[${invisible}]*(env|file):`;

/** A character of the name of a file with a secret. */
const inFileName = '[A-Za-z0-9._+=@,-]';

/** A calling code, which may be followed by the first digits of the national number. */
const callingCode = `(1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\\d\\d)\\d*[${invisible}]*`;

/**
 * The schemas that the keys refer to, by name.
 *
 * @satisfies {Record<string, Schema>}
 */
export const definitions = {
  text: { type: 'string', pattern: `[^${invisible}]` },
  ascii: { type: 'string', pattern: trimmed('[!-~]+') },
  reference: {
    $comment: 'An environment variable, or a file with a secret.',
    type: 'string',
    pattern: trimmed(
      `(env:(TENCENTCLOUD|TENCENT_SMS)_[A-Z0-9_]+|file:/(var/)?run/secrets/((?!\\.{1,2}/)${inFileName}+/)*tencent${inFileName}*)`,
    ),
  },
  keyPart: {
    anyOf: [
      { $ref: '#/$defs/reference' },
      { $ref: '#/$defs/ascii', not: { pattern: meantAsReference } },
    ],
  },
  secretKey: {
    $comment: 'A SecretId begins with AKID or IKID and is longer than a SecretKey.',
    anyOf: [
      { $ref: '#/$defs/reference' },
      {
        $ref: '#/$defs/ascii',
        not: { pattern: `${trimmed('[AI]KID[A-Za-z0-9_-]{32,}')}|${meantAsReference}` },
      },
    ],
  },
  credentials: {
    type: 'string',
    pattern: trimmed('(cvm-role(:(?!\\.+(?![!-~]))[A-Za-z0-9+=,.@_-]{1,128})?|tke-oidc)'),
    examples: ['cvm-role', 'cvm-role:NAME', 'tke-oidc'],
  },
  signature: { type: 'string', pattern: `[^${invisible}【】]` },
  identifier: { anyOf: [{ $ref: '#/$defs/text' }, { type: 'integer', minimum: 0 }] },
  number: {
    anyOf: [
      { type: 'string', pattern: trimmed('[0-9]+') },
      { type: 'integer', minimum: 0 },
    ],
  },
  templateId: {
    anyOf: [
      { type: 'string', pattern: trimmed('([0-9]+|<[^]*>)') },
      { type: 'integer', minimum: 0 },
    ],
  },
  region: {
    type: 'string',
    pattern: trimmed('[a-z]{2}-[a-z]+(-[a-z0-9]+)*'),
    not: { $comment: 'This is a zone.', pattern: `-[0-9]+[${invisible}]*$` },
    examples: ['ap-guangzhou', 'ap-beijing', 'ap-nanjing', 'ap-singapore', 'eu-frankfurt'],
  },
  endpoint: {
    $comment: 'The ports are those that the Fetch standard blocks.',
    type: 'string',
    not: {
      pattern:
        ':0*(1|7|9|11|13|15|17|19|20|21|22|23|25|37|42|43|53|69|77|79|87|95|101|102|103|104|109|110|111|113|115|117|119|123|135|137|139|143|161|179|389|427|465|512|513|514|515|526|530|531|532|540|548|554|556|563|587|601|636|989|990|993|995|1719|1720|1723|2049|3659|4045|4190|5060|5061|6000|6566|6665|6666|6667|6668|6669|6679|6697|10080)/?' +
        `[${invisible}]*$`,
    },
    anyOf: [
      {
        pattern: trimmed(
          '(https://)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+' +
            '[Tt][Ee][Nn][Cc][Ee][Nn][Tt][Cc][Ll][Oo][Uu][Dd][Aa][Pp][Ii]\\.[Cc][Oo][Mm]/?',
        ),
      },
      {
        pattern: trimmed(
          'https?://(127\\.0\\.0\\.1|\\[::1\\]|localhost)' +
            '(:(?!0+\\D*$)0*([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?/?',
        ),
      },
    ],
    examples: ['sms.tencentcloudapi.com', 'sms.intl.tencentcloudapi.com', 'http://127.0.0.1:4180'],
  },
  templateCode: {
    anyOf: [
      { $ref: '#/$defs/templateId' },
      {
        type: 'object',
        properties: sides,
        anyOf: [{ required: ['china'] }, { required: ['overseas'] }],
      },
    ],
  },
  locale: { type: 'string', pattern: trimmed('[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*') },
  callingCodes: {
    $comment: 'An exclamation mark blocks a code.',
    anyOf: [
      {
        type: 'string',
        pattern: `^([${invisible},，、]*!?\\+?(?=\\d{1,7}[${invisible}]*([,，、]|$))${callingCode}([,，、]|$))+[${invisible},，、]*$`,
      },
      {
        type: 'array',
        items: {
          anyOf: [
            {
              type: 'string',
              pattern: `^[${invisible}]*!?\\+?(?=\\d{1,7}[${invisible}]*$)${callingCode}$`,
            },
            {
              type: 'integer',
              enum: [
                1, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 27, 30, 31, 32, 33, 34, 36, 39,
                40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63,
                64, 65, 66, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 81, 82, 84, 86, 90, 91, 92, 93,
                94, 95, 98,
              ],
            },
            { type: 'integer', minimum: 100, maximum: 9999999 },
          ],
        },
      },
    ],
  },
  seconds: {
    anyOf: [
      // The core rounds down to milliseconds.
      { type: 'number', minimum: 1, exclusiveMaximum: 60.001 },
      {
        type: 'string',
        pattern: trimmed('\\+?0*(([1-9]|[1-5]\\d)(\\.\\d*)?|60(\\.0{0,2}|\\.000\\d*)?)'),
      },
    ],
  },
  limit: {
    type: 'string',
    pattern: trimmed(
      `(?!0+\\D)\\d{1,6}[${invisible}]*/[${invisible}]*(?!0+\\D)\\d{1,4}[${invisible}]*[smhd]`,
    ),
    examples: ['20/1h', '20000/1d'],
  },
  limitsByCallingCode: {
    type: 'object',
    propertyNames: {
      pattern: `^(\\*|[${invisible}]*\\+?(?=\\d{1,7}[${invisible}]*$)${callingCode})$`,
    },
    additionalProperties: { $ref: '#/$defs/limit' },
    examples: [{ 86: '5000/1h', '*': '200/1h' }],
  },
  mode: {
    type: 'string',
    pattern: trimmed('(enforce|monitor)'),
    examples: ['enforce', 'monitor'],
  },
  phoneNumbers: {
    type: 'array',
    items: {
      type: 'string',
      pattern: trimmed('(\\+|00)?(860?1[3-9]\\d{9}|(?!86)[1-9]\\d{6,14})'),
      examples: ['+8613800138000'],
    },
  },
  filledIn: {
    anyOf: [{ type: 'string', not: { pattern: trimmed('<[^]*>') } }, { type: 'integer' }],
  },
  configuredCode: {
    anyOf: [
      { $ref: '#/$defs/filledIn' },
      { type: 'object', anyOf: [filledInFor('china'), filledInFor('overseas')] },
    ],
  },
  mainlandCode: {
    anyOf: [{ $ref: '#/$defs/filledIn' }, { type: 'object', ...filledInFor('china') }],
  },
};

/** The rule that one entry must be for Generic and have a template code. */
export const hasGeneric = {
  contains: {
    properties: {
      usageType: { pattern: trimmed('Generic') },
      templateCode: { $ref: '#/$defs/configuredCode' },
    },
  },
};

/** The rule that a message contains its code or its link. An invitation may do without. */
export const hasCode = {
  if: {
    properties: { usageType: { not: { pattern: trimmed('OrganizationInvitation') } } },
  },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of this name
  then: {
    properties: {
      templateParams: {
        anyOf: [
          { maxItems: 0 },
          { contains: { type: 'string', pattern: '\\{\\{\\s*(code|link)\\s*\\}\\}' } },
        ],
      },
    },
  },
};

/** The rule that a template for the mainland needs a signature. */
export const mainlandNeedsSignName = {
  if: {
    properties: {
      templates: { contains: { properties: { templateCode: { $ref: '#/$defs/mainlandCode' } } } },
    },
  },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of this name
  then: { required: ['signName'] },
};

/** The rule that a source of temporary keys replaces the key. */
const keyOrCredentials = {
  dependentSchemas: {
    credentials: {
      properties: { accessKeyId: false, accessKeySecret: false, securityToken: false },
    },
  },
};

/** The rule that an account has a key, or a source of temporary keys. */
export const needsKey = {
  ...keyOrCredentials,
  if: { not: { required: ['credentials'] } },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of this name
  then: { required: ['accessKeyId', 'accessKeySecret'] },
};

/** The rule that the keys of an account must be given together. */
export const wholeAccount = {
  ...keyOrCredentials,
  dependentRequired: {
    accessKeyId: ['accessKeySecret'],
    accessKeySecret: ['accessKeyId'],
    securityToken: ['accessKeyId', 'accessKeySecret'],
  },
};

/** @param {'china' | 'overseas'} side */
function filledInFor(side) {
  return { required: [side], properties: { [side]: { $ref: '#/$defs/filledIn' } } };
}
