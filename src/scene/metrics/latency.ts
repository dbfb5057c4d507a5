import { quantileSorted } from 'd3';
import type { CommitMetric } from '../../history/answered-commits.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import { plural } from '../words.ts';
import type { Ink, Mark2, Plot } from './plot.ts';
import { commitsIn, type TimeRange, thinned } from './range.ts';
import { axisFromZero, figure, lengthText, msOf } from './words.ts';

/** Commits that the lines look back upon. */
const WINDOW = 100;
/** The lines turn at most so often. */
const MOST_TURNS = 80;

const LINES: readonly { readonly part: number; readonly label: string; readonly ink: Ink }[] = [
  { part: 0.5, label: 'p50', ink: 'median' },
  { part: 0.95, label: 'p95', ink: 'high' },
  { part: 0.99, label: 'p99', ink: 'highest' },
];

/** A commit that is not answered yet. */
export interface Waiting {
  readonly txn: number;
  readonly sinceUs: number;
}

/** How long each commit waited, and how long most of the last hundred did. */
export function latencyPlot(
  metrics: Metrics,
  range: TimeRange,
  nowUs: number,
  waiting: readonly Waiting[],
): Plot {
  const shown = commitsIn(metrics.commits, range);
  const drawn = thinned(shown, ({ waitedUs }) => waitedUs);
  const known = shown.filter((commit) => whenOf(commit) <= nowUs);
  const open = waiting.map(({ sinceUs }): Mark2 => [nowUs, msOf(Math.max(0, nowUs - sinceUs))]);
  const axis = axisFromZero(
    [...drawn.map(({ waitedUs }) => msOf(waitedUs)), ...open.map(([, ms]) => ms)],
    0.5,
    4,
  );
  const lines = trailing(metrics.commits, shown);
  return {
    id: 'latency',
    name: 'Commit latency',
    finding: findingOf(known.length > 0 ? known : shown, open),
    key: `Dot: one commit; ring: one that waits. Lines: of the last ${WINDOW}.`,
    holds: false,
    panels: [
      {
        unit: 'ms',
        ...axis,
        guides: [],
        marks: [
          {
            kind: 'dots',
            ink: 'commit',
            label: null,
            points: drawn.map((commit) => [whenOf(commit), msOf(commit.waitedUs)]),
          },
          { kind: 'rings', ink: 'waiting', label: null, points: open },
          ...LINES.map(({ label, ink }, i) => ({
            ...{ kind: 'line' as const, ink, label, stepped: false },
            points: lines.map(({ timeUs, ms }): Mark2 => [timeUs, ms[i] ?? 0]),
          })),
        ],
      },
    ],
    points: drawn.map((commit) => {
      const { returned, txn, lsn, waitedUs } = commit;
      return {
        ...{ timeUs: returned.timeUs, at: returned, txn, value: msOf(waitedUs) },
        says: `Transaction ${txn}, commit record ${lsn}: waited ${lengthText(waitedUs)}`,
      };
    }),
  };
}

const whenOf = ({ returned }: CommitMetric): number => returned.timeUs;

const sortedWaits = (commits: readonly CommitMetric[]): number[] =>
  commits.map(({ waitedUs }) => waitedUs).toSorted((a, b) => a - b);

const quantiles = (commits: readonly CommitMetric[]): readonly number[] => {
  const waits = sortedWaits(commits);
  return LINES.map(({ part }) => msOf(quantileSorted(waits, part) ?? 0));
};

/** Waiting is worth telling once it takes longer than it ever should. */
const LONG = 3;

function findingOf(commits: readonly CommitMetric[], open: readonly Mark2[]): string {
  const [half = 0, , most = 0] = quantiles(commits);
  const longest = Math.max(0, ...open.map(([, ms]) => ms));
  if (longest > Math.max(1, LONG * most)) {
    const who = plural(open.length, 'commit');
    return `${who} ${open.length === 1 ? 'waits' : 'wait'}, the oldest for ${lengthText(longest * 1_000)}`;
  }
  if (commits.length === 0) return 'No commit in this stretch of time';
  if (commits.length === 1) return `One commit, after ${figure(half)} ms`;
  return `Half of commits in ${figure(half)} ms, 99 % in ${figure(most)} ms`;
}

/** The three figures at moments spread over what is shown, each over the commits before it. */
function trailing(all: readonly CommitMetric[], shown: readonly CommitMetric[]) {
  const first = shown[0] ? all.indexOf(shown[0]) : 0;
  const stride = Math.max(1, Math.ceil(shown.length / MOST_TURNS));
  const last = shown.length - 1;
  return shown.flatMap((commit, i) => {
    if (i % stride !== 0 && i !== last) return [];
    const end = first + i + 1;
    return { timeUs: whenOf(commit), ms: quantiles(all.slice(Math.max(0, end - WINDOW), end)) };
  });
}
