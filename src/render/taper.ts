const num = (list: readonly number[], k: number): number => list[k] ?? 0;

/**
 * The outline of a trail: full width at its head, a point at its end. `share` (0–1) of its length is
 * taken, so that a short bright taper can lie on a long faint one.
 */
export function taper(points: readonly number[], width: number, share: number): readonly number[] {
  const last = points.length / 2 - 1;
  const end = Math.max(1, Math.round(last * share));
  if (last < 1) return [];
  const left: number[] = [];
  const right: number[] = [];
  for (let k = 0; k <= end; k++) {
    const before = 2 * Math.max(0, k - 1);
    const after = 2 * Math.min(last, k + 1);
    const dx = num(points, after) - num(points, before);
    const dy = num(points, after + 1) - num(points, before + 1);
    const norm = Math.hypot(dx, dy) || 1;
    const half = (width / 2) * (1 - k / end);
    const x = num(points, 2 * k);
    const y = num(points, 2 * k + 1);
    left.push(x - (dy / norm) * half, y + (dx / norm) * half);
    right.unshift(x + (dy / norm) * half, y - (dx / norm) * half);
  }
  return [...left, ...right];
}

/** A trail is two tapers, one upon the other: how much of its length, and how strong. */
export const TAPERS = [
  { share: 1, strength: 0.34 },
  { share: 0.55, strength: 0.5 },
] as const;
