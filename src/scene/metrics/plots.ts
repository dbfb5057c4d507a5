import type { Metrics } from '../../history/metrics-history.ts';
import { copiesPlot, type Needs } from './copies.ts';
import { fanPlot } from './fan.ts';
import { frontierPlot } from './frontier.ts';
import { lagPlot } from './lag.ts';
import { latencyPlot, type Waiting } from './latency.ts';
import type { Plot } from './plot.ts';
import type { TimeRange } from './range.ts';
import { trafficPlot } from './traffic.ts';

/** The present moment, as the charts need it. */
export interface Present {
  readonly nowUs: number;
  readonly needs: Needs;
  readonly waiting: readonly Waiting[];
}

/** The six charts of a stretch of time, in reading order. What they find is true of the present moment. */
export const plotsOf = (
  metrics: Metrics,
  range: TimeRange,
  { nowUs, needs, waiting }: Present,
): readonly Plot[] => [
  latencyPlot(metrics, range, nowUs, waiting),
  fanPlot(metrics, range, nowUs),
  frontierPlot(metrics, range, nowUs),
  lagPlot(metrics, range, nowUs),
  copiesPlot(metrics, range, nowUs, needs),
  trafficPlot(metrics, range, nowUs),
];
