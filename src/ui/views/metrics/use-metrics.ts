import { useState } from 'react';
import { comparePositions } from '../../../engine/time.ts';
import { type Metrics, MetricsHistory } from '../../../history/metrics-history.ts';
import type { Present } from '../../../scene/metrics/plots.ts';
import { rangeOf, type Span, type TimeRange } from '../../../scene/metrics/range.ts';
import { presentOf } from '../../../store/metrics-present.ts';
import { RunReader } from '../../../store/run-reader.ts';
import { usePage, useSummary } from '../../hooks/page.ts';

export interface Measured {
  readonly metrics: Metrics;
  readonly range: TimeRange;
  readonly present: Present;
}

/** What was measured up to the furthest moment computed, as often as React shows the run. */
export function useMetrics(span: Span): Measured {
  const { player } = usePage();
  const nowUs = useSummary((summary) => summary.shownUs);
  const edgeUs = useSummary((summary) => summary.edge.timeUs);
  const view = useSummary((summary) => summary.view);
  const [reader] = useState(
    () => new RunReader(({ scenario }) => new MetricsHistory(scenario.config)),
  );
  const metrics = reader.upToEdge(player);
  if (comparePositions(player.position(), player.edge()) >= 0)
    metrics.agree(player.view(), player.position());
  const times = { nowUs, edgeUs: Math.max(edgeUs, nowUs) };
  return { metrics, range: rangeOf(metrics, times, span), present: presentOf(view, nowUs) };
}
