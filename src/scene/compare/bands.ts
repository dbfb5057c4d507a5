import type { Rect } from '../display.ts';
import { clamp, rect, spans } from '../geometry.ts';
import type { Pen } from '../pen.ts';
import { TITLE_PX } from './plan.ts';

/** The places in one zone: an instance above, two of storage below, the air between them free. */
export interface ZonePlaces {
  readonly band: Rect;
  readonly top: Rect;
  readonly bottom: readonly [Rect, Rect];
}

/** Where each Availability Zone stands, by name. */
export type Zones = ReadonlyMap<string, ZonePlaces>;

const KEY_PX = 22;
const PAD_PX = 7;
const MOST_TOP_PX = 150;

/** Equal bands below the title and above the key. */
export function zonesIn({ x, y, w, h }: Rect, names: readonly string[]): Zones {
  const top = y + TITLE_PX;
  const height = h - TITLE_PX - KEY_PX;
  return new Map(
    spans(x, w, names.length, 6).map(({ at, size }, i) => {
      const band = rect(at, top, size, height);
      return [names[i] ?? '', placesIn(band)];
    }),
  );
}

function placesIn(band: Rect): ZonePlaces {
  const boxPx = clamp(Math.round(band.h * 0.28), 24, 46);
  const inside = band.w - 2 * PAD_PX;
  const topPx = Math.min(MOST_TOP_PX, inside);
  const lowY = band.y + band.h - boxPx - PAD_PX;
  const [first, second] = spans(band.x + PAD_PX, inside, 2, clamp(inside * 0.16, 4, 28));
  const low = (span: typeof first): Rect => rect(span?.at ?? 0, lowY, span?.size ?? 0, boxPx);
  return {
    band,
    top: rect(band.x + (band.w - topPx) / 2, band.y + 20, topPx, boxPx),
    bottom: [low(first), low(second)],
  };
}

/** Quiet bands; one that is gone is hatched and says so. */
export function drawZones(pen: Pen, of: string, zones: Zones, down: readonly string[]): void {
  const { ink } = pen;
  for (const [name, { band }] of zones) {
    const gone = down.includes(name);
    pen.for(`${of} zone ${name}`, 1, () => {
      pen.rect('band', 'band', band, 6, { fill: gone ? ink.bandDown : ink.band });
      if (gone) pen.hatch('gone', band, 6, ink.fail, 0.3);
      const words = gone ? `AZ ${name} down` : `AZ ${name}`;
      pen.text('name', words, band.x + PAD_PX, band.y + 14, {
        ...{ face: 'caption', fill: gone ? ink.failText : ink.faint, room: band.w - 2 * PAD_PX },
      });
    });
  }
}

/** Where a zone's name is written. */
export const nameArea = ({ band }: ZonePlaces): Rect => rect(band.x, band.y, 52, 18);

/** Where the key of a cluster is written. */
export const keyY = ({ y, h }: Rect): number => y + h - KEY_PX / 2 + 1;
