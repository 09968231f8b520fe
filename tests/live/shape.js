/** The shape of an answer: its fields and their types, without its values. */

/**
 * A type; the fields of an object; the shape of a list's items; or null for an empty list, whose items are unknown.
 * @typedef {string | { [field: string]: Shape } | [Shape] | null} Shape
 */

/**
 * @param {unknown} value
 * @returns {Shape}
 */
export function shapeOf(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? null : [value.map(shapeOf).reduce(union)];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]));
  }
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/**
 * The shape of an item that may be as either.
 * @param {Shape} one
 * @param {Shape} other
 * @returns {Shape}
 */
function union(one, other) {
  if (one === null) return other;
  if (other === null) return one;
  if (Array.isArray(one) && Array.isArray(other)) return [union(one[0], other[0])];
  if (isRecord(one) && isRecord(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return Object.fromEntries(
      Array.from(names, (name) => [name, union(one[name] ?? null, other[name] ?? null)]),
    );
  }
  return one === other ? one : `${JSON.stringify(one)} or ${JSON.stringify(other)}`;
}

/**
 * Returns where two shapes differ, one line for each place. An empty list differs from no list.
 * @param {Shape} tencent
 * @param {Shape} sandbox
 * @param {string} [path]
 * @returns {string[]}
 */
export function differences(tencent, sandbox, path = '') {
  if (tencent === null || sandbox === null) return [];
  if (Array.isArray(tencent) && Array.isArray(sandbox)) {
    return differences(tencent[0], sandbox[0], `${path}[]`);
  }
  if (isRecord(tencent) && isRecord(sandbox)) {
    const names = new Set([...Object.keys(tencent), ...Object.keys(sandbox)]);
    return [...names].flatMap((name) => {
      const at = path ? `${path}.${name}` : name;
      if (!Object.hasOwn(sandbox, name)) return [`${at}: only Tencent has it`];
      if (!Object.hasOwn(tencent, name)) return [`${at}: only the sandbox has it`];
      return differences(tencent[name], sandbox[name], at);
    });
  }
  const [one, other] = [tencent, sandbox].map((shape) => JSON.stringify(shape));
  return one === other ? [] : [`${path}: Tencent ${one}, sandbox ${other}`];
}

/**
 * @param {Shape} shape
 * @returns {shape is { [field: string]: Shape }}
 */
function isRecord(shape) {
  return typeof shape === 'object' && shape !== null && !Array.isArray(shape);
}
