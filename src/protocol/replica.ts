import { type CommitHistory, emptyHistory } from '../database/commit-history.ts';
import type { Lsn, SessionId } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { emptyCache, held, type PageCache } from '../database/page-cache.ts';
import type { ReadWork } from '../database/read.ts';
import type { IsolationLevel } from '../database/statement.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { Vector } from '../engine/vector.ts';
import type { TruncationRange } from './epochs.ts';
import type { InstanceSettings } from './instance-settings.ts';
import type { Stream } from './messages.ts';
import type { PendingRead } from './page-fetch.ts';
import type { LogRecord } from './record.ts';
import type { ReadTransaction } from './replica-transactions.ts';
import type { Seats } from './seats.ts';
import { NO_STREAM, type StreamRate } from './stream-rate.ts';

/** A read under way, and the records of its page that were applied meanwhile. */
export interface ReplicaRead extends PendingRead {
  readonly meanwhile: readonly LogRecord[];
}

/** One connection to the replica. */
export interface ReplicaSession {
  readonly id: SessionId;
  readonly database: string | null;
  /** What transactions that begin from now on get. */
  readonly isolation: IsolationLevel;
  readonly txn: ReadTransaction | null;
  /** Its transaction was cut off, and it has not been told yet. */
  readonly lost: boolean;
  readonly work: ReadWork | null;
  /** The read view of the statement under way. */
  readonly view: Lsn;
}

interface Arrival {
  readonly last: Lsn;
  readonly atUs: Micros;
}

export interface ReplicaGroup extends Seats {
  /** Last record of the group at or below the replica's VDL. */
  readonly tail: Lsn;
}

/**
 * A read replica: a private page cache kept current from the writer's stream, on the same volume
 * (SIGMOD'17 §4.2.4). All of it is memory.
 */
export interface Replica {
  readonly role: 'replica';
  readonly id: ActorId;
  readonly settings: InstanceSettings;
  /** How often it was started. */
  readonly boot: number;
  /** Whom it follows, and the volume epoch that one opened. */
  readonly writer: ActorId;
  readonly epoch: number;
  readonly ranges: readonly TruncationRange[];
  readonly cache: PageCache;
  readonly history: CommitHistory;
  /** The VDL it has applied up to: no page here holds anything above. */
  readonly vdl: Lsn;
  /** The writer's VDL as far as it has been told, and when the writer got there. */
  readonly knownVdl: Lsn;
  readonly knownAtUs: Micros;
  readonly sequence: number;
  /** Whose stream the parts are counted in: the volume epoch of its writer. */
  readonly streamEpoch: number;
  /** Parts of the stream that came before their turn. */
  readonly early: readonly Stream[];
  /** Records above VDL, in whole mini-transactions. */
  readonly queue: AppendLog<LogRecord>;
  readonly highest: Lsn;
  readonly groups: Vector<ReplicaGroup>;
  readonly sessions: readonly ReplicaSession[];
  readonly reads: readonly ReplicaRead[];
  readonly nextRequest: number;
  readonly feedbackDue: boolean;
  readonly lagUs: Micros;
  /** When parts arrived whose last record is not applied yet, by that record. */
  readonly arrivals: AppendLog<Arrival>;
  /** How long the records applied last had waited for VDL. */
  readonly replayUs: Micros;
  readonly rate: StreamRate;
  readonly applied: number;
  readonly skipped: number;
  readonly hits: number;
  readonly misses: number;
  /** Commits it returned while it was the writer: statistics, nothing depends on them. */
  readonly commits: number;
}

export interface ReplicaInput {
  readonly role: 'replica';
  readonly id: ActorId;
  readonly writer: ActorId;
  readonly lsn: Lsn;
  readonly settings: InstanceSettings;
  /** Pages as of `lsn` that it has already read. */
  readonly warm: readonly Page[];
  /** Who keeps each group, in order. */
  readonly groups: readonly Seats[];
}

/** A replica attached to a volume at `lsn`, its cache empty. */
export function newReplica(input: ReplicaInput): Replica {
  const { id, writer, lsn, settings, groups } = input;
  const { cachePages } = settings;
  return {
    role: 'replica',
    id,
    settings,
    boot: 1,
    writer,
    epoch: 1,
    ranges: [],
    cache: input.warm.slice(0, cachePages).reduce(held, emptyCache(cachePages)),
    history: emptyHistory,
    vdl: lsn,
    knownVdl: lsn,
    knownAtUs: 0,
    sequence: 0,
    streamEpoch: 1,
    early: [],
    queue: AppendLog.empty(),
    highest: lsn,
    groups: Vector.of(groups.map((seats) => groupAt(seats, lsn))),
    sessions: [],
    reads: [],
    nextRequest: 1,
    feedbackDue: false,
    lagUs: 0,
    arrivals: AppendLog.empty(),
    replayUs: 0,
    rate: NO_STREAM,
    applied: 0,
    skipped: 0,
    hits: 0,
    misses: 0,
    commits: 0,
  };
}

/** A group as a replica knows it, its last record at or below VDL given. Written out: streams need it. */
export const groupAt = (
  { membership, members, hosts, latencyUs, epochs }: Seats,
  tail: Lsn,
): ReplicaGroup => ({ membership, members, hosts, latencyUs, epochs, tail });

/** Written out: a spread costs V8 twenty times as much. */
export function copyOf(replica: Replica): Mutable<Replica> {
  return {
    role: 'replica',
    id: replica.id,
    settings: replica.settings,
    boot: replica.boot,
    writer: replica.writer,
    epoch: replica.epoch,
    ranges: replica.ranges,
    cache: replica.cache,
    history: replica.history,
    vdl: replica.vdl,
    knownVdl: replica.knownVdl,
    knownAtUs: replica.knownAtUs,
    sequence: replica.sequence,
    streamEpoch: replica.streamEpoch,
    early: replica.early,
    queue: replica.queue,
    highest: replica.highest,
    groups: replica.groups,
    sessions: replica.sessions,
    reads: replica.reads,
    nextRequest: replica.nextRequest,
    feedbackDue: replica.feedbackDue,
    lagUs: replica.lagUs,
    arrivals: replica.arrivals,
    replayUs: replica.replayUs,
    rate: replica.rate,
    applied: replica.applied,
    skipped: replica.skipped,
    hits: replica.hits,
    misses: replica.misses,
    commits: replica.commits,
  };
}
