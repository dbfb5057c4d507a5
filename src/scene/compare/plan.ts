import type { BaselineView } from '../../baseline/view.ts';
import type { ClusterView, GroupView } from '../../protocol/view.ts';
import type { Rect } from '../display.ts';
import { clamp, rect } from '../geometry.ts';
import type { Theme } from '../palettes.ts';
import type { Micros, TxnId } from '../view-types.ts';
import type { Waterfall } from './waterfall.ts';

/** How the comparison is looked at. */
export interface CompareLook {
  readonly theme: Theme;
  readonly group: number | 'all';
  readonly selected: { readonly kind: string; readonly id: string } | null;
  readonly hovered: { readonly kind: string; readonly id: string } | null;
  /** What stands on MySQL for what is pointed at or selected on Aurora; null for nothing. */
  readonly twin: string | null;
  /** The bar that is read, by its side and place. */
  readonly cursor: Cursor | null;
  readonly nowUs: Micros;
}

/** The bar that arrow keys have come to. */
export interface Cursor {
  readonly side: Side;
  readonly bar: number;
}

/** The two systems. */
export type Side = 'aurora' | 'mysql';

/** The transaction whose waterfalls are drawn. */
export interface Shown {
  readonly txn: TxnId;
  /** What MySQL numbers it; null while it has not been answered there. */
  readonly mysqlTxn: TxnId | null;
  readonly text: string;
  readonly aurora: Waterfall;
  readonly mysql: Waterfall | null;
}

/** What is compared at one moment. */
export interface Moment {
  readonly aurora: ClusterView;
  /** Null before its first step. */
  readonly mysql: BaselineView | null;
  /** How far the other system has been computed; null when it has come as far as the cluster. */
  readonly behindUs: Micros | null;
  readonly shown: Shown | null;
  /** Why none is shown. */
  readonly nothing: string;
}

/** Where everything stands. */
export interface Plan {
  readonly moment: Moment;
  readonly look: CompareLook;
  readonly group: GroupView | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly narrow: boolean;
  readonly clusters: Readonly<Record<Side, Rect>>;
  readonly falls: Readonly<Record<Side, Rect>>;
  readonly rowPx: number;
  /** Where bars begin. */
  readonly leftPx: number;
  /** Bottom of the bars, above the figures of time. */
  readonly axisY: number;
  readonly lengthUs: Micros;
  /** A part that is drawn once more, larger than the axis has it. */
  readonly enlarged: boolean;
  xOf(us: Micros): number;
}

/** Narrower pictures have one cluster below the other. */
const NARROW_PX = 560;
/** Between the clusters there is room for a board of figures, in pictures that are wide enough. */
const WITH_BOARD_PX = 700;
const BOARD_PX = 208;
const EDGE_PX = 12;
const GAP_PX = 20;
/** The name of a cluster and of a waterfall. */
export const TITLE_PX = 24;
const AXIS_PX = 22;
const LANES = 6;
const NAMES_PX = 92;
const RIGHT_PX = 68;
const LEAST_US = 2_000;

/** Where everything of a comparison stands in this much room. */
export function planOf(
  moment: Moment,
  look: CompareLook,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Plan {
  const narrow = widthPx < NARROW_PX;
  const fallsPx = clamp(heightPx * (narrow ? 0.4 : 0.5), 214, 360);
  const tops = heightPx - fallsPx - GAP_PX / 2;
  const inside = widthPx - 2 * EDGE_PX;
  const gapPx = widthPx < WITH_BOARD_PX ? GAP_PX : BOARD_PX + GAP_PX;
  const leftPx = narrow ? inside : Math.round((inside - gapPx) / 2);
  const each = narrow ? (tops - GAP_PX / 2) / 2 : tops;
  const clusters = {
    aurora: rect(EDGE_PX, 0, leftPx, each),
    mysql: narrow
      ? rect(EDGE_PX, each + GAP_PX / 2, inside, each)
      : rect(EDGE_PX + leftPx + gapPx, 0, inside - leftPx - gapPx, each),
  };
  const top = heightPx - fallsPx;
  const rowPx = (fallsPx - AXIS_PX - 2 * TITLE_PX) / (2 * LANES);
  const block = TITLE_PX + LANES * rowPx;
  const { shown } = moment;
  const lengthUs = Math.max(LEAST_US, shown?.aurora.waitedUs ?? 0, lastOf(shown));
  const barsPx = inside - NAMES_PX - RIGHT_PX;
  return {
    ...{ moment, look, widthPx, heightPx, narrow, clusters, rowPx, lengthUs, enlarged: false },
    group: groupOf(moment.aurora, look.group),
    falls: {
      aurora: rect(EDGE_PX, top, inside, block),
      mysql: rect(EDGE_PX, top + block, inside, block),
    },
    leftPx: EDGE_PX + NAMES_PX,
    axisY: heightPx - AXIS_PX,
    xOf: (us) => EDGE_PX + NAMES_PX + (us / lengthUs) * barsPx,
  };
}

const groupOf = ({ groups }: ClusterView, group: number | 'all'): GroupView | null =>
  groups.find(({ id }) => id === group) ?? groups[0] ?? null;

function lastOf(shown: Shown | null): Micros {
  const bars = shown ? [...shown.aurora.bars, ...(shown.mysql?.bars ?? [])] : [];
  return bars.reduce((last, { toUs }) => Math.max(last, toUs), 0);
}
