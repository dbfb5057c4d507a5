import type { Lsn, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { GroupId } from '../protocol/record.ts';
import { type HostId, partsOf, type SegmentId } from '../protocol/topology.ts';

/** That the writer heard that a copy has a commit's record. */
export interface CommitAck {
  readonly segment: SegmentId;
  /** The segment's letter within its group. */
  readonly member: string;
  readonly host: HostId;
  readonly atUs: Micros;
  /** It is the one that completed the write quorum. */
  readonly seals: boolean;
}

/** A transaction's commit, from the closing of its last mini-transaction to its client's answer. */
export interface CommitLife {
  readonly txn: TxnId;
  /** Its commit record, the last one it wrote. */
  readonly lsn: Lsn;
  /** Null when the record was written before there are accounts. */
  readonly group: GroupId | null;
  readonly instance: ActorId;
  readonly closedUs: Micros;
  /** When it began to wait, and with which event. */
  readonly queuedUs: Micros;
  readonly queuedN: number;
  /** In order of arrival; those that come after the answer, too. */
  readonly acks: readonly CommitAck[];
  /** When its record's group had a write quorum. */
  readonly quorumUs: Micros | null;
  /** When the durable point passed it. */
  readonly durableUs: Micros | null;
  /** When its client was answered. */
  readonly returned: Position | null;
  /** When its writer went away first. */
  readonly brokenUs: Micros | null;
}

type Life = { -readonly [K in keyof CommitLife]: CommitLife[K] } & { acks: CommitAck[] };

/** Older ones are let go of, some at a time. */
const MOST = 1_000;
const SLACK = 1.25;
const MOST_RECORDS = 4_000;
/** Of each group: acknowledgements of older ones are not waited for any longer. */
const MOST_OPEN = 128;

/** Commits and what each waits for. */
export class Commits {
  #all: Life[] = [];
  /** Neither answered nor broken. */
  readonly #waiting = new Map<Lsn, Life>();
  /** By group, in order: those that not every member has acknowledged. */
  readonly #open = new Map<GroupId, Life[]>();
  /** Where newest records belong and when their mini-transaction closed. */
  readonly #closed = new Map<Lsn, { readonly group: GroupId; readonly atUs: Micros }>();

  /** In the order in which they began to wait. */
  get all(): readonly CommitLife[] {
    return this.#all;
  }

  /** Reads what an event told at an actor. Answers with the commit that it answered, if any. */
  read(note: AuroraNote, actor: ActorId, at: Position, count: number): CommitLife | null {
    switch (note.type) {
      case 'mtr-closed':
        this.#close(note, at.timeUs);
        break;
      case 'commit-queued':
        this.#queue(note, actor, at.timeUs, count);
        break;
      case 'acked':
        this.#acked(note, at.timeUs);
        break;
      case 'pgcl':
        this.#sealed(note, at.timeUs);
        break;
      case 'vdl':
        for (const life of this.#waiting.values())
          if (life.lsn <= note.to) life.durableUs ??= at.timeUs;
        break;
      case 'commit-returned':
        return this.#returned(note.lsn, at);
      case 'instance':
        if (note.state === 'down') this.#broken(note.instance, at.timeUs);
        break;
      case 'fenced':
        this.#broken(note.instance, at.timeUs);
    }
    return null;
  }

  #close({ records }: NoteOf<'mtr-closed'>, atUs: Micros): void {
    for (const { lsn, group } of records) this.#closed.set(lsn, { group, atUs });
    for (const lsn of this.#closed.keys()) {
      if (this.#closed.size <= MOST_RECORDS) break;
      this.#closed.delete(lsn);
    }
  }

  #queue(note: NoteOf<'commit-queued'>, instance: ActorId, atUs: Micros, count: number): void {
    const { txn, lsn } = note;
    const closed = this.#closed.get(lsn);
    const life: Life = {
      txn,
      lsn,
      group: closed?.group ?? null,
      instance,
      closedUs: closed?.atUs ?? atUs,
      queuedUs: atUs,
      queuedN: count,
      acks: [],
      quorumUs: null,
      durableUs: null,
      returned: null,
      brokenUs: null,
    };
    this.#all.push(life);
    this.#waiting.set(lsn, life);
    if (closed) this.#await(closed.group, life);
    if (this.#all.length > SLACK * MOST) this.#all = this.#all.slice(-MOST);
  }

  #await(group: GroupId, life: Life): void {
    const open = this.#open.get(group) ?? [];
    open.push(life);
    if (open.length > MOST_OPEN) open.shift();
    this.#open.set(group, open);
  }

  #acked({ segment, host, scl, members }: NoteOf<'acked'>, atUs: Micros): void {
    const { group, member } = partsOf(segment);
    const open = this.#open.get(group);
    if (!open || open.length === 0) return;
    for (const { lsn, acks } of open) {
      if (lsn > scl) break;
      if (acks.some((ack) => ack.segment === segment)) continue;
      acks.push({ segment, member, host, atUs, seals: false });
    }
    const left = open.filter(({ acks, quorumUs }) => quorumUs === null || acks.length < members);
    if (left.length < open.length) this.#open.set(group, left);
  }

  /** The group has the commit record: an acknowledgement that has come just now completed the quorum. */
  #sealed({ group, to }: NoteOf<'pgcl'>, atUs: Micros): void {
    for (const life of this.#open.get(group) ?? []) {
      if (life.lsn > to) break;
      if (life.quorumUs !== null) continue;
      life.quorumUs = atUs;
      const last = life.acks.at(-1);
      if (last?.atUs === atUs) life.acks[life.acks.length - 1] = { ...last, seals: true };
    }
  }

  #returned(lsn: Lsn, at: Position): CommitLife | null {
    const life = this.#waiting.get(lsn);
    if (!life) return null;
    this.#waiting.delete(lsn);
    life.returned = at;
    return life;
  }

  #broken(instance: ActorId, atUs: Micros): void {
    for (const [lsn, life] of this.#waiting) {
      if (life.instance !== instance) continue;
      life.brokenUs = atUs;
      this.#waiting.delete(lsn);
    }
  }
}
