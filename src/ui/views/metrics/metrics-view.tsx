import { useMemo, useRef, useState } from 'react';
import { createRuler } from '../../../render/measure.ts';
import { metricsScene } from '../../../scene/metrics/metrics-scene.ts';
import { plotsOf } from '../../../scene/metrics/plots.ts';
import { SPANS, type Span, type TimeRange } from '../../../scene/metrics/range.ts';
import { withSeeds } from '../../../scene/metrics/seeds.ts';
import { durationText } from '../../../scene/words.ts';
import type { Selection } from '../../../store/app-store.ts';
import { clockText } from '../../../store/clock-text.ts';
import { useShowing } from '../../export/showing.ts';
import { useApp, usePage, useSummary } from '../../hooks/page.ts';
import { useArrangement } from '../../hooks/use-arrangement.ts';
import { useMedia } from '../../hooks/use-media.ts';
import { Simulated } from '../../kit/simulated.tsx';
import { Chart, momentOf, type Reading } from './chart.tsx';
import styles from './metrics.module.css';
import { SeedsBar, SeedsButton } from './seeds-bar.tsx';
import { useMetrics } from './use-metrics.ts';
import { useSeeds } from './use-seeds.ts';

const HINT = 'Arrow keys read a chart point by point; Enter or a click goes there.';

const HINT_BY_TOUCH = 'Tap a chart to go to that moment.';

/** As a file, charts need not be as narrow as a phone. */
const LEAST_WIDTH_PX = 640;

const txnOf = (selection: Selection | null): number | null =>
  selection?.kind === 'transaction' ? Number(selection.id) : null;

/** Six charts on one axis of time. */
export function MetricsView() {
  const { player, store } = usePage();
  const [span, setSpan] = useState<Span>('auto');
  const [reading, setReading] = useState<Reading | null>(null);
  const small = ['narrow', 'short'].includes(useArrangement());
  const hint = useMedia('(pointer: coarse)') ? HINT_BY_TOUCH : HINT;
  const count = useSummary((summary) => summary.count);
  const pointedTxn = useApp((state) => txnOf(state.hover));
  const selectedTxn = useApp((state) => txnOf(state.selection));
  const { metrics, range, present } = useMetrics(span);
  const { nowUs } = present;
  const { fromUs, toUs } = range;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured changes with these alone.
  const own = useMemo(
    () => plotsOf(metrics, range, present),
    [metrics, fromUs, toUs, nowUs, count],
  );
  const { shown: seeds } = useSeeds();
  const plots = useMemo(() => (seeds ? withSeeds(own, seeds) : own), [own, seeds]);
  const charts = useRef<HTMLDivElement>(null);
  useShowing(({ theme, room }) => {
    const box = charts.current;
    if (!box) return null;
    const { width: widthPx, height: heightPx } = room ?? {
      width: Math.max(LEAST_WIDTH_PX, box.clientWidth),
      height: box.scrollHeight,
    };
    const shown = { plots, range, nowUs };
    return metricsScene(shown, theme, { widthPx, heightPx }, createRuler().measure);
  });
  if (metrics.commits.length === 0 && present.waiting.length === 0) return <Nothing />;

  const read = (next: Reading | null): void => {
    setReading(next);
    const txn = next?.point.txn ?? null;
    store.getState().setHover(txn === null ? null : { kind: 'transaction', id: String(txn) });
  };
  const go = (next: Reading): void => {
    read(next);
    player.pause();
    player.seek(momentOf(next));
    const { txn } = next.point;
    if (txn !== null) store.getState().select({ kind: 'transaction', id: String(txn) });
  };
  const controls = <Controls {...{ span, range }} keptFromUs={metrics.fromUs} onSpan={setSpan} />;
  return (
    <>
      <div ref={charts} className={styles['charts']} data-small={small || undefined}>
        {small ? (
          <div>
            {controls}
            <SeedsBar />
          </div>
        ) : null}
        {plots.map((plot) => (
          <Chart
            key={plot.id}
            {...{ plot, range, nowUs, pointedTxn, selectedTxn }}
            reading={reading}
            onRead={read}
            onGo={go}
          />
        ))}
      </div>
      {small ? null : <SeedsBar />}
      <div className={styles['foot']} data-small={small || undefined}>
        <p id="view-reading">
          {reading ? (
            <>
              <span className={styles['when']}>{clockText(reading.timeUs)}</span>{' '}
              {reading.point.says}
            </>
          ) : (
            hint
          )}
        </p>
        {small ? null : controls}
      </div>
    </>
  );
}

interface ControlsProps {
  readonly span: Span;
  readonly range: TimeRange;
  /** Nothing from before is known any more; 0 while all is. */
  readonly keptFromUs: number;
  onSpan(span: Span): void;
}

/** How much time the charts show, and where their numbers come from. */
function Controls({ span, range, keptFromUs, onSpan }: ControlsProps) {
  return (
    <div className={styles['controls']}>
      {keptFromUs > 0 ? <small>kept from {clockText(keptFromUs)}</small> : null}
      <Simulated />
      <SeedsButton range={range} />
      <label>
        <span className="visually-hidden">Time shown</span>
        <select
          value={span}
          onChange={({ target: { value } }) =>
            onSpan(value === 'auto' || value === 'all' ? value : Number(value))
          }
        >
          <option value="auto">Latest commits</option>
          {SPANS.map((each) => (
            <option key={each} value={each}>
              {durationText(each)}
            </option>
          ))}
          <option value="all">The whole run</option>
        </select>
      </label>
    </div>
  );
}

function Nothing() {
  return (
    <p className={styles['nothing']}>
      No commit yet. Press <kbd>W</kbd> for one write.
    </p>
  );
}
