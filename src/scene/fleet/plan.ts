import type { Fleet } from '../../history/fleet.ts';
import { mixed } from '../colour.ts';
import { rect } from '../geometry.ts';
import type { Theme } from '../palettes.ts';
import { type Shades, shades } from '../shades.ts';
import { type Comb, combIn, seenThrough } from './comb.ts';

/** A group, and one of its places when that is meant. */
export interface FleetCursor {
  readonly group: number;
  readonly place: number | null;
}

/** How the fleet is looked at. */
export interface FleetLook {
  readonly theme: Theme;
  /** `comb`: hexagons. `matrix`: storage nodes down, groups across. */
  readonly form: 'comb' | 'matrix';
  readonly camera: { readonly k: number; readonly x: number; readonly y: number };
  readonly cursor: FleetCursor | null;
  /** Storage nodes whose segments are outlined. */
  readonly hosts: ReadonlySet<string>;
  readonly selected: { readonly kind: string; readonly id: string } | null;
}

export interface Room {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** How much a hexagon tells, by the room that it has. */
type Detail = 'texture' | 'count' | 'names';

const COUNT_R = 15;
const NAMES_R = 48;
/** Larger is not clearer. */
const MOST_R = 150;
const MARGIN = 16;

const detailFor = (r: number): Detail =>
  r < COUNT_R ? 'texture' : r < NAMES_R ? 'count' : 'names';

/** The honeycomb of a fleet in a room, before any camera. */
export const combFor = (size: number, { widthPx, heightPx }: Room): Comb =>
  combIn(size, rect(MARGIN, MARGIN, widthPx - 2 * MARGIN, heightPx - 2 * MARGIN), MOST_R);

/** How close a camera has to come for members to be named, at most. */
export const mostZoom = (size: number, room: Room): number =>
  Math.max(2, 110 / Math.max(1, combFor(size, room).r));

export interface FleetPlan {
  readonly fleet: Fleet;
  readonly look: FleetLook;
  readonly room: Room;
  readonly ink: Shades;
  readonly comb: Comb;
  readonly detail: Detail;
  readonly tones: Tones;
}

export function planFor(fleet: Fleet, look: FleetLook, room: Room): FleetPlan {
  const ink = shades(look.theme);
  const comb = seenThrough(combFor(fleet.size, room), look.camera);
  return { fleet, look, room, ink, comb, detail: detailFor(comb.r), tones: tonesOf(ink) };
}

/** Fills of sectors that answer, by the health of their group: the quieter, the better. */
export interface Tones {
  /** In the order of `HEALTHS`, the worst first. */
  readonly fill: readonly string[];
  /** The same with names upon them. */
  readonly tint: readonly string[];
  readonly outline: readonly string[];
  readonly text: readonly string[];
}

export const tonesOf = (ink: Shades): Tones => {
  const calm = (share: number): string => mixed(ink.ack, ink.stage, share);
  const warm = (share: number): string => mixed(ink.redo, ink.stage, share);
  const dark = ink.dark;
  return {
    fill: [
      ink.fail,
      mixed(ink.fail, ink.stage, 0.25),
      warm(0.1),
      warm(0.45),
      calm(dark ? 0.66 : 0.72),
    ],
    tint: [
      mixed(ink.fail, ink.stage, 0.5),
      mixed(ink.fail, ink.stage, dark ? 0.62 : 0.78),
      warm(dark ? 0.62 : 0.5),
      warm(dark ? 0.76 : 0.7),
      calm(dark ? 0.74 : 0.78),
    ],
    outline: [ink.failStroke, ink.failStroke, ink.redoStroke, ink.redoStroke, calm(0.45)],
    text: [ink.failText, ink.failText, ink.redoText, ink.redoText, ink.ackText],
  };
};
