import { bisector } from 'd3';
import type { Metrics } from '../../history/metrics-history.ts';

/** The stretch of time that all charts show. */
export interface TimeRange {
  readonly fromUs: number;
  readonly toUs: number;
  /** What holds at the end is known to hold until then. */
  readonly knownUs: number;
}

/** How long a stretch is to be; `auto` takes one in which single commits can be told apart. */
export type Span = number | 'auto' | 'all';

/** Lengths on offer, in microseconds. */
export const SPANS = [
  ...[20_000, 50_000, 100_000, 200_000, 500_000],
  ...[1_000_000, 2_000_000, 5_000_000, 10_000_000],
] as const;

/** So many commits fill a chart in which each still has a bar of its own. */
const ENOUGH = 32;
const LEAST_US = 5_000;
/** What stays free after the newest moment. */
const ROOM = 0.04;

interface Times {
  readonly nowUs: number;
  /** The furthest moment computed. */
  readonly edgeUs: number;
}

/** The range that ends at the edge, or that has the present moment in its middle when that lies further back. */
export function rangeOf(metrics: Metrics, times: Times, span: Span): TimeRange {
  const lengthUs = span === 'auto' ? autoUs(metrics, times) : span;
  const { nowUs, edgeUs } = times;
  const { fromUs } = metrics;
  if (lengthUs === 'all') {
    const most = Math.max(LEAST_US, edgeUs - fromUs);
    return { fromUs, toUs: fromUs + most * (1 + ROOM), knownUs: edgeUs };
  }
  const newest = edgeUs + lengthUs * ROOM;
  const isNear = nowUs >= newest - lengthUs;
  const toUs = Math.max(isNear ? newest : nowUs + lengthUs / 2, fromUs + lengthUs);
  return { fromUs: toUs - lengthUs, toUs, knownUs: Math.min(edgeUs, toUs) };
}

/** The shortest span with enough commits before the present moment; all there is when none has. */
function autoUs({ commits, fromUs }: Metrics, { nowUs, edgeUs }: Times): number | 'all' {
  const upTo = countUpTo(commits, nowUs);
  const first = commits[upTo - ENOUGH];
  const sinceUs = first ? nowUs - first.queuedUs : nowUs - fromUs;
  const found = SPANS.find((span) => span >= sinceUs);
  return found ?? (edgeUs - fromUs > 0 ? 'all' : LEAST_US);
}

const byReturn = bisector((commit: Metrics['commits'][number]) => commit.returned.timeUs);
const byMoment = bisector(
  (sample: { readonly at: { readonly timeUs: number } }) => sample.at.timeUs,
);

/** How many commits had been answered at a moment. */
const countUpTo = (commits: Metrics['commits'], timeUs: number): number =>
  byReturn.right(commits, timeUs);

/** Commits answered within a range. */
export const commitsIn = (commits: Metrics['commits'], range: TimeRange): Metrics['commits'] =>
  commits.slice(byReturn.left(commits, range.fromUs), byReturn.right(commits, range.toUs));

/** Samples within a range, and the one before: what held when the range began. */
export function samplesIn<S extends { readonly at: { readonly timeUs: number } }>(
  samples: readonly S[],
  { fromUs, toUs }: TimeRange,
): readonly S[] {
  const first = Math.max(0, byMoment.right(samples, fromUs) - 1);
  return samples.slice(first, byMoment.right(samples, toUs));
}

/** More than this no chart draws of anything. */
const MOST = 300;

/** At most so many, spread evenly: of each run of neighbours the one with the highest value. */
export function thinned<S>(all: readonly S[], heightOf: (each: S) => number): readonly S[] {
  const run = Math.ceil(all.length / MOST);
  if (run <= 1) return all;
  const kept: S[] = [];
  for (let i = 0; i < all.length; i += run) {
    const [first, ...others] = all.slice(i, i + run);
    if (first === undefined) break;
    kept.push(others.reduce((a, b) => (heightOf(b) > heightOf(a) ? b : a), first));
  }
  return kept;
}
