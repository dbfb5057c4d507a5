import type { Lsn, SessionId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import type { Position } from '../engine/time.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { GroupId } from '../protocol/record.ts';
import { type HostId, partsOf, type SegmentId } from '../protocol/topology.ts';
import {
  type Following,
  type FollowPoint,
  type FollowSubject,
  type StageKind,
  TITLES,
} from './following.ts';

const KINDS = Object.keys(TITLES) as readonly StageKind[];

interface Stage {
  doneAt: Position | null;
  points: FollowPoint[];
}

/** Reads the events of a run in order and keeps what belongs to one transaction. */
export class Follower {
  readonly #subject: FollowSubject;
  readonly #stages: Readonly<Record<StageKind, Stage>>;
  /** The newest record of the write in each protection group it touches. */
  readonly #tails = new Map<GroupId, Lsn>();
  readonly #lsns = new Set<Lsn>();
  readonly #sent = new Set<GroupId>();
  readonly #stored = new Set<SegmentId>();
  readonly #acked = new Set<SegmentId>();
  readonly #sealed = new Set<GroupId>();
  readonly #caughtUp = new Set<ActorId>();
  readonly #statements = new Map<SessionId, FollowPoint>();
  #session: SessionId | null = null;
  #commitLsn: Lsn | null = null;
  #at: Position = { timeUs: 0, n: 0 };

  constructor(subject: FollowSubject) {
    this.#subject = subject;
    const stage = (): Stage => ({ doneAt: null, points: [] });
    this.#stages = Object.fromEntries(KINDS.map((kind) => [kind, stage()])) as Record<
      StageKind,
      Stage
    >;
  }

  read({ timeUs, n, notes }: Happening): void {
    this.#at = { timeUs, n };
    for (const note of notes) this.#note(note as AuroraNote);
  }

  result(): Following {
    const stages = KINDS.map((kind) => {
      const { doneAt, points } = this.#stages[kind];
      return { kind, title: TITLES[kind], done: doneAt !== null, doneAt, points: [...points] };
    });
    const where = stages.flatMap(({ points }) => points.map((point) => point.where));
    return {
      txn: this.#subject.txn,
      session: this.#session,
      groups: [...this.#tails.keys()],
      lsns: [...this.#lsns],
      commitLsn: this.#commitLsn,
      stages,
      present: stages.find(({ done }) => !done)?.kind ?? null,
      actors: [...new Set(['W', ...where])],
    };
  }

  #note(note: AuroraNote): void {
    switch (note.type) {
      case 'statement':
        this.#statement(note);
        break;
      case 'transaction-begun':
        this.#begun(note);
        break;
      case 'mtr-closed':
        this.#closed(note);
        break;
      case 'commit-queued':
        this.#queued(note);
        break;
      case 'batch-sent':
        this.#left(note);
        break;
      case 'persisted':
      case 'gossip-filled':
        this.#kept(note);
        break;
      case 'acked':
        this.#acknowledged(note);
        break;
      case 'vdl':
        this.#durable(note.to);
        break;
      case 'commit-returned':
        this.#returned(note);
        break;
      case 'replica-applied':
      case 'replica-skipped':
        this.#reachedReplica(note);
        break;
      case 'read-view':
        this.#seenBy(note);
    }
  }

  #add(kind: StageKind, where: ActorId, text: string, more: Partial<FollowPoint> = {}): void {
    const point = { at: this.#at, where, segment: null, lsn: null, text, ...more };
    this.#stages[kind].points.push(point);
  }

  #finish(kind: StageKind): void {
    this.#stages[kind].doneAt ??= this.#at;
  }

  /** Statements come before anybody knows which transaction they will begin. */
  #statement({ instance, session, text }: NoteOf<'statement'>): void {
    const point = { at: this.#at, where: instance, segment: null, lsn: null, text };
    if (session === this.#session && this.#commitLsn === null) {
      this.#stages.statement.points.push(point);
    } else this.#statements.set(session, point);
  }

  #begun({ txn, session }: NoteOf<'transaction-begun'>): void {
    if (txn !== this.#subject.txn) return;
    this.#session = session;
    const statement = this.#statements.get(session);
    if (statement) this.#stages.statement.points.push(statement);
    this.#finish('statement');
  }

  #closed({ txn, records }: NoteOf<'mtr-closed'>): void {
    if (txn !== this.#subject.txn) return;
    for (const { group, lsn } of records) {
      this.#lsns.add(lsn);
      this.#tails.set(group, lsn);
      this.#beginAnew(group);
    }
    const first = records[0]?.lsn ?? null;
    const last = records.at(-1)?.lsn ?? null;
    const text = first === last ? `record ${first}` : `records ${first}–${last}`;
    this.#add('records', 'W', text, { lsn: last });
  }

  /** A newer record of the group is not sent, stored or acknowledged because an older one was. */
  #beginAnew(group: GroupId): void {
    const isOf = (id: SegmentId | null): boolean => id !== null && partsOf(id).group === group;
    this.#sent.delete(group);
    this.#sealed.delete(group);
    for (const set of [this.#stored, this.#acked]) {
      for (const segment of set) if (isOf(segment)) set.delete(segment);
    }
    for (const stage of [this.#stages.stored, this.#stages.acknowledged, this.#stages.stragglers]) {
      stage.points = stage.points.filter(({ segment }) => !isOf(segment));
    }
  }

  #queued({ txn, lsn }: NoteOf<'commit-queued'>): void {
    if (txn !== this.#subject.txn) return;
    this.#commitLsn = lsn;
    this.#finish('records');
    // Everything may have left, and even arrived, while the statement was still running.
    this.#check();
  }

  #left({ group, first, last }: NoteOf<'batch-sent'>): void {
    if (![...this.#lsns].some((lsn) => first <= lsn && lsn <= last)) return;
    this.#add('sent', 'W', `to the segments of PG ${group}`, { lsn: last });
    const tail = this.#tails.get(group);
    if (tail !== undefined && tail <= last) this.#sent.add(group);
    this.#check();
  }

  #kept(note: NoteOf<'persisted'> | NoteOf<'gossip-filled'>): void {
    const { segment, first, last, sclTo } = note;
    const tail = this.#tails.get(partsOf(segment).group);
    if (tail === undefined || this.#stored.has(segment)) return;
    if (sclTo < tail && !(first <= tail && tail <= last)) return;
    this.#stored.add(segment);
    const late = this.#sealed.has(partsOf(segment).group);
    const how = note.type === 'persisted' ? 'on disk' : `from ${this.#host(note.peer)} by gossip`;
    this.#add(late ? 'stragglers' : 'stored', this.#host(segment), how, { segment, lsn: tail });
    this.#check();
  }

  #acknowledged({ segment, host, scl, copies, members, needed }: NoteOf<'acked'>): void {
    const { group } = partsOf(segment);
    const tail = this.#tails.get(group);
    if (tail === undefined || scl < tail || this.#acked.has(segment)) return;
    this.#acked.add(segment);
    const place = [...this.#acked].filter((id) => partsOf(id).group === group).length;
    const late = place > needed;
    this.#add(
      late ? 'stragglers' : 'acknowledged',
      host,
      `acknowledgement ${place} of ${members}`,
      {
        segment,
        lsn: tail,
      },
    );
    if (copies >= needed) this.#sealed.add(group);
    this.#check();
  }

  #durable(to: Lsn): void {
    if (this.#commitLsn === null || to < this.#commitLsn || this.#stages.durable.doneAt) return;
    this.#add('durable', 'W', `durable up to ${to}`, { lsn: to });
    this.#finish('durable');
  }

  #returned({ txn, lsn, waitedUs }: NoteOf<'commit-returned'>): void {
    if (txn !== this.#subject.txn) return;
    const text = `after ${(waitedUs / 1_000).toFixed(3)} ms`;
    this.#add('returned', 'W', text, { lsn });
    this.#finish('returned');
    if (this.#subject.replicas.length === 0) this.#finish('replicas');
  }

  #reachedReplica(note: NoteOf<'replica-applied'> | NoteOf<'replica-skipped'>): void {
    if (!this.#lsns.has(note.lsn)) return;
    const what = note.type === 'replica-applied' ? 'applies' : 'skips';
    this.#add('replicas', note.replica, `${what} ${note.lsn}`, { lsn: note.lsn });
  }

  #seenBy({ replica, to }: NoteOf<'read-view'>): void {
    if (this.#commitLsn === null || to < this.#commitLsn || this.#caughtUp.has(replica)) return;
    this.#caughtUp.add(replica);
    this.#add('replicas', replica, `reads up to ${to}`, { lsn: to });
    if (this.#subject.replicas.every((id) => this.#caughtUp.has(id))) this.#finish('replicas');
  }

  /** Stages that are done when every group the write touches is. Only once all records are cut. */
  #check(): void {
    if (this.#commitLsn === null) return;
    const groups = [...this.#tails.keys()];
    const stored = (group: GroupId): number => this.#count(this.#stored, group);
    if (groups.every((group) => this.#sent.has(group))) this.#finish('sent');
    if (groups.every((group) => stored(group) >= 4)) this.#finish('stored');
    if (groups.every((group) => this.#sealed.has(group))) this.#finish('acknowledged');
    if (groups.every((group) => stored(group) === 6)) this.#finish('stragglers');
  }

  #count(segments: ReadonlySet<SegmentId>, group: GroupId): number {
    return [...segments].filter((id) => partsOf(id).group === group).length;
  }

  #host(segment: SegmentId): HostId {
    return this.#subject.hostOf(segment);
  }
}

/** Follows one write through a list of events. */
export function followWrite(subject: FollowSubject, happenings: readonly Happening[]): Following {
  const follower = new Follower(subject);
  for (const happening of happenings) follower.read(happening);
  return follower.result();
}
