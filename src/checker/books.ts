import type { Lsn, SessionId, TxnId } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import type { PageCache } from '../database/page-cache.ts';
import type { Statement } from '../database/statement.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { TruncationRange } from '../protocol/epochs.ts';
import type { Instance } from '../protocol/instance.ts';
import type { Membership } from '../protocol/membership.ts';
import type { GroupId } from '../protocol/record.ts';
import type { Replica } from '../protocol/replica.ts';
import type { Segment } from '../protocol/segment.ts';
import {
  isInstance,
  partsOf,
  RESTORED,
  type SegmentId,
  SLOTS,
  WRITER,
} from '../protocol/topology.ts';
import { instanceIds, type World } from '../protocol/view-actors.ts';
import type { Writer } from '../protocol/writer.ts';
import { Changes } from './changes.ts';
import { Copy } from './copies.ts';
import { Incarnation } from './incarnation.ts';
import type { Configuration } from './invariant.ts';
import { isSame } from './oracle/fold.ts';
import { Line } from './oracle/line.ts';

/** How far a replica has come, by what it said of each record. */
interface Following {
  /** What the writer it attached to goes on with. */
  line: Line;
  /** Its read view, and the last record it looked at. */
  vdl: Lsn;
  at: Lsn;
}

type Select = Extract<Statement, { readonly kind: 'select' }>;

/** A SELECT under way, and the snapshot it reads at. */
export interface Asked {
  readonly statement: Select;
  readonly lsn: Lsn;
  readonly own: TxnId | null;
  readonly database: string | null;
}

/**
 * What a run has been seen to do: records issued, what reached which disk, what was acknowledged and
 * shown. Kept from notes and messages; actors are looked at only to be judged.
 */
export class Books {
  readonly cluster: Cluster;
  /** Everyone who has been one: new ones may be launched. */
  readonly instances: Set<ActorId>;
  readonly #first: Line;
  /** One for each volume epoch that a recovery decided on, oldest first. */
  readonly #lines: Line[];
  readonly #copies = new Map<SegmentId, Copy>();
  /** One more after each recovery, newest last. */
  readonly #incarnations: Incarnation[];
  /** When the VDL got to each LSN that it stood at. */
  readonly reachedUs = new Map<Lsn, Micros>();
  /** How far a full member of each group has made base pages. */
  readonly folded = new Map<GroupId, Lsn>();
  readonly #memberships = new Map<GroupId, Membership>();
  readonly changes: Changes;
  readonly #replicas = new Map<ActorId, Following>();
  readonly #asked = new Map<ActorId, Map<SessionId, Asked>>();
  /** Images found to be what the log makes of their page at their LSN. */
  readonly #verified = new WeakSet<Page>();
  /** The highest commit that a client was told of, and the highest point a client was shown. */
  acknowledged: Lsn;
  shown: Lsn;
  #turn = 0;
  /** The actor of the event, and what it is if it is an instance: asked for several times. */
  #here: ActorId = '';
  #instanceHere: Instance | null = null;
  world: World;
  happening: Happening | null = null;

  constructor(world: World) {
    const { cluster } = world.network;
    const { firstLsn, config } = cluster;
    this.world = world;
    this.changes = new Changes(config.groups);
    this.cluster = cluster;
    this.instances = new Set([WRITER, ...cluster.replicas]);
    this.#first = new Line(cluster, 1, [firstLsn]);
    this.#lines = [this.#first];
    this.#incarnations = [new Incarnation(WRITER, this.#first, firstLsn)];
    this.reachedUs.set(firstLsn, 0);
    this.acknowledged = firstLsn;
    this.shown = firstLsn;
  }

  get incarnations(): readonly Incarnation[] {
    return this.#incarnations;
  }
  /** The writer since the last recovery. */
  get incarnation(): Incarnation {
    return this.#incarnations[this.#incarnations.length - 1] as Incarnation;
  }
  /** What counts now: the line of the last recovery. */
  get line(): Line {
    return this.#lines[this.#lines.length - 1] as Line;
  }
  /** The line that a recovery of this epoch decided on. */
  lineFrom(epoch: number): Line | undefined {
    return this.#lines.findLast((line) => line.epoch === epoch);
  }

  /** The writer that goes on with a line. */
  writerOf(line: Line): Incarnation | undefined {
    return this.#incarnations.find((each) => each.line === line);
  }

  /** The life that an instance leads as a writer now; undefined when it is a reader, or not open yet. */
  writing(instance: ActorId): Incarnation | undefined {
    const writer = this.writerIn(instance);
    // One that is recovering has no life as a writer yet, or none any more.
    if (writer === null || writer.recovery !== null) return undefined;
    for (let i = this.#incarnations.length - 1; i >= 0; i--) {
      const each = this.#incarnations[i];
      if (each?.epoch === writer.epoch && each.instance === instance) return each;
    }
    return undefined;
  }

  /** The greatest PGCL that any writer has claimed for a group: annulled records may lie below it. */
  durableIn(group: GroupId): Lsn {
    return this.#incarnations.reduce(
      (durable, { pgcl }) => Math.max(durable, pgcl.get(group) ?? 0),
      this.cluster.firstLsn,
    );
  }

  /** Whether an instance has the volume open for writing: not while it recovers, or is shut out. */
  isOpen(instance: ActorId): boolean {
    return this.world.actor(instance)?.snapshot.value === 'open';
  }

  /** Whether an instance follows a writer's stream: what it was before counts no more. */
  isFollowing(instance: ActorId): boolean {
    return this.world.actor(instance)?.snapshot.value === 'following';
  }

  /** An instance has the volume open in an epoch in which it had not. */
  opened(writer: Writer): Incarnation {
    const { id, epoch, volume } = writer;
    // Without a range of its own it goes on with whatever it takes for the end of the log.
    const line =
      this.lineFrom(epoch) ?? this.truncated({ epoch, above: volume.vdl, upTo: volume.vdl });
    const incarnation = new Incarnation(id, line, Math.max(...line.points));
    this.#incarnations.push(incarnation);
    return incarnation;
  }

  /** A recovery has decided what counts from now on. */
  truncated({ epoch, above, upTo }: TruncationRange): Line {
    const line = this.line.forked(epoch, above, upTo);
    this.#lines.push(line);
    return line;
  }

  /** The line that an instance reads: its own, or that of the writer it follows. */
  lineOf(instance: ActorId): Line {
    if (instance === RESTORED) return this.line;
    const writer = this.writerIn(instance);
    if (writer === null) return this.replica(instance).line;
    return this.lineFrom(writer.epoch) ?? this.line;
  }

  copy(id: SegmentId): Copy {
    let copy = this.#copies.get(id);
    if (copy === undefined) {
      const { group, member } = partsOf(id);
      // Members that are added later begin with nothing.
      const isFirst = SLOTS.some((slot) => slot === member);
      copy = new Copy(id, group, this.#first, isFirst);
      this.#copies.set(id, copy);
    }
    return copy;
  }

  /** Copies by turns, and how often that was; null when there are none yet. */
  nextCopy(): { readonly copy: Copy | null; readonly turn: number } {
    const all = [...this.#copies.values()];
    this.#turn++;
    const copy = all[this.#turn % all.length] ?? null;
    return { copy, turn: Math.floor(this.#turn / Math.max(all.length, 1)) };
  }

  replica(id: ActorId): Following {
    let known = this.#replicas.get(id);
    if (known === undefined) {
      const { firstLsn } = this.cluster;
      known = { line: this.#first, vdl: firstLsn, at: firstLsn };
      this.#replicas.set(id, known);
    }
    return known;
  }

  /** SELECTs under way at an instance, by session. */
  askedAt(instance: ActorId): Map<SessionId, Asked> {
    let asked = this.#asked.get(instance);
    if (asked === undefined) {
      asked = new Map();
      this.#asked.set(instance, asked);
    }
    return asked;
  }

  /** Memberships that writers have come to know since this was asked last. */
  newMemberships(): readonly Configuration[] {
    const found: Configuration[] = [];
    for (const id of this.instances)
      for (const { membership: after } of this.writerIn(id)?.groups ?? []) {
        const before = this.#memberships.get(after.group) ?? null;
        if (after === before || (before !== null && after.epoch <= before.epoch)) continue;
        found.push({ before, after });
        this.#memberships.set(after.group, after);
      }
    return found;
  }

  segmentIn(id: SegmentId): Segment | null {
    return (this.world.actor(id)?.context as Segment | undefined) ?? null;
  }
  writerIn(id: ActorId): Writer | null {
    const instance = this.#instance(id);
    return instance?.role === 'writer' ? instance : null;
  }
  replicaIn(id: ActorId): Replica | null {
    const instance = this.#instance(id);
    return instance?.role === 'replica' ? instance : null;
  }

  #instance(id: ActorId): Instance | null {
    if (id === this.#here) return this.#instanceHere;
    if (!this.instances.has(id)) {
      if (!isInstance(id) || !instanceIds(this.world).includes(id)) return null;
      // Started in the place of one that was lost.
      this.instances.add(id);
    }
    return (this.world.actor(id)?.context as Instance | undefined) ?? null;
  }

  /** Turns to the next event, and to the actor it happened to. */
  turnTo(happening: Happening, world: World): void {
    this.happening = happening;
    this.world = world;
    this.#here = '';
    this.#instanceHere = this.#instance(happening.flight.to);
    this.#here = happening.flight.to;
  }

  cacheOf(instance: ActorId): PageCache | null {
    const writer = this.writerIn(instance);
    // Until its recovery knows where the log ends, nobody reads what is cached.
    if (writer?.recovery && writer.recovery.wanted.length === 0) return null;
    return writer?.db.cache ?? this.replicaIn(instance)?.cache ?? null;
  }

  /** What is wrong with an image of a page as of an LSN; null when it is what the log makes of it. */
  wrongPage(line: Line, page: Page, lsn: Lsn): string | null {
    const wanted = line.pageLsn(page.no, lsn);
    if (page.lsn !== wanted) return `page ${page.no} at ${page.lsn}, not ${wanted}`;
    if (this.#verified.has(page)) return null;
    if (!isSame(page.body, line.page(page.no, lsn).body))
      return `page ${page.no} at ${page.lsn} with other content`;
    this.#verified.add(page);
    return null;
  }
}
