import type { Cursor, Shown, Side } from '../../../scene/compare/plan.ts';
import type { Bar } from '../../../scene/compare/waterfall.ts';

const barsOf = (shown: Shown | null, side: Side): readonly Bar[] => shown?.[side]?.bars ?? [];

/** The bar that is read; null for none. */
export const barOf = (shown: Shown | null, cursor: Cursor | null): Bar | null =>
  (cursor && barsOf(shown, cursor.side)[cursor.bar]) ?? null;

const STEPS: Readonly<Record<string, (bar: number, count: number) => number>> = {
  ArrowRight: (bar) => bar + 1,
  ArrowLeft: (bar) => bar - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};
/** Aurora's bars stand above MySQL's. */
const SIDES: Readonly<Record<string, Side>> = { ArrowUp: 'aurora', ArrowDown: 'mysql' };

/** Where a key leads from a bar; null for a key that leads nowhere. */
export function barAfter(key: string, cursor: Cursor | null, shown: Shown | null): Cursor | null {
  const side = SIDES[key] ?? cursor?.side ?? 'aurora';
  const step = STEPS[key];
  const { length } = barsOf(shown, side);
  if ((step === undefined && SIDES[key] === undefined) || length === 0) return null;
  if (cursor === null || cursor.side !== side) return { side, bar: key === 'End' ? length - 1 : 0 };
  const to = step?.(cursor.bar, length) ?? cursor.bar;
  return { side, bar: Math.max(0, Math.min(length - 1, to)) };
}
