import type { CommitMetric } from '../../history/answered-commits.ts';
import { MetricsHistory } from '../../history/metrics-history.ts';
import { plural } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import type { RunPlayer } from '../../store/run-player.ts';
import { RunReader } from '../../store/run-reader.ts';
import type { DataTable } from './table-text.ts';

const ACKS = [1, 2, 3, 4, 5, 6] as const;

const COLUMNS: DataTable['columns'] = [
  { key: 'transaction', head: 'Transaction (number)' },
  { key: 'lsn', head: 'Commit record (LSN)' },
  { key: 'group', head: 'Protection group (number)' },
  { key: 'queuedUs', head: 'Began to wait (µs, simulated)' },
  { key: 'answeredUs', head: 'Answered (µs, simulated)' },
  { key: 'waitedUs', head: 'Waited (µs, simulated)' },
  { key: 'quorumUs', head: 'Write quorum after (µs, simulated)' },
  ...ACKS.flatMap((n) => [
    { key: `ack${n}Us`, head: `Acknowledgement ${n} after (µs, simulated)` },
    { key: `ack${n}Segment`, head: `Acknowledgement ${n} of (PG/slot)` },
  ]),
  { key: 'writesSent', head: 'Redo messages so far (number)' },
  { key: 'acksSent', head: 'Acknowledgements so far (number)' },
  { key: 'streamsSent', head: 'Stream messages so far (number)' },
  { key: 'otherSent', head: 'Other messages so far (number)' },
  { key: 'redoBytes', head: 'Redo sent so far, each copy counted (bytes)' },
];

/** What was measured of every commit answered up to the present moment, as far back as it is kept. */
export function commitsTable(player: RunPlayer, link: string): DataTable {
  const { scenario, seed } = player.run();
  const reader = new RunReader(() => new MetricsHistory(scenario.config));
  const { commits, fromUs } = reader.upToNow(player);
  const until = clockText(player.position().timeUs);
  const since = fromUs > 0 ? `from ${clockText(fromUs)}` : 'from the beginning';
  const gone = fromUs > 0 ? ' Earlier ones are not kept.' : '';
  return {
    ...{ name: 'commits', columns: COLUMNS, rows: commits.map(rowOf), link },
    range: `${plural(commits.length, 'commit')}, ${since} to ${until}.${gone}`,
    ...{ scenario: scenario.title, seed },
  };
}

function rowOf(commit: CommitMetric): DataTable['rows'][number] {
  const { txn, lsn, group, queuedUs, returned, waitedUs, quorumUs, acks, sent } = commit;
  const after = (atUs: number | null | undefined): number | null =>
    atUs === null || atUs === undefined ? null : atUs - queuedUs;
  return [
    ...[txn, lsn, group, queuedUs, returned.timeUs, waitedUs, after(quorumUs)],
    ...ACKS.flatMap((n) => [after(acks[n - 1]?.atUs), acks[n - 1]?.segment ?? null]),
    ...[sent.writes, sent.acks, sent.streams, sent.other, sent.bytes],
  ];
}
