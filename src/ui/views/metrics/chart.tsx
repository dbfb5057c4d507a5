import { least, type ScaleLinear } from 'd3';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { MARGIN, scaleOf, scalesOf } from '../../../scene/metrics/axes.ts';
import { barWidth } from '../../../scene/metrics/paths.ts';
import type { Moment, Plot, PlotPoint } from '../../../scene/metrics/plot.ts';
import type { TimeRange } from '../../../scene/metrics/range.ts';
import { spokenClock } from '../../../store/clock-text.ts';
import { type Size, useElementSize } from '../../hooks/use-element-size.ts';
import { Labels, TimeAxis, ValueAxis } from './chart-axes.tsx';
import styles from './metrics.module.css';
import { Marks } from './plot-marks.tsx';

type Scale = ScaleLinear<number, number>;

/** What is read in a chart: one of its points, at a time that may lie after it where values hold. */
export interface Reading {
  readonly plot: Plot['id'];
  readonly point: PlotPoint;
  readonly timeUs: number;
}

interface ChartProps {
  readonly plot: Plot;
  readonly range: TimeRange;
  readonly nowUs: number;
  readonly reading: Reading | null;
  /** Transactions that are pointed at and selected, here or elsewhere. */
  readonly pointedTxn: number | null;
  readonly selectedTxn: number | null;
  onRead(reading: Reading | null): void;
  onGo(reading: Reading): void;
}

/** One chart: its finding above it; the pointer and arrow keys read its points, a press goes to one. */
export function Chart(props: ChartProps) {
  const { plot, reading, nowUs } = props;
  const host = useRef<HTMLDivElement>(null);
  const size = useElementSize(host);
  const mine = reading?.plot === plot.id ? reading : null;
  const found = mine ? plot.points.findIndex((each) => isSame(each, mine.point)) : -1;
  const at = found >= 0 ? found : indexAt(plot, nowUs);
  const point = plot.points[at];
  return (
    <figure className={styles['chart']} aria-label={plot.name}>
      <figcaption>
        {plot.finding}
        <small>
          {plot.name} · {plot.panels.map(({ unit }) => unit).join(' · ')}
        </small>
        {plot.seeds ? <small data-seeds>{plot.seeds}</small> : null}
      </figcaption>
      <div
        ref={host}
        className={styles['plot']}
        role="slider"
        aria-label={[`${plot.name}: ${plot.finding}`, plot.seeds].filter(Boolean).join('. ')}
        aria-description={plot.key}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, plot.points.length - 1)}
        aria-valuenow={Math.max(0, at)}
        aria-valuetext={point ? `${spokenClock(point.timeUs)}: ${point.says}` : 'nothing yet'}
        data-keys="stage"
        tabIndex={0}
        {...useReading(props, size, at)}
      >
        {size && size.width > 1 ? <Picture {...props} size={size} /> : null}
      </div>
    </figure>
  );
}

/** Charts are made anew as time goes on: a point is known by what it stands for. */
const isSame = (a: PlotPoint, b: PlotPoint): boolean =>
  a.at.timeUs === b.at.timeUs && a.at.n === b.at.n && a.txn === b.txn;

/** The last point at or before a moment; the first where there is none. */
const indexAt = ({ points }: Plot, timeUs: number): number =>
  Math.max(
    0,
    points.findLastIndex((point) => point.timeUs <= timeUs),
  );

const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  ArrowDown: (index) => index - 1,
  ArrowUp: (index) => index + 1,
  PageUp: (index) => index - 10,
  PageDown: (index) => index + 10,
  Home: () => 0,
  End: (_, last) => last,
};

/** What the pointer and keys do on a chart. */
function useReading(
  { plot, range, reading, onRead, onGo }: ChartProps,
  size: Size | null,
  at: number,
) {
  const isRead = reading?.plot === plot.id;
  const readingAt = (event: PointerEvent<HTMLElement>): Reading | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return size && nearest(plot, range, size, [event.clientX - left, event.clientY - top]);
  };
  const keyed = (point: PlotPoint): Reading => ({ plot: plot.id, point, timeUs: point.timeUs });
  return {
    onPointerMove: (event: PointerEvent<HTMLElement>) => onRead(readingAt(event)),
    onPointerLeave: () => onRead(null),
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const found = event.button === 0 ? readingAt(event) : null;
      if (found) onGo(found);
    },
    onBlur: () => onRead(null),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      // What is read first is what stands at the present moment.
      const point = pointFor(event, plot, at, isRead);
      if (!point) return;
      event.preventDefault();
      if (event.key !== 'Enter') onRead(keyed(point));
      else onGo(isRead && reading ? reading : keyed(point));
    },
  };
}

/** The point that a key means; none where it means something else. */
function pointFor(event: KeyboardEvent, plot: Plot, at: number, isRead: boolean) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const move = event.key === 'Enter' ? STAY : MOVES[event.key];
  return move && moved(plot, at, isRead ? move : STAY);
}

type Move = (index: number, last: number) => number;
const STAY: Move = (index) => index;

function moved({ points }: Plot, at: number, move: Move): PlotPoint | undefined {
  const last = points.length - 1;
  return points[Math.max(0, Math.min(last, move(at, last)))];
}

/** Where values hold, what held there; else the nearest point, across before up and down. */
function nearest(plot: Plot, range: TimeRange, size: Size, [px, py]: readonly [number, number]) {
  const x = scaleOf(range, size);
  const [y] = scalesOf(plot, size);
  const timeUs = Math.max(range.fromUs, Math.min(range.knownUs, x.invert(px)));
  if (plot.holds) {
    const held = plot.points[indexAt(plot, timeUs)];
    return held ? { plot: plot.id, point: held, timeUs: Math.round(timeUs) } : null;
  }
  const point = least(
    plot.points,
    (each) => Math.abs(x(each.timeUs) - px) + Math.abs((y?.(each.value) ?? py) - py) / 8,
  );
  return point ? { plot: plot.id, point, timeUs: point.timeUs } : null;
}

/** The drawing itself: nobody needs it who has the words. */
function Picture(props: ChartProps & { readonly size: Size }) {
  const { plot, range, nowUs, size, selectedTxn } = props;
  const { width, height } = size;
  const { fromUs, toUs } = range;
  const x = useMemo(
    () => scaleOf({ fromUs, toUs, knownUs: toUs }, { width, height }),
    [fromUs, toUs, width, height],
  );
  const ys = useMemo(() => scalesOf(plot, { width, height }), [plot, width, height]);
  const barPx = useMemo(() => barWidth(plot.panels, x), [plot, x]);
  const right = width - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  const nowPx = x(nowUs);
  const isHere = plot.points.some(({ txn }) => txn !== null && txn === selectedTxn);
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
      data-steps-back={isHere || undefined}
    >
      <TimeAxis x={x} top={MARGIN.top} bottom={bottom} />
      {plot.panels.map((panel, i) => {
        const y = ys[i];
        return y ? (
          <g key={panel.unit}>
            <ValueAxis panel={panel} y={y} left={MARGIN.left} right={right} />
            <Guides panel={panel} y={y} right={right} />
            <Clipped x={x} y={y}>
              <Marks panel={panel} x={x} y={y} barPx={barPx} />
            </Clipped>
            <Labels panel={panel} y={y} x={right} />
          </g>
        ) : null;
      })}
      <Future fromPx={Math.max(MARGIN.left, nowPx + NOW_ROOM)} toPx={right} bottom={bottom} />
      {nowPx >= MARGIN.left && nowPx <= right ? (
        <line className={styles['now']} x1={nowPx} x2={nowPx} y1={0} y2={bottom} />
      ) : null}
      <Pointed {...props} x={x} y={ys[0]} bottom={bottom} />
    </svg>
  );
}

/** What stands at the present moment itself is not dimmed. */
const NOW_ROOM = 4;

/** Computed already, but not yet. */
function Future({ fromPx, toPx, bottom }: { fromPx: number; toPx: number; bottom: number }) {
  return fromPx < toPx ? (
    <rect className={styles['future']} x={fromPx} width={toPx - fromPx} height={bottom} />
  ) : null;
}

function Guides({ panel, y, right }: { panel: Plot['panels'][number]; y: Scale; right: number }) {
  return panel.guides.map(({ value, label }) => (
    <line
      key={label}
      className={styles['guide']}
      x1={MARGIN.left}
      x2={right}
      y1={y(value)}
      y2={y(value)}
    />
  ));
}

/** Draws in the coordinates of the whole picture, and nothing outside the axes. */
function Clipped({ x, y, children }: { x: Scale; y: Scale; children: React.ReactNode }) {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const box = { x: left, y: top - 2, width: right - left, height: bottom - top + 3 };
  return (
    <svg aria-hidden="true" {...box} viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}>
      {children}
    </svg>
  );
}

/** The time that is read, in every chart, and what is read of it, or of the same transaction. */
function Pointed(props: ChartProps & { x: Scale; y: Scale | undefined; bottom: number }) {
  const { plot, reading, pointedTxn, selectedTxn, x, y, bottom } = props;
  if (!y) return null;
  const ringed = (txn: number | null): readonly PlotPoint[] =>
    txn === null ? [] : plot.points.filter((point) => point.txn === txn);
  const mine = reading?.plot === plot.id ? reading.point : null;
  const ring = ({ timeUs, value, at }: PlotPoint, kind: string) => (
    <circle
      key={`${kind} ${at.timeUs} ${at.n}`}
      className={styles[kind]}
      cx={x(Math.max(timeUs, x.domain()[0] ?? 0))}
      cy={Math.max(y.range()[1] ?? 0, y(value))}
      r={kind === 'selected' ? 6 : 4.5}
    />
  );
  return (
    <g>
      {reading ? (
        <line
          className={styles['crosshair']}
          x1={x(reading.timeUs)}
          x2={x(reading.timeUs)}
          y1={MARGIN.top}
          y2={bottom}
        />
      ) : null}
      {ringed(selectedTxn).map((point) => ring(point, 'selected'))}
      {(mine && mine.txn === null ? [mine] : ringed(pointedTxn)).map((point) =>
        ring(point, 'pointed'),
      )}
    </g>
  );
}

/** Where a reading leads. */
export const momentOf = ({ point, timeUs }: Reading): Moment =>
  timeUs > point.timeUs ? { timeUs, n: Number.MAX_SAFE_INTEGER } : point.at;
