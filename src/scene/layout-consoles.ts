import type { Az } from '../protocol/topology.ts';
import type { Rect } from './display.ts';
import { bottom, clamp, rect, right, spans } from './geometry.ts';
import { LEAST, type Metrics } from './layout-metrics.ts';
import type { ConsolePlace, Detail, LayoutOptions, StackPlace, Topology } from './layout-types.ts';

type Instance = Topology['instances'][number];

function consoleDetail({ w, h }: Rect): Detail {
  if (w >= 180 && h >= 76) return 3;
  return w >= 84 && h >= 40 ? 2 : 1;
}

/** Where the hexagon of the record at hand stands: at the left of the writer's console. */
function dialIn(box: Rect, detail: Detail): ConsolePlace['dial'] {
  if (detail === 3) {
    const r = clamp(Math.round(Math.min(box.h - 38, box.w * 0.4) / 2), 24, 72);
    return { x: box.x + 15 + r, y: box.y + Math.round((box.h - 14) / 2), r };
  }
  if (detail === 2 && box.h >= 60 && box.w >= 96) {
    const r = clamp(Math.round(Math.min(box.h - 16, box.w - 56) / 2), 17, 34);
    return { x: box.x + 8 + r, y: box.y + Math.round(box.h / 2) - 1, r };
  }
  return null;
}

function placeConsole(
  { id, role, az }: Instance,
  box: Rect,
  metrics: Metrics,
  options: LayoutOptions,
): ConsolePlace {
  const detail = consoleDetail(box);
  const writer = role === 'writer';
  const edge = Math.min(16, box.w * 0.1);
  const ports = writer
    ? spans(box.x + edge, box.w - 2 * edge, 6, 0).map(({ at, size }) => ({
        x: Math.round(at + size / 2),
        y: bottom(box),
      }))
    : [{ x: Math.round(box.x + box.w / 2), y: bottom(box) }];
  const powered = !options.coarse && !metrics.narrow && detail > 1;
  return {
    id,
    az,
    writer,
    rect: box,
    power: powered ? rect(right(box) - 34, box.y + (box.h >= 60 ? 3 : 6), 32, 32) : null,
    detail,
    ports,
    inlet: { x: metrics.narrow ? Math.round(box.x + box.w / 2) : right(box) - 46, y: box.y },
    dial: writer ? dialIn(box, detail) : null,
  };
}

interface Consoles {
  readonly places: readonly ConsolePlace[];
  readonly stack: StackPlace | null;
}

/** The last row, shared by a card and the pile of those that found no room. */
function splitRow(box: Rect, narrow: boolean): readonly [card: Rect, pile: Rect] {
  const pile = narrow ? LEAST : Math.max(LEAST, Math.round(box.w * 0.26));
  const gap = narrow ? 4 : 6;
  return [
    rect(box.x, box.y, box.w - pile - gap, box.h),
    rect(right(box) - pile, box.y, pile, box.h),
  ];
}

/** A zone's instances, the writer first and tallest; what does not fit becomes a pile. */
export function placeConsoles(
  az: Az,
  instances: readonly Instance[],
  area: Rect,
  metrics: Metrics,
  options: LayoutOptions,
): Consoles {
  const order = [...instances].sort(
    (a, b) => Number(b.role === 'writer') - Number(a.role === 'writer'),
  );
  const rows = Math.min(metrics.consoleRows, order.length);
  if (rows === 0) return { places: [], stack: null };
  const visible = order.slice(0, rows);
  const hidden = order.slice(rows).map(({ id }) => id);
  const gap = metrics.consoleGap;
  const lead = order[0]?.role === 'writer';
  const slim = lead ? LEAST : Math.floor((area.h - gap * (rows - 1)) / rows);
  const first = area.h - (rows - 1) * (slim + gap);
  let y = area.y;
  let stack: StackPlace | null = null;
  const places = visible.map((instance, k) => {
    let box = rect(area.x, y, area.w, k === 0 ? first : slim);
    y += box.h + gap;
    if (k === rows - 1 && hidden.length > 0) {
      const [card, pile] = splitRow(box, metrics.narrow);
      stack = { az, rect: pile, hidden };
      box = card;
    }
    return placeConsole(instance, box, metrics, options);
  });
  return { places, stack };
}
