import type {
  CircleItem,
  DisplayItem,
  GlowItem,
  HatchItem,
  Ink,
  LinesItem,
  PathItem,
  PolyItem,
  RectItem,
  TailItem,
  TextItem,
  WeaveItem,
} from '../scene/display.ts';
import type { Sprites } from './sprites.ts';
import { TAPERS, taper } from './taper.ts';

type Context = CanvasRenderingContext2D;

const NO_DASH: number[] = [];
const num = (list: readonly number[], k: number): number => list[k] ?? 0;
const paths = new Map<string, Path2D>();

function parsed(d: string): Path2D {
  const known = paths.get(d);
  if (known) return known;
  // Paths differ by size of stage; a window dragged for long makes many.
  if (paths.size > 600) paths.clear();
  const fresh = new Path2D(d);
  paths.set(d, fresh);
  return fresh;
}

/** Sets a stroke and says whether there is one. */
function stroked(context: Context, { stroke, width, dash }: Ink): boolean {
  if (!stroke) return false;
  context.strokeStyle = stroke;
  context.lineWidth = width ?? 1;
  context.setLineDash(dash ? (dash as number[]) : NO_DASH);
  return true;
}

function ink(context: Context, item: Ink): void {
  if (item.fill) {
    context.fillStyle = item.fill;
    context.fill();
  }
  if (stroked(context, item)) context.stroke();
}

function paintRect(context: Context, item: RectItem): void {
  if (!item.r && !item.stroke && item.fill) {
    context.fillStyle = item.fill;
    context.fillRect(item.x, item.y, item.w, item.h);
    return;
  }
  context.beginPath();
  context.roundRect(item.x, item.y, item.w, item.h, item.r ?? 0);
  ink(context, item);
}

function paintCircle(context: Context, item: CircleItem): void {
  context.beginPath();
  context.arc(item.x, item.y, item.r, 0, 2 * Math.PI);
  ink(context, item);
}

function paintPath(context: Context, item: PathItem): void {
  const path = parsed(item.d);
  context.save();
  if (item.clip) {
    const { x, y, w, h } = item.clip;
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
  }
  context.translate(item.x, item.y);
  context.scale(item.scale, item.scale);
  if (item.fill) {
    context.fillStyle = item.fill;
    context.fill(path);
  }
  if (stroked(context, item)) {
    context.lineWidth = (item.width ?? 1) / item.scale;
    context.stroke(path);
  }
  context.restore();
}

function paintLines(context: Context, item: LinesItem): void {
  const { points } = item;
  context.beginPath();
  for (let k = 0; k < points.length; k += 4) {
    context.moveTo(num(points, k), num(points, k + 1));
    context.lineTo(num(points, k + 2), num(points, k + 3));
  }
  if (stroked(context, item)) context.stroke();
}

function paintPoly(context: Context, item: PolyItem): void {
  const { points } = item;
  context.beginPath();
  context.moveTo(num(points, 0), num(points, 1));
  for (let k = 2; k < points.length; k += 2) context.lineTo(num(points, k), num(points, k + 1));
  if (item.closed) context.closePath();
  if (item.dashOffset !== undefined) context.lineDashOffset = item.dashOffset;
  ink(context, item);
  if (item.dashOffset !== undefined) context.lineDashOffset = 0;
}

function paintTail(context: Context, item: TailItem, alpha: number): void {
  context.fillStyle = item.stroke;
  for (const { share, strength } of TAPERS) {
    const outline = taper(item.points, item.width, share);
    if (outline.length === 0) return;
    context.globalAlpha = alpha * strength;
    context.beginPath();
    context.moveTo(num(outline, 0), num(outline, 1));
    for (let k = 2; k < outline.length; k += 2)
      context.lineTo(num(outline, k), num(outline, k + 1));
    context.fill();
  }
}

function paintGlow(context: Context, item: GlowItem, sprites: Sprites): void {
  const { x, y, r } = item;
  context.drawImage(sprites.glow(item.fill), x - r, y - r, 2 * r, 2 * r);
}

function paintHatch(context: Context, item: HatchItem): void {
  const { x, y, w, h, pitch } = item;
  context.save();
  context.beginPath();
  context.roundRect(x, y, w, h, item.r);
  context.clip();
  context.beginPath();
  // Anchored to the stage, so that hatches side by side run on.
  const step = pitch * Math.SQRT2;
  for (let at = Math.floor((x + y) / step) * step; at < x + w + y + h; at += step) {
    context.moveTo(at - y, y);
    context.lineTo(at - y - h, y + h);
  }
  stroked(context, item);
  context.stroke();
  context.restore();
}

/** Finer than the screen, so that a tile of broken size can be laid without a seam. */
const TILE_FINENESS = 2;

function tileOf(context: Context, item: WeaveItem): CanvasPattern | null {
  const { a: density } = context.getTransform();
  const { tileW, tileH, at } = item;
  const width = Math.max(1, Math.round(tileW * density * TILE_FINENESS));
  const height = Math.max(1, Math.round(tileH * density * TILE_FINENESS));
  const tile = new OffscreenCanvas(width, height);
  const inside = tile.getContext('2d');
  if (!inside) return null;
  inside.scale(width / tileW, height / tileH);
  for (const part of item.parts) {
    const path = new Path2D(part.d);
    if (part.fill) {
      inside.fillStyle = part.fill;
      inside.fill(path);
    }
    if (!part.stroke) continue;
    inside.strokeStyle = part.stroke;
    inside.lineWidth = part.width ?? 1;
    inside.stroke(path);
  }
  const pattern = context.createPattern(tile, 'repeat');
  const [across, down] = [tileW / width, tileH / height];
  pattern?.setTransform(new DOMMatrix([across, 0, 0, down, at.x, at.y]));
  return pattern;
}

function paintWeave(context: Context, item: WeaveItem): void {
  const pattern = tileOf(context, item);
  if (!pattern) return;
  context.fillStyle = pattern;
  context.fillRect(item.x, item.y, item.w, item.h);
}

function paintText(context: Context, item: TextItem): void {
  context.font = item.font;
  context.textAlign = item.align;
  context.fillStyle = item.fill;
  context.fillText(item.text, item.x, item.y);
}

function paintItem(context: Context, item: DisplayItem, sprites: Sprites): void {
  switch (item.kind) {
    case 'rect':
      paintRect(context, item);
      break;
    case 'circle':
      paintCircle(context, item);
      break;
    case 'path':
      paintPath(context, item);
      break;
    case 'lines':
      paintLines(context, item);
      break;
    case 'poly':
      paintPoly(context, item);
      break;
    case 'tail':
      paintTail(context, item, item.alpha ?? 1);
      break;
    case 'glow':
      paintGlow(context, item, sprites);
      break;
    case 'hatch':
      paintHatch(context, item);
      break;
    case 'weave':
      paintWeave(context, item);
      break;
    case 'text':
      paintText(context, item);
      break;
  }
}

/** Paints a display list in order, in the context's present transform. */
export function paintItems(
  context: Context,
  items: readonly DisplayItem[],
  sprites: Sprites,
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  for (const item of items) {
    context.globalAlpha = item.alpha ?? 1;
    paintItem(context, item, sprites);
  }
  context.globalAlpha = 1;
}
