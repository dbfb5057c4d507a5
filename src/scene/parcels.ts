import type { DisplayItem, Rect } from './display.ts';
import { inset, overlaps } from './geometry.ts';

/** What is drawn for one node of the stage, and the area it may touch. */
export interface Parcel {
  readonly node: string;
  readonly area: Rect;
  readonly items: readonly DisplayItem[];
  /** What it was drawn from, when that is known: the same inputs give the same items. */
  readonly inputs: readonly unknown[] | null;
}

/** A part of a layer to be cleared and painted again. */
export interface Patch {
  readonly area: Rect;
  readonly items: readonly DisplayItem[];
}

/** Ports, tabs and frames reach this far out of their node. */
const REACH = 13;

export const areaAround = (box: Rect): Rect => inset(box, -REACH);

/** The parcel of before, if it was drawn from the same inputs. */
export function unchanged(
  known: Parcel | undefined,
  node: string,
  inputs: readonly unknown[],
): Parcel | null {
  if (known?.node !== node || known.inputs?.length !== inputs.length) return null;
  return known.inputs.every((input, k) => input === inputs[k]) ? known : null;
}

type Loose = Readonly<Record<string, unknown>>;

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((value, k) => value === b[k]);
}

function sameItem(a: DisplayItem, b: DisplayItem): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  const [one, other] = [a as unknown as Loose, b as unknown as Loose];
  return (
    keys.length === Object.keys(b).length && keys.every((key) => sameValue(one[key], other[key]))
  );
}

/** Whether two lists would be painted alike. */
export const sameItems = (a: readonly DisplayItem[], b: readonly DisplayItem[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((item, k) => {
      const other = b[k];
      return other !== undefined && sameItem(item, other);
    }));

/**
 * The patches that turn one picture into the next; null when the nodes are not the same ones. A patch
 * holds everything that reaches into its area, so that neighbours are not cut.
 */
export function patchesBetween(
  before: readonly Parcel[],
  after: readonly Parcel[],
): readonly Patch[] | null {
  if (before.length !== after.length) return null;
  const changed: Parcel[] = [];
  for (const [k, parcel] of after.entries()) {
    const known = before[k];
    if (known?.node !== parcel.node) return null;
    if (known !== parcel && !sameItems(known.items, parcel.items)) changed.push(parcel);
  }
  return changed.map(({ area }) => ({
    area,
    items: after.flatMap((each) => (overlaps(each.area, area) ? each.items : [])),
  }));
}
