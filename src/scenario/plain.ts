/** Whether a value from outside has fields to look at. */
export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names that reach an object's prototype: nobody's setting is called so. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What `value` says otherwise than `base`, or undefined when nothing. Records are compared field by
 * field, anything else as a whole.
 */
export function difference(base: unknown, value: unknown): unknown {
  if (!isRecord(base) || !isRecord(value)) {
    return JSON.stringify(base) === JSON.stringify(value) ? undefined : value;
  }
  const changed = Object.keys(value)
    .map((key) => [key, difference(base[key], value[key])] as const)
    .filter(([, change]) => change !== undefined);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** Whether two plain values say the same, in whatever order their fields were written. */
export function saysSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, i) => saysSame(each, other[i]));
  if (!isRecord(one) || !isRecord(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => saysSame(one[key], other[key]));
}

/** `base` with the changes that `difference` found. The result has no key that could reach a prototype. */
export function withChanges(base: unknown, changes: unknown): unknown {
  if (changes === undefined) return base;
  if (!isRecord(base) || !isRecord(changes)) return changes;
  const keys = Object.keys(changes).filter((key) => !FORBIDDEN.has(key));
  return {
    ...base,
    ...Object.fromEntries(keys.map((key) => [key, withChanges(base[key], changes[key])])),
  };
}
