/** How many values fell into each bucket. Plain data: it travels between threads, and two can be added. */
export type Counts = Map<number, number>;

/** Buckets in each doubling: a value is known to one part in as many, or exactly where it is smaller. */
const FINENESS = 32;
const FINENESS_BITS = 5;
const LARGEST = 2 ** 31;

/** The bucket of a whole number from 0. */
function bucketOf(value: number): number {
  const within = Math.min(value, LARGEST - 1);
  const shift = Math.max(0, 31 - Math.clz32(within) - FINENESS_BITS);
  return shift * FINENESS + (within >>> shift);
}

/** The middle of a bucket. */
function valueIn(bucket: number): number {
  const shift = Math.max(0, Math.floor(bucket / FINENESS) - 1);
  const least = (bucket - shift * FINENESS) * (1 << shift);
  return least + ((1 << shift) - 1) / 2;
}

/** Counts a whole number from 0. */
export function count(counts: Counts, value: number): void {
  const bucket = bucketOf(value);
  counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
}

/** Adds what was counted elsewhere. */
export function addCounts(counts: Counts, others: Counts): void {
  for (const [bucket, times] of others) counts.set(bucket, (counts.get(bucket) ?? 0) + times);
}

/** How many values were counted. */
export function totalOf(counts: Counts): number {
  let total = 0;
  for (const times of counts.values()) total += times;
  return total;
}

/** The values below which these parts of all values lie, to one part in sixty; null when there are none. */
export function quantilesOf(counts: Counts, parts: readonly number[]): readonly number[] | null {
  const total = totalOf(counts);
  if (total === 0) return null;
  const buckets = [...counts].toSorted(([a], [b]) => a - b);
  return parts.map((part) => {
    let below = 0;
    const wanted = part * total;
    const found = buckets.find(([, times]) => {
      below += times;
      return below >= wanted;
    });
    return valueIn((found ?? buckets.at(-1) ?? [0])[0]);
  });
}
