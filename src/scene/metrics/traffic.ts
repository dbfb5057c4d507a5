import type { CommitMetric, Traffic } from '../../history/answered-commits.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import type { Mark3, Plot } from './plot.ts';
import { commitsIn, type TimeRange, thinned } from './range.ts';
import { axisFromZero, bytesText, figure } from './words.ts';

/** Commits that a figure is the average of. */
const WINDOW = 20;

/** What one commit cost, on the average of the last few. */
export interface Cost extends Traffic {
  readonly commit: CommitMetric;
}

/** What was sent for each of some commits: writes, answers and the stream, and the redo in them. */
export function trafficPlot(metrics: Metrics, range: TimeRange, nowUs: number): Plot {
  const { commits } = metrics;
  const costs = thinned(costsOf(commits, commitsIn(commits, range)), messagesOf);
  const known = costs.filter(({ commit }) => whenOf(commit) <= nowUs);
  const stacked = (from: (cost: Cost) => number, to: (cost: Cost) => number): readonly Mark3[] =>
    costs.map((cost) => [whenOf(cost.commit), from(cost), to(cost)]);
  const none = () => 0;
  const writes = ({ writes }: Cost) => writes;
  const answered = (cost: Cost) => cost.writes + cost.acks;
  const kilobytes = ({ bytes }: Cost) => bytes / 1_000;
  return {
    id: 'traffic',
    name: 'Traffic of a commit',
    finding: findingOf(known.at(-1) ?? costs.at(0)),
    key: `Average of ${WINDOW} commits. Redo counts once for each copy it is sent to.`,
    holds: false,
    panels: [
      {
        unit: 'messages',
        ...axisFromZero(costs.map(messagesOf), 4, 3),
        guides: [],
        marks: [
          area('redo', 'writes', stacked(none, writes)),
          area('ack', 'acks', stacked(writes, answered)),
          area('stream', 'stream', stacked(answered, messagesOf)),
        ],
      },
      {
        unit: 'kB',
        ...axisFromZero(costs.map(kilobytes), 0.2, 2),
        guides: [],
        marks: [area('redo', 'redo', stacked(none, kilobytes))],
      },
    ],
    points: costs.map((cost) => {
      const { returned, txn } = cost.commit;
      const value = messagesOf(cost);
      return { timeUs: returned.timeUs, value, at: returned, txn, says: saysOf(cost) };
    }),
  };
}

const area = (ink: 'redo' | 'ack' | 'stream', label: string, points: readonly Mark3[]) => ({
  ...{ kind: 'area' as const, ink, label, points, stepped: false },
});

const whenOf = ({ returned }: CommitMetric): number => returned.timeUs;

export const messagesOf = ({ writes, acks, streams }: Traffic): number => writes + acks + streams;

/** What each commit cost, averaged over it and those before it. */
export function costsOf(
  all: readonly CommitMetric[],
  shown: readonly CommitMetric[],
): readonly Cost[] {
  const first = shown[0] ? all.indexOf(shown[0]) : 0;
  return shown.map((commit, i) => {
    const since = Math.max(0, first + i - WINDOW);
    const before = first + i === 0 ? NOTHING : (all[since]?.sent ?? NOTHING);
    const count = Math.max(1, first + i - since);
    const share = (part: keyof Traffic): number => (commit.sent[part] - before[part]) / count;
    return {
      commit,
      writes: share('writes'),
      acks: share('acks'),
      streams: share('streams'),
      other: share('other'),
      bytes: share('bytes'),
    };
  });
}

const NOTHING: Traffic = { writes: 0, acks: 0, streams: 0, other: 0, bytes: 0 };

function findingOf(cost: Cost | undefined): string {
  if (!cost) return 'No commit in this stretch of time';
  return `A commit takes ${figure(messagesOf(cost))} messages, ${bytesText(cost.bytes)} of redo`;
}

function saysOf(cost: Cost): string {
  const { writes, acks, streams, bytes, other } = cost;
  return [
    `Per commit: ${figure(writes)} writes, ${figure(acks)} acknowledgements`,
    `${figure(streams)} to replicas, ${bytesText(bytes)} of redo`,
    `${figure(other)} other messages went meanwhile`,
  ].join(', ');
}
