import type { Rect } from './display.ts';
import { bottom, rect, right } from './geometry.ts';
import type { ConsolePlace } from './layout-types.ts';

/** Where the parts of a console stand; null for what has no room. */
export interface ConsoleParts {
  /** Left edge and width of words and figures. */
  readonly x: number;
  readonly w: number;
  readonly name: number;
  readonly reading: number | null;
  readonly second: number | null;
  readonly ruler: Rect | null;
  readonly cache: number | null;
  /** Baseline of the dial's caption. */
  readonly caption: number | null;
}

/** Distances between the lines of a console, by its height. */
const LEADING = {
  low: { name: 20, reading: 17, second: null, ruler: 7, foot: 17, caption: 8 },
  tall: { name: 23, reading: 20, second: 17, ruler: 7, foot: 20, caption: 8 },
  high: { name: 27, reading: 25, second: 20, ruler: 14, foot: 26, caption: 14 },
} as const;

function leadingOf(h: number): (typeof LEADING)[keyof typeof LEADING] {
  if (h >= 140) return LEADING.high;
  return h >= 112 ? LEADING.tall : LEADING.low;
}

function fullParts({ rect: box, dial }: ConsolePlace): ConsoleParts {
  const leading = leadingOf(box.h);
  const x = dial ? dial.x + dial.r + 14 : box.x + 14;
  const w = right(box) - 12 - x;
  const name = box.y + leading.name;
  const reading = name + leading.reading;
  const second = leading.second === null ? null : reading + leading.second;
  const cache = bottom(box) - leading.foot;
  const top = (second ?? reading) + leading.ruler;
  const height = Math.max(10, Math.min(24, cache - 7 - top));
  return {
    ...{ x, w, name, reading, second, cache },
    ruler: rect(x, cache - 7 - height, w, height),
    caption: dial ? bottom(box) - leading.caption : null,
  };
}

function smallParts({ rect: box, dial }: ConsolePlace): ConsoleParts {
  if (dial) {
    const x = dial.x + dial.r + 5;
    const room = right(box) - 4 - x;
    return {
      ...{ x: box.x + 7, w: box.w - 12, name: box.y + 16, second: null, cache: null },
      reading: null,
      ruler: rect(x, Math.round(dial.y + 1), room, 14),
      caption: null,
    };
  }
  const slim = box.h < 56;
  return {
    x: box.x + (slim ? 12 : 7),
    w: box.w - (slim ? 20 : 12),
    name: box.y + (slim ? 18 : 16),
    reading: box.y + (slim ? 35 : 34),
    second: slim ? null : box.y + 50,
    ruler: slim ? null : rect(box.x + 7, bottom(box) - 22, box.w - 14, 14),
    cache: null,
    caption: null,
  };
}

/** Decides what a console shows where, by its size alone. */
export const consoleParts = (place: ConsolePlace): ConsoleParts =>
  place.detail === 3 ? fullParts(place) : smallParts(place);
