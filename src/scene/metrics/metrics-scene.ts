import type { ScaleLinear } from 'd3';
import type { DisplayItem, Measure, Rect, Scene } from '../display.ts';
import type { Theme } from '../palettes.ts';
import { Pen } from '../pen.ts';
import { shades } from '../shades.ts';
import { labelsOf, MARGIN, scaleOf, scalesOf, timeTicks, valueTicks } from './axes.ts';
import { inkOf } from './inks.ts';
import { barWidth, pathOf } from './paths.ts';
import type { Panel, Plot } from './plot.ts';
import type { TimeRange } from './range.ts';

type Scale = ScaleLinear<number, number>;

const COLUMN_PX = 300;
const MOST_COLUMNS = 2;
const GAP_PX = 24;
/** Finding and name above a chart, and what other seeds did. */
const HEAD_PX = 42;
const SEEDS_PX = 16;
const LEAST_HEIGHT_PX = 190;
/** Letters stand on a line: their middle is that much higher. */
const MIDDLE_PX = 4;

interface Shown {
  readonly plots: readonly Plot[];
  readonly range: TimeRange;
  readonly nowUs: number;
}

interface Room {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The charts as a display list, at least as high as they can be read: what the page shows as SVG of its own. */
export function metricsScene(shown: Shown, theme: Theme, room: Room, measure: Measure): Scene {
  const pen = new Pen(shades(theme), measure);
  const fit = Math.floor((room.widthPx + GAP_PX) / (COLUMN_PX + GAP_PX));
  const columns = Math.max(1, Math.min(MOST_COLUMNS, fit));
  const rows = Math.ceil(shown.plots.length / columns);
  const width = (room.widthPx - GAP_PX * (columns + 1)) / columns;
  const height = Math.max(
    LEAST_HEIGHT_PX,
    (room.heightPx - GAP_PX) / Math.max(1, rows) - GAP_PX / 2,
  );
  for (const [i, plot] of shown.plots.entries()) {
    const x = GAP_PX + (i % columns) * (width + GAP_PX);
    const y = GAP_PX / 2 + Math.floor(i / columns) * (height + GAP_PX / 2);
    drawChart(pen, plot, shown, { x, y, w: width, h: height });
  }
  return {
    width: room.widthPx,
    height: Math.max(room.heightPx, GAP_PX + rows * (height + GAP_PX / 2)),
    background: pen.ink.stage,
    ground: [],
    actors: pen.items,
    front: [],
  };
}

function drawChart(pen: Pen, plot: Plot, { range, nowUs }: Shown, box: Rect): void {
  const head = HEAD_PX + (plot.seeds ? SEEDS_PX : 0);
  const inside = { width: box.w, height: box.h - head };
  const chart = new Pen(pen.ink, pen.measure);
  chart.owner = plot.id;
  const x = scaleOf(range, inside);
  const ys = scalesOf(plot, inside);
  const bottom = inside.height - MARGIN.bottom;
  const units = plot.panels.map(({ unit }) => unit).join(' · ');
  const { text, faint } = pen.ink;
  chart.text('finding', plot.finding, 0, -head + 14, {
    ...{ face: 'name', fill: text, room: box.w },
  });
  chart.text('name', `${plot.name} · ${units}`, 0, -head + 32, {
    ...{ face: 'caption', fill: faint, room: box.w },
  });
  if (plot.seeds) {
    chart.text('seeds', plot.seeds, 0, -head + 48, {
      ...{ face: 'caption', fill: pen.ink.gossipText, room: box.w },
    });
  }
  drawTimeAxis(chart, x, bottom);
  const barPx = barWidth(plot.panels, x);
  for (const [i, panel] of plot.panels.entries()) {
    const y = ys[i];
    if (y) drawPanel(chart, panel, { x, y, barPx, name: `panel ${i}` });
  }
  drawNow(chart, x, nowUs, bottom);
  pen.items.push(...chart.items.map((item) => moved(item, box.x, box.y + head)));
}

function drawTimeAxis(pen: Pen, x: Scale, bottom: number): void {
  const { line, faint } = pen.ink;
  for (const { at, text } of timeTicks(x)) {
    const px = Math.round(x(at)) + 0.5;
    const tick = [px, MARGIN.top, px, bottom];
    pen.lines(`time ${at}`, 'ruler', tick, { stroke: line, width: 1 }, 0.55);
    pen.text(`time ${at} text`, text, px, bottom + 14, {
      ...{ face: 'caption', fill: faint, align: 'center' },
    });
  }
}

interface Against {
  readonly x: Scale;
  readonly y: Scale;
  readonly barPx: number;
  readonly name: string;
}

function drawPanel(pen: Pen, panel: Panel, { x, y, barPx, name }: Against): void {
  const { line, lineStrong, faint, muted } = pen.ink;
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  for (const { at, text } of valueTicks(panel, y)) {
    const py = Math.round(y(at)) + 0.5;
    const tick = [left, py, right, py];
    pen.lines(`${name} ${at}`, 'ruler', tick, { stroke: line, width: 1 }, at === 0 ? 1 : 0.55);
    pen.text(`${name} ${at} text`, text, left - 6, py + MIDDLE_PX, {
      ...{ face: 'caption', fill: faint, align: 'right' },
    });
  }
  for (const { value, label } of panel.guides) {
    const guide = [left, y(value), right, y(value)];
    pen.lines(`${name} ${label}`, 'ruler', guide, { stroke: lineStrong, width: 1, dash: [2, 4] });
  }
  const clip = { x: left, y: top - 2, w: right - left, h: bottom - top + 3 };
  for (const [i, mark] of panel.marks.entries()) {
    const d = pathOf(mark, x, y, barPx);
    if (d === '') continue;
    pen.items.push({
      ...{ kind: 'path', id: `${pen.owner}.${name}.mark ${i}`, role: 'mark', of: pen.owner },
      ...{ d, x: 0, y: 0, scale: 1, clip },
      ...inkOf(mark, barPx, pen.ink),
    });
  }
  for (const { text, y: at } of labelsOf(panel, y)) {
    pen.text(`${name} ${text} label`, text, right + 6, at + MIDDLE_PX, {
      ...{ face: 'caption', fill: muted, room: MARGIN.right - 6 },
    });
  }
}

/** What stands at the present moment itself is not dimmed. */
const NOW_ROOM_PX = 4;

/** The present moment, and what comes after it dimmed. */
function drawNow(pen: Pen, x: Scale, nowUs: number, bottom: number): void {
  const [left = 0, right = 0] = x.range();
  const now = x(nowUs);
  const from = Math.max(left, now + NOW_ROOM_PX);
  if (from < right) {
    const later = { x: from, y: 0, w: right - from, h: bottom };
    pen.rect('later', 'state', later, 0, { fill: pen.ink.stage }, 0.62);
  }
  if (now >= left && now <= right) {
    pen.lines('now', 'mark', [now, 0, now, bottom], { stroke: pen.ink.selected, width: 1.5 });
  }
}

/** The same item elsewhere. */
function moved(item: DisplayItem, dx: number, dy: number): DisplayItem {
  if (item.kind === 'lines') {
    return { ...item, points: item.points.map((value, k) => value + (k % 2 === 0 ? dx : dy)) };
  }
  if (!('x' in item)) return item;
  const there = { ...item, x: item.x + dx, y: item.y + dy };
  if (there.kind !== 'path' || !there.clip) return there;
  const { clip } = there;
  return { ...there, clip: { ...clip, x: clip.x + dx, y: clip.y + dy } };
}
