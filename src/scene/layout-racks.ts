import type { SegmentId } from '../protocol/topology.ts';
import type { Rect } from './display.ts';
import { bottom, rect, right, spans } from './geometry.ts';
import type { Metrics } from './layout-metrics.ts';
import type { ChipPlace, Detail, HostPlace, LayoutOptions, Topology } from './layout-types.ts';

type Host = Topology['hosts'][number];

const CHIP_LEAST = 15;

/** The segments that get a chip: all, or the first ones with the focused group's among them. */
function shown(
  segments: readonly SegmentId[],
  room: number,
  focus: number | 'all',
): readonly SegmentId[] {
  if (segments.length <= room) return segments;
  const focused = segments.filter((id) => id.startsWith(`${focus}/`));
  const rest = segments.filter((id) => !focused.includes(id));
  return [...focused, ...rest].slice(0, Math.max(1, room));
}

function chipDetail(w: number, h: number): Detail {
  if (w >= 84 && h >= 30) return 3;
  return w >= 64 ? 2 : 1;
}

function placeChips(
  host: Host,
  area: Rect,
  options: LayoutOptions,
): { readonly chips: readonly ChipPlace[]; readonly more: number } {
  const room = Math.floor((area.h + 1) / (CHIP_LEAST + 1));
  const visible = shown(host.segments, room, options.focusGroup);
  const rows = spans(area.y, area.h, Math.max(1, visible.length), area.h >= 64 ? 3 : 1);
  const chips = visible.map((id, k): ChipPlace => {
    const { at, size } = rows[k] ?? { at: area.y, size: area.h };
    const h = Math.min(size, 92);
    return {
      id,
      host: host.id,
      rect: rect(area.x, at, area.w, h),
      detail: chipDetail(area.w, h),
    };
  });
  return { chips, more: host.segments.length - visible.length };
}

interface Cell {
  readonly rect: Rect;
  readonly col: number;
  readonly row: number;
  readonly tray: number | null;
}

/** Height of the line with a host's name: never less than its power button needs. */
function headOf(h: number, powered: boolean): number {
  if (!powered) return 18;
  if (h >= 110) return 30;
  return h >= 84 ? 26 : 24;
}

function placeHost(host: Host, cell: Cell, metrics: Metrics, options: LayoutOptions): HostPlace {
  const { rect: box } = cell;
  const sideways = box.w >= 84 && box.h < 66;
  const pad = metrics.narrow ? 3 : box.h >= 110 ? 8 : 6;
  const nameWidth = metrics.narrow ? 22 : 34;
  const powered = !options.coarse && !metrics.narrow && box.w >= 84 && !sideways;
  const headHeight = headOf(box.h, powered);
  const header = sideways
    ? rect(box.x, box.y, nameWidth + pad, box.h)
    : rect(box.x, box.y, box.w, Math.min(headHeight, box.h));
  const chipArea = sideways
    ? rect(right(header), box.y + 3, box.w - header.w - pad, box.h - 6)
    : rect(
        box.x + pad,
        bottom(header) + 1,
        box.w - 2 * pad,
        Math.max(0, box.h - header.h - 1 - Math.min(pad, 5)),
      );
  const side = Math.min(32, header.h);
  const power = powered ? rect(right(box) - side, box.y + header.h - side, side, side) : null;
  return {
    id: host.id,
    az: host.az,
    ...cell,
    power,
    sideways,
    header,
    ...placeChips(host, chipArea, options),
  };
}

/** The gap beside a host that cables to lower rows run down. */
function trayBeside(col: number, metrics: Metrics, area: Rect, columns: readonly number[]): number {
  if (metrics.rackCols === 1) return right(area) + Math.ceil(metrics.tray / 2);
  const half = metrics.rackGap / 2;
  const next = columns[col + 1];
  if (col === 0 && next !== undefined) return next - half;
  return (columns[col] ?? area.x) - half;
}

/** Places a zone's hosts row by row, in the order given. */
export function placeRacks(
  hosts: readonly Host[],
  area: Rect,
  metrics: Metrics,
  options: LayoutOptions,
): readonly HostPlace[] {
  const { rackCols, rackRows, rackGap } = metrics;
  const cols = spans(area.x, area.w, rackCols, rackGap);
  const rows = spans(area.y, area.h, rackRows, rackGap);
  const columns = cols.map(({ at }) => at);
  return hosts.map((host, k) => {
    const col = k % rackCols;
    const row = Math.floor(k / rackCols);
    const across = cols[col] ?? { at: area.x, size: area.w };
    const down = rows[row] ?? { at: area.y, size: area.h };
    const cell = {
      rect: rect(across.at, down.at, across.size, down.size),
      col,
      row,
      tray: row === 0 ? null : trayBeside(col, metrics, area, columns),
    };
    return placeHost(host, cell, metrics, options);
  });
}
