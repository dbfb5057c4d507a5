import { median, pairs, quantile } from 'd3';
import type { CommitMetric } from '../../history/answered-commits.ts';
import type { CommitAck } from '../../history/commits.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import type { Micros } from '../view-types.ts';
import type { Mark3, Plot } from './plot.ts';
import { commitsIn, type TimeRange, thinned } from './range.ts';
import { axisFromZero, figure, lengthText, msOf } from './words.ts';

/** A commit whose record has its write quorum. */
type Sealed = CommitMetric & { readonly quorumUs: number };

const isSealed = (commit: CommitMetric): commit is Sealed => commit.quorumUs !== null;

/** How long every copy took for each commit: those up to the write quorum decide, the rest only follow. */
export function fanPlot(metrics: Metrics, range: TimeRange, nowUs: number): Plot {
  const shown = commitsIn(metrics.commits, range)
    .filter(isSealed)
    .filter(({ queuedUs }) => queuedUs >= range.fromUs);
  const drawn = thinned(shown, ({ waitedUs }) => waitedUs);
  const known = shown.filter(({ queuedUs }) => queuedUs <= nowUs);
  const axis = axisFromZero([reach(drawn)], 0.5, 4);
  const [, top] = axis.domain;
  const cut = drawn.filter((commit) => lastMs(commit) > top);
  return {
    id: 'fan',
    name: 'Quorum fan',
    finding: findingOf(known.length > 0 ? known : shown),
    key: 'Bar: one commit, cut at each acknowledgement. Heavy: write quorum. Pale: nobody waited for these.',
    holds: false,
    panels: [
      {
        unit: 'ms',
        ...axis,
        guides: [],
        marks: [
          {
            kind: 'bars',
            ink: 'late',
            label: 'last copy',
            points: drawn.flatMap((commit) => partsOf(commit, false)),
          },
          {
            kind: 'bars',
            ink: 'counted',
            label: null,
            points: drawn.flatMap((commit) => partsOf(commit, true)),
          },
          {
            kind: 'caps',
            ink: 'seal',
            label: 'quorum',
            points: drawn.map((commit) => [commit.queuedUs, sealMs(commit)]),
          },
          {
            ...{ kind: 'cuts', ink: 'late', label: null },
            points: cut.map(({ queuedUs }) => [queuedUs, top]),
          },
        ],
      },
    ],
    points: drawn.map((commit) => {
      const { returned, queuedUs, txn } = commit;
      return { timeUs: queuedUs, value: sealMs(commit), at: returned, txn, says: saysOf(commit) };
    }),
  };
}

const isCounted =
  ({ quorumUs }: Sealed) =>
  ({ atUs }: CommitAck): boolean =>
    atUs <= quorumUs;

/** How long after it began to wait, in milliseconds. */
const msAfter = ({ queuedUs }: CommitMetric, atUs: Micros): number => msOf(atUs - queuedUs);

const sealMs = (commit: Sealed): number => msAfter(commit, commit.quorumUs);

const lastMs = (commit: Sealed): number => {
  const last = commit.acks.at(-1);
  return last ? msAfter(commit, last.atUs) : 0;
};

/** The parts of a bar between acknowledgements: those before the quorum, or those after it. */
function partsOf(commit: Sealed, counted: boolean): readonly Mark3[] {
  const ends = [0, ...commit.acks.map(({ atUs }) => msAfter(commit, atUs))];
  const seal = sealMs(commit);
  return pairs(ends)
    .filter(([, to]) => to <= seal === counted)
    .map(([from, to]) => [commit.queuedUs, from, to]);
}

/** How high the chart reaches: a copy that was away for long must not make all others small. */
function reach(commits: readonly Sealed[]): number {
  const seals = commits.map(sealMs);
  const enough = Math.max(3 * (quantile(seals, 0.9) ?? 0), 1.3 * Math.max(0, ...seals));
  return Math.min(enough, Math.max(0, ...commits.map(lastMs)));
}

function findingOf(commits: readonly Sealed[]): string {
  const last = commits.at(-1);
  if (!last) return 'No commit in this stretch of time';
  const full = Math.max(...commits.map(({ acks }) => acks.length));
  const whole = commits.filter(({ acks }) => acks.length === full);
  const needed = last.acks.filter(isCounted(last)).length;
  const seal = figure(median(commits, sealMs) ?? 0);
  const end = figure(median(whole, lastMs) ?? 0);
  return needed < full
    ? `${needed} of ${full} copies after ${seal} ms, all after ${end} ms`
    : `All ${full} copies that answer after ${seal} ms`;
}

function saysOf(commit: Sealed): string {
  const { txn, group, acks, queuedUs, quorumUs } = commit;
  const named = acks.map((ack) => `${ack.member}\u00a0${figure(msAfter(commit, ack.atUs))}`);
  const counted = acks.filter(isCounted(commit)).length;
  const late = named.slice(counted);
  const last = acks.at(-1);
  return [
    `Transaction ${txn}, PG ${group}: quorum after ${lengthText(quorumUs - queuedUs)}`,
    `(${named.slice(0, counted).join(' · ')})${late.length > 0 ? `, then ${late.join(' · ')}` : ''}.`,
    last ? `Last: ${last.member} on ${last.host}.` : '',
  ].join(' ');
}
