import type { Lsn } from '../database/ids.ts';
import type { Micros } from '../engine/time.ts';
import type { Replica } from './replica.ts';
import { oldestReadPoint } from './replica-stream.ts';
import { rateAt } from './stream-rate.ts';

/** What Aurora tells of a replica, with the names its own status function has. */
export interface ReplicaStatus {
  /** durable_lsn: the VDL it has been told. */
  readonly durableLsn: Lsn;
  /** highest_lsn_rcvd */
  readonly highestReceivedLsn: Lsn;
  /** current_read_lsn: where new read views stand. */
  readonly currentReadLsn: Lsn;
  /** oldest_read_view_lsn: what its statements and transactions still hold. */
  readonly oldestReadViewLsn: Lsn;
  /** replica_lag_in_msec, in microseconds. */
  readonly lagUs: Micros;
  /** cur_replay_latency_in_usec: from a record's arrival to its being applied. */
  readonly replayUs: Micros;
  /** log_stream_speed_in_kib_per_second, over the last full second. */
  readonly streamKibPerSecond: number;
  /** pending_read_ios */
  readonly pendingReads: number;
  /** active_txns: transactions begun here and not ended. */
  readonly activeTransactions: number;
}

/** What a replica would say of itself now. */
export const statusOf = (replica: Replica, nowUs: Micros): ReplicaStatus => ({
  durableLsn: replica.knownVdl,
  highestReceivedLsn: replica.highest,
  currentReadLsn: replica.vdl,
  oldestReadViewLsn: oldestReadPoint(replica),
  lagUs: replica.lagUs,
  replayUs: replica.replayUs,
  streamKibPerSecond: rateAt(replica.rate, nowUs),
  pendingReads: replica.reads.length,
  activeTransactions: replica.sessions.filter(({ txn }) => txn !== null).length,
});
