import { describe, expect, it } from 'vitest';
import { consoleParts } from './console-parts.ts';
import { bottom, rect } from './geometry.ts';
import type { ConsolePlace } from './layout-types.ts';

const placeOf = (w: number, h: number): ConsolePlace =>
  ({ rect: rect(10, 20, w, h), dial: null, power: null, writer: false, detail: 2 }) as never;

describe('a small console', () => {
  const sizes = [60, 117, 150, 190].flatMap((w) =>
    [70, 71, 72, 75, 80, 90, 111].map((h) => [w, h] as const),
  );
  it.each(sizes)('of %i × %i keeps its lines of words and its ruler apart', (w, h) => {
    const place = placeOf(w, h);
    const { name, reading, second, ruler } = consoleParts(place);
    expect(Number(reading) - name).toBeGreaterThanOrEqual(13);
    const last = second ?? reading ?? 0;
    expect(last - Number(reading)).toBeGreaterThanOrEqual(second === null ? 0 : 14);
    expect(Number(ruler?.y) - last).toBeGreaterThanOrEqual(5);
    expect(ruler?.h).toBeGreaterThanOrEqual(10);
    expect(Number(ruler?.y) + Number(ruler?.h)).toBeLessThanOrEqual(bottom(place.rect) - 6);
  });
});
