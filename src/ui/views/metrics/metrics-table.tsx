import type { CommitAck } from '../../../history/commits.ts';
import type { FrontierSample } from '../../../history/frontier-history.ts';
import type { Metrics } from '../../../history/metrics-history.ts';
import { plotsOf } from '../../../scene/metrics/plots.ts';
import { commitsIn } from '../../../scene/metrics/range.ts';
import { SEED_HEADS, seedRows } from '../../../scene/metrics/seeds.ts';
import { costsOf, messagesOf } from '../../../scene/metrics/traffic.ts';
import { bytesText, figure, msOf } from '../../../scene/metrics/words.ts';
import { plural } from '../../../scene/words.ts';
import { clockText } from '../../../store/clock-text.ts';
import { DataTable } from '../data-table.tsx';
import { useMetrics } from './use-metrics.ts';
import { useSeeds } from './use-seeds.ts';

const MOST_ROWS = 200;
const COPIES = [1, 2, 3, 4, 5, 6] as const;

/** What the charts draw, at every commit up to the present moment: newest first. */
export function MetricsTable() {
  const { metrics, range, present } = useMetrics('all');
  const { shown: seeds } = useSeeds();
  const { nowUs } = present;
  const shown = commitsIn(metrics.commits, { ...range, toUs: nowUs }).slice(-MOST_ROWS);
  const replicas = [...(metrics.frontier.at(-1)?.reads.keys() ?? [])].toSorted();
  const found = plotsOf(metrics, range, present).map(({ finding }) => finding);
  const rows = costsOf(metrics.commits, shown).map((cost) => {
    const { returned, txn, waitedUs, acks, queuedUs, quorumUs } = cost.commit;
    const { timeUs } = returned;
    const frontier = last(metrics.frontier, timeUs);
    return [
      `Transaction\u00a0${txn}`,
      clockText(timeUs),
      figure(msOf(waitedUs)),
      quorumUs === null ? '–' : figure(msOf(quorumUs - queuedUs)),
      ...COPIES.map((_, i) => ackText(acks[i], queuedUs)),
      ...points(frontier),
      ...replicas.map((id) => frontier?.reads.get(id) ?? '–'),
      ...replicas.map((id) => lagText(metrics, id, timeUs)),
      last(metrics.copies, timeUs)?.healthy ?? '–',
      figure(messagesOf(cost)),
      bytesText(cost.bytes),
    ];
  });
  const others = seeds ? (
    <DataTable
      name="Other seeds"
      caption={`What ${plural(seeds.count, 'seed')} of this run did, times in milliseconds; simulated.`}
      heads={SEED_HEADS}
      rows={seedRows(seeds)}
    />
  ) : null;
  return (
    <>
      {others}
      <DataTable
        caption={`Newest ${rows.length} commits, newest first, times in milliseconds; simulated. ${found.join('. ')}.`}
        heads={[
          ...['Commit', 'Answered at', 'Waited', 'Write quorum after'],
          ...COPIES.map((n) => `Ack ${n}`),
          ...['Allocated', 'VCL', 'VDL'],
          ...replicas.map((id) => `${id} reads at`),
          ...replicas.map((id) => `${id} lag`),
          ...['Healthy copies', 'Messages a commit', 'Redo a commit'],
        ]}
        rows={rows.toReversed()}
      />
    </>
  );
}

const ackText = (ack: CommitAck | undefined, queuedUs: number): string =>
  ack ? `${figure(msOf(ack.atUs - queuedUs))}\u00a0${ack.member}` : '–';

/** What held at a moment. */
const last = <S extends { readonly at: { readonly timeUs: number } }>(
  samples: readonly S[],
  timeUs: number,
): S | undefined => samples.findLast(({ at }) => at.timeUs <= timeUs);

const points = (sample: FrontierSample | undefined): readonly (string | number)[] =>
  sample ? [sample.allocated || '–', sample.vcl || '–', sample.vdl || '–'] : ['–', '–', '–'];

function lagText({ lags }: Metrics, id: string, timeUs: number): string {
  const sample = lags.findLast(({ at, replica }) => replica === id && at.timeUs <= timeUs);
  return sample ? figure(msOf(sample.lagUs)) : '–';
}
