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
  /** Figures large enough for the last row of a lecture hall. */
  readonly large: boolean;
  readonly cache: number | null;
  /** Baseline of the dial's caption. */
  readonly caption: number | null;
}

/** Distances between the lines of a console, by its height. */
const LEADING = {
  low: { name: 20, reading: 17, second: null, ruler: 7, foot: 17, caption: 8 },
  tall: { name: 23, reading: 20, second: 17, ruler: 7, foot: 20, caption: 8 },
  high: { name: 30, reading: 34, second: 26, ruler: 16, foot: 28, caption: 16 },
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
  const height = Math.max(10, Math.min(box.h >= 140 ? 34 : 24, cache - 7 - top));
  return {
    ...{ x, w, name, reading, second, cache, large: box.h >= 140 },
    ruler: rect(x, cache - 7 - height, w, height),
    caption: dial ? bottom(box) - leading.caption : null,
  };
}

function smallParts(place: ConsolePlace): ConsoleParts {
  const { rect: box, dial } = place;
  if (dial) {
    const x = dial.x + dial.r + 6;
    const w = right(box) - 5 - x;
    return {
      ...{ x, w, second: null, cache: null, caption: null, large: false },
      name: box.y + 20,
      reading: box.y + 40,
      ruler: rect(x, bottom(box) - 27, w, 14),
    };
  }
  if (box.h < 70) return slimParts(place);
  if (box.w >= BESIDE_PX) return besideParts(place);
  // On the lowest of them the lines stand closer, so that the ruler keeps clear of the letters.
  const second = Math.min(box.y + 50, bottom(box) - 25);
  const top = Math.max(bottom(box) - 22, second + 5);
  return {
    ...{ x: box.x + 7, w: box.w - 12, name: box.y + 16, cache: null, caption: null, large: false },
    ...{ reading: second - 16, second },
    ruler: rect(box.x + 7, top, box.w - 14, bottom(box) - 8 - top),
  };
}

/** Where both readings stand in one line. */
const BESIDE_PX = 184;

/** The name, its readings side by side under it, and the ruler. */
function besideParts({ rect: box }: ConsolePlace): ConsoleParts {
  return {
    ...{ x: box.x + 7, w: box.w - 12, cache: null, caption: null, second: null, large: false },
    name: box.y + 18,
    reading: box.y + 38,
    ruler: rect(box.x + 7, bottom(box) - 22, box.w - 14, 14),
  };
}

/** Two lines of words; the writer's ruler beside them when there is room. */
function slimParts({ rect: box, power, writer }: ConsolePlace): ConsoleParts {
  const inner = box.w < 120 ? 7 : 12;
  const x = box.x + inner;
  const w = (power ? power.x : right(box) - 6) - x;
  const beside = writer && w >= 190;
  return {
    ...{ x, second: null, cache: null, caption: null, large: false },
    w: beside ? w - 96 : w,
    name: box.y + Math.round(box.h / 2) - 4,
    reading: box.y + Math.round(box.h / 2) + 13,
    ruler: beside ? rect(x + w - 88, box.y + Math.round(box.h / 2) - 10, 80, 20) : null,
  };
}

/** Decides what a console shows where, by its size alone. */
export const consoleParts = (place: ConsolePlace): ConsoleParts =>
  place.detail === 3 ? fullParts(place) : smallParts(place);
