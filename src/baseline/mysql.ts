import type { Database } from '../database/database.ts';
import type { Stamped } from '../database/delta.ts';
import type { Lsn, PageNo, SessionId, TxnId } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { each, type SortedMap } from '../database/sorted-map.ts';
import type { QueryResult } from '../database/statement.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Block, BlockKind } from './blocks.ts';
import type { Hop } from './notes.ts';

/** A block on its way through the five steps. */
export interface Io {
  readonly id: number;
  readonly block: Block;
  readonly startedUs: Micros;
  /** At the standby: the active instance's number of the same write. */
  readonly origin: number | null;
  /** Steps 1 and 2 are done: when the own volume and its mirror had the block. */
  readonly local: { readonly persistedUs: Micros; readonly mirroredUs: Micros } | null;
}

/** A transaction whose client is answered when its group is on all four volumes. */
export interface WaitingCommit {
  readonly lsn: Lsn;
  readonly txn: TxnId;
  /** Null for bare records, which no connection asked for. */
  readonly session: SessionId | null;
  readonly sinceUs: Micros;
  readonly result: QueryResult | null;
}

/** What is written together: all log there was when the one before was done, and its commits. */
export interface CommitGroup {
  readonly phase: 'redo' | 'metadata' | 'binlog';
  readonly last: Lsn;
  readonly commits: readonly WaitingCommit[];
  readonly files: number;
  readonly binlogBytes: number;
}

/** Dirty pages on their way to the volumes: the double-write first, then each page in its place. */
interface Flush {
  readonly pages: readonly Page[];
  /** The first change among them that is on no page of a volume yet. */
  readonly oldest: Lsn;
  /** Page writes that are not done; null while the double-write is under way. */
  readonly left: number | null;
}

/** A page that sessions wait for. */
interface PendingPage {
  readonly page: PageNo;
  readonly sessions: readonly (SessionId | null)[];
  readonly sinceUs: Micros;
}

/** The way back from a crash: redo since the last checkpoint, page by page (SIGMOD'17 §4.3 on others). */
export interface Recovery {
  readonly beganUs: Micros;
  readonly checkpoint: Lsn;
  readonly records: readonly Stamped[];
  /** Records applied so far. */
  readonly next: number;
  readonly pages: SortedMap<PageNo, Page>;
  /** Pages asked for and not here yet. */
  readonly awaited: readonly PageNo[];
  /** Replayed pages on their way back to the volume. */
  readonly flushing: boolean;
}

interface IoCount {
  readonly writes: number;
  readonly ios: number;
  readonly bytes: number;
}

export interface BaselineCounters {
  readonly commits: number;
  readonly hits: number;
  readonly misses: number;
  /** Written by the active instance to its volume; the copies below it are not in here. */
  readonly written: Readonly<Partial<Record<BlockKind, IoCount>>>;
}

/** A write of the commit path, hop by hop: each begins where the one before ends. */
export interface Waterfall {
  readonly io: number;
  readonly block: BlockKind;
  readonly startedUs: Micros;
  readonly hops: readonly Hop[];
}

/** What does not change about an instance. */
interface MysqlSetup {
  readonly id: ActorId;
  readonly peer: ActorId;
  readonly volume: ActorId;
  readonly groups: number;
  readonly pagesPerGroup: number;
  readonly cachePages: number;
  readonly logRecords: number;
  readonly flushEveryUs: Micros;
  readonly flushPages: number;
  readonly takeOverUs: Micros;
  readonly giveUpUs: Micros;
  readonly binlog: boolean;
  readonly firstDatabase: string | null;
}

/** One of the two instances. What both parts have is here; what is lost in a crash is `Memory`. */
export interface Mysql extends Memory {
  readonly setup: MysqlSetup;
  readonly role: 'active' | 'standby';
  /** Raised at each take-over, so that of two who think they are active the later one is. */
  readonly term: number;
  /** Whether the standby has everything, is being given it, or is written off. Active instance only. */
  readonly standby: 'in sync' | 'resyncing' | 'lost';
  /** Writes sent to a standby that is being given everything, and not confirmed by it yet. */
  readonly unconfirmed: readonly number[];
  readonly nextIo: number;
  readonly counters: BaselineCounters;
  readonly latest: Waterfall | null;
}

/** What is in an instance's memory only. */
export interface Memory {
  readonly db: Database;
  readonly nextLsn: Lsn;
  /** Redo that no write has taken along yet: the log buffer. */
  readonly buffer: readonly Stamped[];
  /** On all volumes up to here, binary log included: new read views stand here. */
  readonly committed: Lsn;
  readonly logged: Lsn;
  readonly commits: readonly WaitingCommit[];
  readonly group: CommitGroup | null;
  readonly ios: SortedMap<number, Io>;
  readonly reads: readonly PendingPage[];
  /** By page, its first change that is not on the volumes: what a checkpoint may not pass. */
  readonly dirty: SortedMap<PageNo, Lsn>;
  readonly flush: Flush | null;
  /** Whether a look at dirty pages is due. */
  readonly flushing: boolean;
  readonly purging: boolean;
  readonly checkpoint: Lsn;
  /** Sessions that wait for room in the redo log. */
  readonly stalled: readonly SessionId[];
  readonly recovery: Recovery | null;
}

/** The memory of an instance whose volume is complete up to `lsn`. */
export const newMemory = (db: Database, lsn: Lsn): Memory => ({
  db,
  nextLsn: lsn + 1,
  buffer: [],
  committed: lsn,
  logged: lsn,
  commits: [],
  group: null,
  ios: null,
  reads: [],
  dirty: null,
  flush: null,
  flushing: false,
  purging: false,
  checkpoint: lsn,
  stalled: [],
  recovery: null,
});

/** A copy to change. Written out: a spread costs V8 twenty times as much. */
export function copyOf(mysql: Mysql): Mutable<Mysql> {
  return {
    setup: mysql.setup,
    role: mysql.role,
    term: mysql.term,
    standby: mysql.standby,
    unconfirmed: mysql.unconfirmed,
    nextIo: mysql.nextIo,
    counters: mysql.counters,
    latest: mysql.latest,
    db: mysql.db,
    nextLsn: mysql.nextLsn,
    buffer: mysql.buffer,
    committed: mysql.committed,
    logged: mysql.logged,
    commits: mysql.commits,
    group: mysql.group,
    ios: mysql.ios,
    reads: mysql.reads,
    dirty: mysql.dirty,
    flush: mysql.flush,
    flushing: mysql.flushing,
    purging: mysql.purging,
    checkpoint: mysql.checkpoint,
    stalled: mysql.stalled,
    recovery: mysql.recovery,
  };
}

/** The instance with a new memory, as after a crash. */
export const withMemory = (mysql: Mysql, memory: Memory): Mutable<Mysql> => ({
  ...copyOf(mysql),
  ...memory,
});

export const NO_COUNTERS: BaselineCounters = { commits: 0, hits: 0, misses: 0, written: {} };

/** Counts commits, hits or misses. */
export function count(
  mysql: Mutable<Mysql>,
  what: 'commits' | 'hits' | 'misses',
  times: number,
): void {
  const { commits, hits, misses, written } = mysql.counters;
  const counters: Mutable<BaselineCounters> = { commits, hits, misses, written };
  counters[what] += times;
  mysql.counters = counters;
}

/** The first change that is on no page of a volume yet; what recovery would have to begin with. */
export function oldestUnwritten({ dirty, flush, nextLsn }: Memory): Lsn {
  let oldest = nextLsn;
  each(dirty, (_, since) => {
    oldest = Math.min(oldest, since);
  });
  return Math.min(oldest, flush?.oldest ?? oldest);
}
