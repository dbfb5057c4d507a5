import type { ScaleLinear } from 'd3';
import { labelsOf, timeTicks, valueTicks } from '../../../scene/metrics/axes.ts';
import type { Panel } from '../../../scene/metrics/plot.ts';
import styles from './metrics.module.css';

type Scale = ScaleLinear<number, number>;

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
  return (
    <g className={styles['axis']}>
      {valueTicks(panel, y).map(({ at, text }) => (
        <g key={at} transform={`translate(0 ${Math.round(y(at)) + 0.5})`}>
          <line x1={left} x2={right} data-base={at === 0 || undefined} />
          <text x={left - 6} dy="0.34em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

export function TimeAxis({ x, top, bottom }: { x: Scale; top: number; bottom: number }) {
  return (
    <g className={styles['axis']}>
      {timeTicks(x).map(({ at, text }) => (
        <g key={at} transform={`translate(${Math.round(x(at)) + 0.5} 0)`}>
          <line y1={top} y2={bottom} />
          <text y={bottom + 14} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

/** What lines and guides are called, at their ends. */
export function Labels({ panel, y, x }: { panel: Panel; y: Scale; x: number }) {
  return (
    <g className={styles['labels']}>
      {labelsOf(panel, y).map(({ text, y: at }) => (
        <text key={text} x={x + 6} y={at} dy="0.34em">
          {text}
        </text>
      ))}
    </g>
  );
}
