import type { Database } from '../database/database.ts';
import type { Lsn, SessionId, TxnId } from '../database/ids.ts';
import type { QueryResult } from '../database/statement.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { Vector } from '../engine/vector.ts';
import type { TruncationRange } from './epochs.ts';
import type { InstanceSettings } from './instance-settings.ts';
import { writeSetByIndex } from './membership.ts';
import type { Stream } from './messages.ts';
import type { PendingRead } from './page-fetch.ts';
import { type GroupPoints, newGroupPoints, newVolumePoints, type VolumePoints } from './points.ts';
import type { Quorum } from './quorum.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { Recovery } from './recovery.ts';
import type { Seats } from './seats.ts';
import type { StuckGroup } from './writer-quorum.ts';

/** One protection group as the writer's storage driver sees it. */
export interface WriterGroup extends Seats {
  readonly id: GroupId;
  /** Sets of positions in `members` that make a write durable. */
  readonly quorum: Quorum<number>;
  readonly points: GroupPoints;
  /** Last record of the group at or below VDL: what a reader at VDL needs a segment to have. */
  readonly durableTail: Lsn;
  /** Records waiting for the network's turn: one boxcar, copied to six segments (SIGMOD'18 §2.2). */
  readonly boxcar: readonly LogRecord[];
  readonly batch: number;
  /** When the last batch left. */
  readonly sentAtUs: Micros;
  /** Who has acknowledged anything since the last look at silent members, one bit each. */
  readonly heard: number;
  /** The newest SCL of any member at that look: what all should have acknowledged by the next. */
  readonly due: Lsn;
}

/** A transaction in the log whose client is told when VDL gets there (SIGMOD'17 §4.2.2). */
export interface WaitingCommit {
  readonly lsn: Lsn;
  readonly txn: TxnId;
  /** Null for bare records, which no connection asked for. */
  readonly session: SessionId | null;
  readonly sinceUs: Micros;
  readonly result: QueryResult | null;
}

/** A replica that receives the stream. */
export interface ReplicaLink {
  readonly id: ActorId;
  /** The oldest point its reads may need: it starts at the VDL handed over. */
  readonly readPoint: Lsn;
  /** The last part of the stream that it has said it has. */
  readonly sequence: number;
  /** Since when it has not said that it has the whole stream; null when it has. */
  readonly silentSinceUs: Micros | null;
  /** False once it has been silent too long: its reads count no more until it attaches again. */
  readonly attached: boolean;
}

export interface WriterCounters {
  readonly commits: number;
  readonly batches: number;
  readonly hits: number;
  readonly misses: number;
}

/** The one instance that writes: all of this is memory, and lost in a crash (SIGMOD'18 §2.4). */
export interface Writer {
  readonly role: 'writer';
  readonly id: ActorId;
  readonly settings: InstanceSettings;
  /** How often it was started. */
  readonly boot: number;
  /** Null when the volume is open. */
  readonly recovery: Recovery | null;
  /** The volume epoch that it opened. */
  readonly epoch: number;
  /** What recoveries annulled, its own included: sent along, for segments that do not know yet. */
  readonly ranges: readonly TruncationRange[];
  readonly nextLsn: Lsn;
  readonly prevVolumeLsn: Lsn;
  readonly nextMtr: number;
  readonly groups: Vector<WriterGroup>;
  readonly volume: VolumePoints;
  readonly vdlAtUs: Micros;
  readonly commits: AppendLog<WaitingCommit>;
  readonly db: Database;
  readonly reads: readonly PendingRead[];
  readonly nextRequest: number;
  /** Sessions that want LSNs above the allocation limit. */
  readonly stalled: readonly SessionId[];
  readonly replicas: readonly ReplicaLink[];
  readonly outbox: readonly LogRecord[];
  /** Parts of the stream that some replica may still ask for again. */
  readonly parts: AppendLog<Stream>;
  readonly streaming: boolean;
  /** Whether a look at silent replicas is due. */
  readonly probing: boolean;
  readonly sequence: number;
  readonly purging: boolean;
  /** Whether a look at missing acknowledgements is due, and what was issued when it was arranged. */
  readonly resending: boolean;
  readonly overdue: Lsn;
  /** Groups that have had log, and not heard yet that it is durable. */
  readonly untold: readonly GroupId[];
  /** A group was asked for, because no page is free. */
  readonly growing: boolean;
  /** Replicas have not been told of the newest groups yet. */
  readonly unstreamed: boolean;
  /** Groups whose oldest records have been short of a quorum for long. */
  readonly stuck: readonly StuckGroup[];
  /** Whether a look at members that leave writes unanswered is due. */
  readonly watching: boolean;
  readonly counters: WriterCounters;
}

export interface WriterInput {
  readonly role: 'writer';
  readonly id: ActorId;
  readonly lsn: Lsn;
  readonly settings: InstanceSettings;
  /** Who keeps each group, in order. */
  readonly groups: readonly Seats[];
  readonly replicas: readonly ActorId[];
  readonly db: Database;
}

/** A writer that has just opened a volume whose every record up to `lsn` is durable everywhere. */
export function newWriter(input: WriterInput): Writer {
  const { id, lsn, settings, db } = input;
  return {
    role: 'writer',
    id,
    settings,
    boot: 1,
    recovery: null,
    epoch: 1,
    ranges: [],
    nextLsn: lsn + 1,
    prevVolumeLsn: lsn,
    nextMtr: 1,
    groups: Vector.of(input.groups.map((seats) => newGroup(seats, lsn))),
    volume: newVolumePoints(lsn),
    vdlAtUs: 0,
    commits: AppendLog.empty(),
    db,
    reads: [],
    nextRequest: 1,
    stalled: [],
    replicas: input.replicas.map((replica) => ({
      id: replica,
      readPoint: lsn,
      sequence: 0,
      silentSinceUs: null,
      attached: true,
    })),
    outbox: [],
    parts: AppendLog.empty(),
    streaming: false,
    probing: false,
    sequence: 0,
    purging: false,
    resending: false,
    overdue: lsn,
    untold: [],
    growing: false,
    unstreamed: false,
    stuck: [],
    watching: false,
    counters: { commits: 0, batches: 0, hits: 0, misses: 0 },
  };
}

/** A group that holds nothing but what is durable at every member. */
export function newGroup(
  { membership, members, hosts, latencyUs, epochs }: Seats,
  lsn: Lsn,
): WriterGroup {
  return {
    id: membership.group,
    membership,
    members,
    hosts,
    quorum: writeSetByIndex(membership),
    epochs,
    points: newGroupPoints(lsn, members.length),
    durableTail: lsn,
    boxcar: [],
    batch: 0,
    sentAtUs: 0,
    heard: 0,
    due: 0,
    latencyUs,
  };
}

/** Written out: a spread costs V8 twenty times as much. */
export function copyOf(writer: Writer): Mutable<Writer> {
  return {
    role: 'writer',
    id: writer.id,
    settings: writer.settings,
    boot: writer.boot,
    recovery: writer.recovery,
    epoch: writer.epoch,
    ranges: writer.ranges,
    nextLsn: writer.nextLsn,
    prevVolumeLsn: writer.prevVolumeLsn,
    nextMtr: writer.nextMtr,
    groups: writer.groups,
    volume: writer.volume,
    vdlAtUs: writer.vdlAtUs,
    commits: writer.commits,
    db: writer.db,
    reads: writer.reads,
    nextRequest: writer.nextRequest,
    stalled: writer.stalled,
    replicas: writer.replicas,
    outbox: writer.outbox,
    parts: writer.parts,
    streaming: writer.streaming,
    probing: writer.probing,
    sequence: writer.sequence,
    purging: writer.purging,
    resending: writer.resending,
    overdue: writer.overdue,
    untold: writer.untold,
    growing: writer.growing,
    unstreamed: writer.unstreamed,
    stuck: writer.stuck,
    watching: writer.watching,
    counters: writer.counters,
  };
}

/** The same for a group. */
export const copyOfGroup = (group: WriterGroup): Mutable<WriterGroup> => ({
  id: group.id,
  membership: group.membership,
  members: group.members,
  hosts: group.hosts,
  quorum: group.quorum,
  epochs: group.epochs,
  points: group.points,
  durableTail: group.durableTail,
  boxcar: group.boxcar,
  batch: group.batch,
  sentAtUs: group.sentAtUs,
  heard: group.heard,
  due: group.due,
  latencyUs: group.latencyUs,
});

/** Counts something that happened at the writer. */
export function count(writer: Mutable<Writer>, what: keyof WriterCounters, times: number): void {
  const { commits, batches, hits, misses } = writer.counters;
  const counters: Mutable<WriterCounters> = { commits, batches, hits, misses };
  counters[what] += times;
  writer.counters = counters;
}

/** The highest LSN that may be allocated now (SIGMOD'17 §4.2.1). */
export const allocationCeiling = (writer: Writer): Lsn =>
  writer.volume.vdl + writer.settings.allocationLimit;
