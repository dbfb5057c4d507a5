import type { RebuildView } from '../protocol/view.ts';
import type { Rect } from './display.ts';
import { bottom, clamp, inset, rect, right } from './geometry.ts';
import type { ClusterLayout } from './layout-types.ts';
import { type Route, Tracer } from './route.ts';
import { inletOf, intoHost, portOf, slotOf } from './routes.ts';

/** Where the parts of a rebuild stand. */
export interface Staging {
  readonly area: Rect;
  readonly page: Rect;
  readonly stack: Rect;
  /** The x at which a record has settled. */
  readonly edge: number;
  /** How far down in its rack the old version starts. */
  readonly slide: number;
  /** From the reader to the page, and from the page to its rack. */
  readonly above: Route;
  readonly below: Route;
}

const PAGE = { least: 100, most: 160 } as const;
const STACK = 164;
const TALLEST = 164;
const GAP = 18;

interface Boxes {
  readonly area: Rect;
  readonly page: Rect;
  readonly stack: Rect;
}

/** Within the zone's own air: the page over its host's inlet, the records on the roomier side. */
function inZone(own: Rect, inlet: number): Boxes {
  const h = Math.min(own.h, TALLEST);
  const area = rect(own.x, own.y + Math.round((own.h - h) / 2), own.w, h);
  const rest = inset(area, 6, 4);
  const w = Math.round(clamp(rest.w * 0.46, PAGE.least, PAGE.most));
  const x = Math.round(clamp(inlet - w / 2, rest.x, right(rest) - w));
  const page = rect(x, rest.y, w, rest.h);
  const toRight = right(rest) - right(page) >= x - rest.x;
  const stack = toRight
    ? rect(right(page) + GAP, rest.y, right(rest) - right(page) - GAP, rest.h)
    : rect(rest.x + 4, rest.y, x - rest.x - GAP - 4, rest.h);
  return { area, page, stack };
}

/** Followed, when all else is dark: as much of the air as it likes, wherever the host is. */
function inTheOpen(own: Rect, inlet: number, stage: Rect): Boxes {
  const h = Math.min(own.h + 6, TALLEST);
  const y = own.y + Math.round((own.h - h) / 2);
  const w = Math.min(PAGE.most, Math.round(stage.w * 0.46));
  const beside = Math.min(STACK, stage.w - w - GAP);
  const toRight = inlet + w / 2 + GAP + beside <= right(stage) || inlet < stage.x + stage.w / 2;
  const least = toRight ? stage.x : stage.x + beside + GAP;
  const most = right(stage) - w - (toRight ? GAP + beside : 0);
  const page = rect(Math.round(clamp(inlet - w / 2, least, most)), y + 4, w, h - 8);
  const x = toRight ? right(page) + GAP : page.x - GAP - beside;
  const stack = rect(x, page.y, beside, page.h);
  const start = Math.min(page.x, x) - 6;
  const area = rect(start, y, Math.max(right(page), right(stack)) + 6 - start, h);
  return { area, page, stack };
}

/** The page stands over the place where its host takes messages, between the reader and its rack. */
export function stageRebuild(
  layout: ClusterLayout,
  rebuild: RebuildView,
  followed: boolean,
): Staging | null {
  const host = layout.hosts.get(rebuild.host);
  const own = host ? layout.rebuild.get(host.az) : undefined;
  if (!host || !own) return null;
  const inlet = inletOf(host, rebuild.segment);
  const stage = inset(rect(0, 0, layout.viewport.widthPx, layout.viewport.heightPx), 8, 0);
  const { area, page, stack } = followed ? inTheOpen(own, inlet.x, stage) : inZone(own, inlet.x);
  const toRight = stack.x > page.x;
  const { x, w } = page;
  const middle = x + Math.round(w / 2);
  const port = portOf(layout, rebuild.instance, slotOf(rebuild.segment));
  const half = (page.y - port.y) / 2;
  return {
    ...{ area, page, stack },
    edge: toRight ? right(page) - 5 : page.x - 4,
    slide: Math.max(0, host.rect.y - page.y - page.h * 0.35),
    above: new Tracer()
      .to(port.x, port.y)
      .curve({ x: port.x, y: port.y + half }, { x: middle, y: port.y + half }, middle, page.y)
      .route(),
    below: intoHost(layout, { x: middle, y: bottom(page) }, rebuild.segment, host),
  };
}
