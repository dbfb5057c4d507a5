import type { Lsn, PageNo } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import { type Membership, membersOf, placeOf } from './membership.ts';
import type { Mark } from './messages-upkeep.ts';
import type { MutationName } from './mutations.ts';
import type { SegmentKind } from './quorum-model.ts';
import type { GroupId, LogRecord } from './record.ts';
import { storedAs } from './segment-blocks.ts';
import type { Hydration } from './segment-hydrate.ts';
import type { HostId, SegmentId } from './topology.ts';

/** One page of the group as this segment stores it. */
export interface StoredPage {
  /** Versions written out of place, oldest first. The first one holds everything up to the floor. */
  readonly versions: readonly Page[];
  /** The check sum of each version, as computed when it was written. */
  readonly sums: readonly number[];
  /** The page's newest record at or below SCL; the newest version's LSN when there is none above. */
  readonly head: Lsn;
  /** Records of the page above its newest version. */
  readonly chain: number;
}

/** A page on its way to an instance: built from a version and the records above it. */
export interface Rebuild {
  readonly id: number;
  readonly request: number;
  readonly instance: ActorId;
  readonly readPoint: Lsn;
  /** The stored or cached version it starts from. */
  readonly base: Page;
  /** What the stored version has to add up to; null for one from memory. */
  readonly sum: number | null;
  readonly image: Page;
  readonly left: readonly LogRecord[];
  readonly done: readonly LogRecord[];
  /** The base was in the cache of built pages: no disk was touched. */
  readonly hit: boolean;
  readonly phase: 'reading base' | 'applying';
  readonly startedUs: Micros;
}

/** How often a segment does what can wait; 0 for never. */
export interface Upkeep {
  readonly backupEveryUs: Micros;
  readonly scrubEveryUs: Micros;
}

/** How far the group's log is in the object store, as far as this segment knows (SIGMOD'17 §3.3). */
interface SegmentBackup {
  readonly upTo: Lsn;
  /** A turn is due. */
  readonly due: boolean;
  /** When the VDL got where, as far as the store has not confirmed it. */
  readonly marks: readonly Mark[];
  /** Page versions up to here were staged. */
  readonly blocksTo: Lsn;
}

/** A stored version that failed its check. */
export interface BadBlock {
  readonly page: PageNo;
  readonly lsn: Lsn;
  readonly sinceUs: Micros;
  /** How many peers have been asked. */
  readonly asked: number;
}

interface SegmentScrub {
  readonly due: boolean;
  /** SCL when everything stored was last found sound; 0 when it has to be looked at again. */
  readonly soundAt: Lsn;
  readonly bad: readonly BadBlock[];
}

/**
 * One of the six copies of a protection group (SIGMOD'17 §2.2): its redo log, and page versions that
 * are nothing but a cache of log application (§3.2). Records are shared objects; this holds references.
 */
export interface Segment {
  readonly id: SegmentId;
  readonly group: GroupId;
  /** A full segment keeps log and pages, a tail the log alone (SIGMOD'18 §4.2). */
  readonly kind: SegmentKind;
  readonly host: HostId;
  /** Who keeps the group, as far as this segment has been told; persistent. */
  readonly membership: Membership;
  /** The others of that membership: whom it gossips with. */
  readonly peers: readonly SegmentId[];
  /** The newest epochs it has been told; persistent. */
  readonly epochs: Epochs;
  /** What recoveries annulled, as far as it has been told; persistent. */
  readonly ranges: readonly TruncationRange[];
  readonly mutations: readonly MutationName[];
  readonly writer: ActorId;
  readonly firstPage: PageNo;
  /** The copying of pages to a new member; null once it has them, and for all others. */
  readonly hydration: Hydration | null;
  /** Others have taken its place: it serves nobody any more. */
  readonly retired: boolean;

  /** Segment Complete LSN: every record of the group up to here is held (SIGMOD'18 §2.3). */
  readonly scl: Lsn;
  /** Everything up to here is in base pages; the log below is gone. */
  readonly floor: Lsn;
  /** Records in (floor, scl], in order, without a gap. */
  readonly log: AppendLog<LogRecord>;
  /** Records above the first gap, in order. */
  readonly ahead: readonly LogRecord[];
  readonly pages: readonly StoredPage[];

  /** Most recently used first. In memory: lost when the host goes down. */
  readonly built: readonly Page[];
  readonly builtLimit: number;
  readonly reads: readonly Rebuild[];
  readonly nextRead: number;

  /** No read below this will come (SIGMOD'17 §4.2.3). */
  readonly pgmrpl: Lsn;
  /** The writer's VDL as last heard. */
  readonly vdl: Lsn;
  /** When the writer's VDL got there. */
  readonly vdlAtUs: Micros;
  /** All members are known to be complete to here. */
  readonly allCompleteTo: Lsn;
  readonly peerScl: readonly Lsn[];
  /** SCL at the last gossip tick: only what is older than a tick is worth asking about. */
  readonly gossipTarget: Lsn;
  readonly gossiping: boolean;
  /** Gossip ticks in a row that taught nothing. */
  readonly quietTicks: number;
  readonly collecting: boolean;
  /** What a full peer is known to have folded into base pages; of use to a tail. */
  readonly folded: Lsn;
  /** Since when a peer's lag has kept log from being dropped. */
  readonly heldSinceUs: Micros | null;
  /** Page indexes waiting to be coalesced. */
  readonly coalescing: readonly number[];
  readonly upkeep: Upkeep;
  readonly backup: SegmentBackup;
  readonly scrub: SegmentScrub;
  /** How often each of the eight steps ran (SIGMOD'17 Fig. 4). */
  readonly steps: readonly number[];
}

export interface SegmentInput {
  readonly id: SegmentId;
  readonly host: HostId;
  readonly membership: Membership;
  readonly writer: ActorId;
  readonly firstPage: PageNo;
  /** Every page of the group as of `lsn`. */
  readonly pages: readonly Page[];
  readonly lsn: Lsn;
  readonly builtLimit: number;
  readonly mutations: readonly MutationName[];
  readonly upkeep: Upkeep;
}

/** A segment that holds the volume's first content and no log yet. */
export function newSegment(input: SegmentInput): Segment {
  const { id, host, membership, writer, firstPage, lsn, builtLimit } = input;
  const peers = peersOf(membership, id);
  const kind = placeOf(membership, id)?.kind ?? 'full';
  const pages = kind === 'full' ? input.pages : [];
  return {
    id,
    group: membership.group,
    kind,
    host,
    membership,
    peers,
    epochs: { volume: 1, membership: membership.epoch, geometry: 1 },
    ranges: [],
    mutations: input.mutations,
    writer,
    firstPage,
    hydration: null,
    retired: false,
    scl: lsn,
    floor: lsn,
    log: AppendLog.empty(),
    ahead: [],
    pages: pages.map(storedAs),
    built: [],
    builtLimit,
    reads: [],
    nextRead: 1,
    pgmrpl: lsn,
    vdl: lsn,
    vdlAtUs: 0,
    allCompleteTo: lsn,
    peerScl: peers.map(() => lsn),
    gossipTarget: lsn,
    gossiping: false,
    quietTicks: 0,
    collecting: false,
    folded: lsn,
    heldSinceUs: null,
    coalescing: [],
    upkeep: input.upkeep,
    backup: { upTo: lsn, due: false, marks: [], blocksTo: lsn },
    scrub: { due: false, soundAt: lsn, bad: [] },
    steps: [0, 0, 0, 0, 0, 0, 0, 0],
  };
}

/** Written out: a spread costs V8 twenty times as much. */
export function copyOf(segment: Segment): Mutable<Segment> {
  return {
    id: segment.id,
    group: segment.group,
    kind: segment.kind,
    host: segment.host,
    membership: segment.membership,
    peers: segment.peers,
    epochs: segment.epochs,
    ranges: segment.ranges,
    mutations: segment.mutations,
    writer: segment.writer,
    firstPage: segment.firstPage,
    hydration: segment.hydration,
    retired: segment.retired,
    scl: segment.scl,
    floor: segment.floor,
    log: segment.log,
    ahead: segment.ahead,
    pages: segment.pages,
    built: segment.built,
    builtLimit: segment.builtLimit,
    reads: segment.reads,
    nextRead: segment.nextRead,
    pgmrpl: segment.pgmrpl,
    vdl: segment.vdl,
    vdlAtUs: segment.vdlAtUs,
    allCompleteTo: segment.allCompleteTo,
    peerScl: segment.peerScl,
    gossipTarget: segment.gossipTarget,
    gossiping: segment.gossiping,
    quietTicks: segment.quietTicks,
    collecting: segment.collecting,
    folded: segment.folded,
    heldSinceUs: segment.heldSinceUs,
    coalescing: segment.coalescing,
    upkeep: segment.upkeep,
    backup: segment.backup,
    scrub: segment.scrub,
    steps: segment.steps,
  };
}

/** A segment that holds nothing at all. */
export function emptied(segment: Segment): Segment {
  const { id, host, membership, writer, firstPage, builtLimit, mutations, upkeep } = segment;
  const input = { id, host, membership, writer, firstPage, builtLimit, mutations, upkeep };
  return { ...newSegment({ ...input, pages: [], lsn: 0 }), epochs: segment.epochs };
}

/** The other members of a group, old and new: whom a segment gossips with (SIGMOD'17 §4.1). */
export const peersOf = (membership: Membership, id: SegmentId): readonly SegmentId[] =>
  membersOf(membership).filter((each) => each !== id);

/** Names of the eight steps of a storage node, as indexes into `steps`. */
export const STEP = {
  receive: 0,
  persist: 1,
  sort: 2,
  gossip: 3,
  coalesce: 4,
  backUp: 5,
  collect: 6,
  scrub: 7,
} as const;

/** The counts of the eight steps with one more of this step. */
export function counted(steps: readonly number[], step: number): readonly number[] {
  const next = steps.slice();
  next[step] = (next[step] ?? 0) + 1;
  return next;
}
