import { max, median } from 'd3';
import type { LagSample } from '../../history/frontier-history.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import type { Mark, Plot } from './plot.ts';
import { samplesIn, type TimeRange, thinned } from './range.ts';
import { axisFromZero, lengthText, msOf } from './words.ts';

/** What Aurora's replicas usually stay under. */
const GUIDE_MS = 100;

/** How late each replica shows what is durable. */
export function lagPlot(metrics: Metrics, range: TimeRange, nowUs: number): Plot {
  const shown = samplesIn(metrics.lags, range).filter(({ at }) => at.timeUs >= range.fromUs);
  const replicas = [...new Set(shown.map(({ replica }) => replica))].toSorted();
  const drawn = thinned(shown, ({ lagUs }) => lagUs);
  const known = shown.filter(({ at }) => at.timeUs <= nowUs);
  const axis = axisFromZero(
    drawn.map(({ lagUs }) => msOf(lagUs)),
    0.5,
    4,
  );
  return {
    id: 'lag',
    name: 'Replica lag',
    finding: findingOf(known.length > 0 ? known : shown),
    key: 'Dot: a replica moves its read point. Its lag: the age of that point.',
    holds: false,
    panels: [
      {
        unit: 'ms',
        ...axis,
        guides: axis.domain[1] >= GUIDE_MS / 2 ? [{ value: GUIDE_MS, label: '100 ms' }] : [],
        ...(axis.domain[1] >= GUIDE_MS / 2 && axis.domain[1] < GUIDE_MS
          ? axisFromZero([GUIDE_MS], 1, 4)
          : {}),
        marks: replicas.flatMap((id, i) => marksOf(id, i, drawn)),
      },
    ],
    points: drawn.map(({ at, replica, lagUs }) => ({
      ...{ timeUs: at.timeUs, value: msOf(lagUs), at, txn: null },
      says: `Replica ${replica} moves its read point, ${lengthText(lagUs)} after the writer`,
    })),
  };
}

function marksOf(id: string, index: number, samples: readonly LagSample[]): readonly Mark[] {
  const ink = index % 2 === 0 ? 'replica' : 'other replica';
  const points = samples
    .filter(({ replica }) => replica === id)
    .map(({ at, lagUs }) => [at.timeUs, msOf(lagUs)] as const);
  return [
    { kind: 'line', ink, label: id, points, stepped: false },
    { kind: 'dots', ink, label: null, points },
  ];
}

function findingOf(samples: readonly LagSample[]): string {
  if (samples.length === 0) return 'No replica moved its read point here';
  const half = median(samples, ({ lagUs }) => lagUs) ?? 0;
  const most = max(samples, ({ lagUs }) => lagUs) ?? 0;
  return `Replicas lag ${lengthText(half)}, ${lengthText(most)} at most`;
}
