import type { LogEntry } from '../../history/log-history.ts';
import type { ClusterView } from '../../protocol/view.ts';
import type { Theme } from '../palettes.ts';
import { type Shades, shades } from '../shades.ts';
import { type Column, columnsOf } from './columns.ts';
import { type LadderRow, rowsOf } from './rows.ts';

/** How the ladder is looked at. */
export interface LadderLook {
  readonly theme: Theme;
  readonly group: number | 'all';
  /** The record selected, and the one pointed at; null for none. */
  readonly selected: number | null;
  readonly hovered: number | null;
  /** Null lets the picture choose: as wide as all fit, within reason. */
  readonly columnPx: number | null;
  /** How many of the newest columns lie off to the right. */
  readonly back: number;
  readonly cursor: { readonly row: number; readonly column: number } | null;
}

const USUAL_COLUMN_PX = 18;
const ROOMY_COLUMN_PX = 36;
export const LEAST_COLUMN_PX = 6;
export const MOST_COLUMN_PX = 40;
/** Below this, columns are a density and have no figures. */
export const FIGURES_PX = 14;
/** Room for brackets and figures. */
export const HEAD_PX = 58;
const NAMES_PX = 164;
export const NARROW_NAMES_PX = 84;
const NARROW = 520;
const RIGHT_PX = 16;
const LEAST_ROW_PX = 16;
const MOST_ROW_PX = 34;

/** The same, with the width that was chosen. */
export interface LadderSight extends LadderLook {
  readonly columnPx: number;
}

/** Where everything in the ladder stands. */
export interface Plan {
  readonly ink: Shades;
  readonly look: LadderSight;
  readonly columns: readonly Column[];
  readonly rows: readonly LadderRow[];
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly widthPx: number;
  readonly rowPx: number;
  readonly bottom: number;
  /** Where a column begins. */
  xOf(column: number): number;
  yOf(row: number): number;
}

export function planOf(
  view: ClusterView,
  entries: readonly LogEntry[],
  look: LadderLook,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Plan {
  const columns = columnsOf(entries, look.group, view);
  const rows = rowsOf(view, look.group);
  const left = widthPx < NARROW ? NARROW_NAMES_PX : NAMES_PX;
  const across = widthPx - left - RIGHT_PX;
  const columnPx = look.columnPx ?? roomy(across, columns.length);
  const fit = Math.max(1, Math.floor(across / columnPx));
  const to = Math.max(Math.min(columns.length, fit), columns.length - look.back);
  const from = Math.max(0, to - fit);
  const rowPx = Math.min(
    MOST_ROW_PX,
    Math.max(LEAST_ROW_PX, (heightPx - HEAD_PX - 12) / rows.length),
  );
  return {
    ink: shades(look.theme),
    look: { ...look, columnPx },
    columns,
    rows,
    from,
    to,
    left,
    widthPx,
    rowPx,
    bottom: HEAD_PX + rows.length * rowPx,
    xOf: (column) => left + (column - from) * columnPx,
    yOf: (row) => HEAD_PX + row * rowPx,
  };
}

/** Few columns spread, many stand at their usual width. */
const roomy = (acrossPx: number, columns: number): number =>
  Math.max(USUAL_COLUMN_PX, Math.min(ROOMY_COLUMN_PX, Math.floor(acrossPx / Math.max(1, columns))));
