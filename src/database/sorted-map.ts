import type { Key } from './ids.ts';

/** An immutable map in key order (an AVL tree): every change is O(log n) and shares the rest. */
export type SortedMap<K extends Key, V> = Node<K, V> | null;

interface Node<K extends Key, V> {
  readonly key: K;
  readonly value: V;
  readonly left: SortedMap<K, V>;
  readonly right: SortedMap<K, V>;
  readonly height: number;
}

/** Keys of one map are of one type, so the comparison may be JavaScript's own. */
const less = (a: Key, b: Key): boolean => (a as number) < (b as number);

/** The value of a key; undefined when there is none. O(log n). */
export function get<K extends Key, V>(map: SortedMap<K, V>, key: K): V | undefined {
  let node = map;
  while (node !== null) {
    if (node.key === key) return node.value;
    node = less(key, node.key) ? node.left : node.right;
  }
  return undefined;
}

/** The map with one value set; shares all it can with the map before. O(log n). */
export function put<K extends Key, V>(map: SortedMap<K, V>, key: K, value: V): SortedMap<K, V> {
  if (map === null) return { key, value, left: null, right: null, height: 1 };
  const { left, right, height } = map;
  if (map.key === key) return { key, value, left, right, height };
  return less(key, map.key)
    ? balanced(map.key, map.value, put(left, key, value), right)
    : balanced(map.key, map.value, left, put(right, key, value));
}

/** The map without a key, which it need not have had. O(log n). */
export function remove<K extends Key, V>(map: SortedMap<K, V>, key: K): SortedMap<K, V> {
  if (map === null) return null;
  const { left, right } = map;
  if (map.key !== key) {
    return less(key, map.key)
      ? balanced(map.key, map.value, remove(left, key), right)
      : balanced(map.key, map.value, left, remove(right, key));
  }
  if (left === null) return right;
  if (right === null) return left;
  const next = lowest(right);
  return balanced(next.key, next.value, left, remove(right, next.key));
}

/** The entry with the lowest key. */
export function first<K extends Key, V>(map: SortedMap<K, V>): Node<K, V> | null {
  return map === null ? null : lowest(map);
}

/** Calls `visit` for every entry, in key order. */
export function each<K extends Key, V>(
  map: SortedMap<K, V>,
  visit: (key: K, value: V) => void,
): void {
  if (map === null) return;
  each(map.left, visit);
  visit(map.key, map.value);
  each(map.right, visit);
}

function lowest<K extends Key, V>(node: Node<K, V>): Node<K, V> {
  let found = node;
  while (found.left !== null) found = found.left;
  return found;
}

const heightOf = <K extends Key, V>(map: SortedMap<K, V>): number =>
  map === null ? 0 : map.height;

function node<K extends Key, V>(
  key: K,
  value: V,
  left: SortedMap<K, V>,
  right: SortedMap<K, V>,
): Node<K, V> {
  return { key, value, left, right, height: 1 + Math.max(heightOf(left), heightOf(right)) };
}

function balanced<K extends Key, V>(
  key: K,
  value: V,
  left: SortedMap<K, V>,
  right: SortedMap<K, V>,
): Node<K, V> {
  if (left !== null && left.height > heightOf(right) + 1)
    return leaningLeft(key, value, left, right);
  if (right !== null && right.height > heightOf(left) + 1) {
    return leaningRight(key, value, left, right);
  }
  return node(key, value, left, right);
}

function leaningLeft<K extends Key, V>(
  key: K,
  value: V,
  left: Node<K, V>,
  right: SortedMap<K, V>,
): Node<K, V> {
  const inner = left.right;
  if (inner === null || heightOf(left.left) >= inner.height) {
    return node(left.key, left.value, left.left, node(key, value, inner, right));
  }
  return node(
    inner.key,
    inner.value,
    node(left.key, left.value, left.left, inner.left),
    node(key, value, inner.right, right),
  );
}

function leaningRight<K extends Key, V>(
  key: K,
  value: V,
  left: SortedMap<K, V>,
  right: Node<K, V>,
): Node<K, V> {
  const inner = right.left;
  if (inner === null || heightOf(right.right) >= inner.height) {
    return node(right.key, right.value, node(key, value, left, inner), right.right);
  }
  return node(
    inner.key,
    inner.value,
    node(key, value, left, inner.left),
    node(right.key, right.value, inner.right, right.right),
  );
}
