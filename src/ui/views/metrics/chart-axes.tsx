import type { ScaleLinear } from 'd3';
import type { Mark, Panel } from '../../../scene/metrics/plot.ts';
import { timeTexts } from '../../../scene/metrics/words.ts';
import styles from './metrics.module.css';

type Scale = ScaleLinear<number, number>;

/** Room around what is drawn: figures on the left, names of lines on the right, time below. */
export const MARGIN = { left: 46, right: 66, top: 8, bottom: 20 } as const;

const TICK_PX = 52;
const LABEL_PX = 13;

/** A value axis and its hairlines, in the coordinates of the whole picture. */
export function ValueAxis({
  panel,
  y,
  left,
  right,
}: {
  readonly panel: Panel;
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
}) {
  const digits = decimals(panel.ticks);
  const short = panel.unit.length <= 2 ? ` ${panel.unit}` : '';
  const [bottom = 0, top = 0] = y.range();
  const isTight = bottom - top < (panel.ticks.length - 1) * LABEL_PX;
  const ticks = isTight
    ? panel.ticks.filter((_, i, { length }) => i % (length - 1) === 0)
    : panel.ticks;
  return (
    <g className={styles['axis']}>
      {ticks.map((tick, i) => (
        <g key={tick} transform={`translate(0 ${Math.round(y(tick)) + 0.5})`}>
          <line x1={left} x2={right} data-base={tick === 0 || undefined} />
          <text x={left - 6} dy="0.34em" textAnchor="end">
            {tick.toFixed(digits)}
            {i === ticks.length - 1 ? short : ''}
          </text>
        </g>
      ))}
    </g>
  );
}

/** As many decimals as tell neighbours apart. */
function decimals(ticks: readonly number[]): number {
  const [first = 0, second = 1] = ticks;
  return Math.max(0, Math.ceil(-Math.log10(Math.abs(second - first) || 1) - 1e-9));
}

export function TimeAxis({ x, top, bottom }: { x: Scale; top: number; bottom: number }) {
  const [left = 0, right = 1] = x.range();
  const ticks = x.ticks(Math.max(2, Math.floor((right - left) / TICK_PX)));
  const texts = timeTexts(ticks);
  return (
    <g className={styles['axis']}>
      {ticks.map((tick, i) => (
        <g key={tick} transform={`translate(${Math.round(x(tick)) + 0.5} 0)`}>
          <line y1={top} y2={bottom} />
          <text y={bottom + 14} textAnchor="middle">
            {texts[i]}
          </text>
        </g>
      ))}
    </g>
  );
}

interface Label {
  readonly text: string;
  readonly y: number;
}

/** What lines and guides are called, at their ends, pushed apart where they would lie upon each other. */
export function Labels({ panel, y, x }: { panel: Panel; y: Scale; x: number }) {
  const [bottom = 0, top = 0] = y.range();
  const wanted = [
    ...panel.guides.map(({ value, label }) => ({ text: label, y: y(value) })),
    ...panel.marks.flatMap((mark) => endOf(mark, y)),
  ]
    // Where there is no room for all, they keep the order of what they name.
    .toSorted((a, b) => a.y - b.y)
    .map((label) => ({ ...label, y: Math.max(top + 2, Math.min(bottom - 5, label.y)) }));
  return (
    <g className={styles['labels']}>
      {apart(wanted, bottom - 5).map(({ text, y: at }) => (
        <text key={text} x={x + 6} y={at} dy="0.34em">
          {text}
        </text>
      ))}
    </g>
  );
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
