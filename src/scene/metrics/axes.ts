import { type ScaleLinear, scaleLinear } from 'd3';
import type { Mark, Panel, Plot } from './plot.ts';
import type { TimeRange } from './range.ts';
import { timeTexts } from './words.ts';

type Scale = ScaleLinear<number, number>;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Room around what is drawn: figures on the left, names of lines on the right, time below. */
export const MARGIN = { left: 46, right: 66, top: 8, bottom: 20 } as const;

const TICK_PX = 52;
const LABEL_PX = 13;

/** Time across a chart. */
export const scaleOf = ({ fromUs, toUs }: TimeRange, { width }: Size): Scale =>
  scaleLinear([fromUs, toUs], [MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)]);

/** Room between two panels. */
const GAP = 14;
/** How much of the height the upper of two panels has. */
const UPPER = 0.6;

/** The value axis of each panel, one above the other. */
export function scalesOf({ panels }: Plot, { height }: Size): readonly Scale[] {
  const bottom = height - MARGIN.bottom;
  const room = bottom - MARGIN.top - GAP * (panels.length - 1);
  return panels.map(({ domain }, i) => {
    const isLower = i > 0;
    const top = isLower ? MARGIN.top + room * UPPER + GAP : MARGIN.top;
    const end = panels.length > 1 && !isLower ? MARGIN.top + room * UPPER : bottom;
    return scaleLinear(domain, [end, top]);
  });
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** The ticks of a value axis that there is room for; the last one has the unit where that is short. */
export function valueTicks({ ticks, unit }: Panel, y: Scale): readonly Tick[] {
  const digits = decimals(ticks);
  const short = unit.length <= 2 ? ` ${unit}` : '';
  const [bottom = 0, top = 0] = y.range();
  const isTight = bottom - top < (ticks.length - 1) * LABEL_PX;
  const shown = isTight ? ticks.filter((_, i, { length }) => i % (length - 1) === 0) : ticks;
  return shown.map((at, i) => ({
    at,
    text: `${at.toFixed(digits)}${i === shown.length - 1 ? short : ''}`,
  }));
}

/** As many decimals as tell neighbours apart. */
function decimals(ticks: readonly number[]): number {
  const [first = 0, second = 1] = ticks;
  return Math.max(0, Math.ceil(-Math.log10(Math.abs(second - first) || 1) - 1e-9));
}

/** The ticks of the axis of time. */
export function timeTicks(x: Scale): readonly Tick[] {
  const [left = 0, right = 1] = x.range();
  const ticks = x.ticks(Math.max(2, Math.floor((right - left) / TICK_PX)));
  const texts = timeTexts(ticks);
  return ticks.map((at, i) => ({ at, text: texts[i] ?? '' }));
}

/** What stands beside a line, and at which height. */
interface Label {
  readonly text: string;
  readonly y: number;
}

/** What lines and guides are called, at their ends, pushed apart where they would lie upon each other. */
export function labelsOf(panel: Panel, y: Scale): readonly Label[] {
  const [bottom = 0, top = 0] = y.range();
  const wanted = [
    ...panel.guides.map(({ value, label }) => ({ text: label, y: y(value) })),
    ...panel.marks.flatMap((mark) => endOf(mark, y)),
  ]
    // Where there is no room for all, they keep the order of what they name.
    .toSorted((a, b) => a.y - b.y)
    .map((label) => ({ ...label, y: Math.max(top + 2, Math.min(bottom - 5, label.y)) }));
  return apart(wanted, bottom - 5);
}

function endOf(mark: Mark, y: Scale): readonly Label[] {
  const last = mark.points.at(-1);
  if (mark.label === null || !last) return [];
  const [, from, to] = last;
  const value = mark.kind === 'area' ? (from + (to ?? from)) / 2 : (to ?? from);
  return [{ text: mark.label, y: y(value) }];
}

function apart(labels: readonly Label[], bottom: number): readonly Label[] {
  const down: Label[] = [];
  for (const label of labels) {
    const above = down.at(-1);
    down.push(above ? { ...label, y: Math.max(label.y, above.y + LABEL_PX) } : label);
  }
  const up: Label[] = [];
  for (const label of down.toReversed()) {
    const below = up.at(-1)?.y ?? bottom + LABEL_PX;
    up.push({ ...label, y: Math.min(label.y, below - LABEL_PX) });
  }
  return up;
}
