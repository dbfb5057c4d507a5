import type { Lsn, TxnId } from '../database/ids.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { GroupId, LogRecord } from '../protocol/record.ts';
import { type HostId, partsOf, type SegmentId } from '../protocol/topology.ts';

/** That a copy has a commit's record, and how long after the commit began to wait the writer heard of it. */
interface CommitAck {
  readonly segment: SegmentId;
  /** The segment's letter within its group. */
  readonly member: string;
  readonly host: HostId;
  readonly afterUs: Micros;
}

/** What was sent since the run began, or since its account does. */
export interface Traffic {
  /** Boxcars of redo to segments, what these answer, and the stream to replicas. */
  readonly writes: number;
  readonly acks: number;
  readonly streams: number;
  /** Everything else: gossip, pages, what keeps the cluster together. */
  readonly other: number;
  /** Of redo, each copy counted. */
  readonly bytes: number;
}

/** A commit: how long it waited, and when each copy of its record was acknowledged. */
export interface CommitMetric {
  readonly txn: TxnId;
  /** Its commit record, the last one it wrote. */
  readonly lsn: Lsn;
  readonly group: GroupId;
  /** When it began to wait. */
  readonly queuedUs: Micros;
  /** In order of arrival. */
  readonly acks: readonly CommitAck[];
  /** When its record's group had a write quorum, after it began to wait; null before. */
  readonly quorumUs: Micros | null;
  /** When its client was answered; null before, and for ever when the writer was lost. */
  readonly returned: Position | null;
  readonly waitedUs: Micros;
  /** All that had been sent when it was answered. */
  readonly sent: Traffic;
}

type Commit = { -readonly [K in keyof CommitMetric]: CommitMetric[K] } & { acks: CommitAck[] };

/** Older ones are let go of. */
const MOST = 1_000;
/** Of each group: older ones are not waited for any longer. */
const MOST_OPEN = 128;

/** Commits and what they waited for. */
export class CommitWaits {
  #returned: Commit[] = [];
  #waiting = new Map<TxnId, Commit>();
  /** By group, those that not every member has acknowledged. */
  #open = new Map<GroupId, Commit[]>();
  #newest = new Map<Lsn, GroupId>();
  #fromUs: Micros = 0;

  /** Since when there are all of them. */
  get fromUs(): Micros {
    return this.#fromUs;
  }

  /** Those that were answered, in that order. */
  get commits(): readonly CommitMetric[] {
    return this.#returned;
  }

  read(note: AuroraNote, at: Position, sent: Traffic): void {
    switch (note.type) {
      case 'mtr-closed':
        this.#issued(note.records);
        break;
      case 'commit-queued':
        this.#queued(note, at, sent);
        break;
      case 'acked':
        this.#acked(note, at.timeUs);
        break;
      case 'pgcl':
        this.#durable(note, at.timeUs);
        break;
      case 'commit-returned':
        this.#answered(note, at, sent);
        break;
      case 'volume-opened':
        // Whoever waited at the writer before hears nothing any more.
        this.#waiting.clear();
    }
  }

  #issued(records: readonly LogRecord[]): void {
    for (const { lsn, group } of records) this.#newest.set(lsn, group);
    const surplus = this.#newest.size - MOST;
    if (surplus < MOST) return;
    for (const lsn of [...this.#newest.keys()].slice(0, surplus)) this.#newest.delete(lsn);
  }

  #queued({ txn, lsn }: NoteOf<'commit-queued'>, { timeUs }: Position, sent: Traffic): void {
    const group = this.#newest.get(lsn);
    if (group === undefined) return;
    const commit: Commit = {
      ...{ txn, lsn, group, queuedUs: timeUs, acks: [], quorumUs: null, returned: null },
      ...{ waitedUs: 0, sent },
    };
    this.#waiting.set(txn, commit);
    const open = this.#open.get(group) ?? [];
    open.push(commit);
    if (open.length > MOST_OPEN) open.shift();
    this.#open.set(group, open);
  }

  #acked({ segment, host, scl, members }: NoteOf<'acked'>, atUs: Micros): void {
    const { group, member } = partsOf(segment);
    const open = this.#open.get(group);
    if (!open || open.length === 0) return;
    for (const { lsn, queuedUs, acks } of open) {
      if (lsn > scl) break;
      if (acks.some((ack) => ack.segment === segment)) continue;
      acks.push({ segment, member, host, afterUs: atUs - queuedUs });
    }
    const left = open.filter(({ acks }) => acks.length < members);
    if (left.length < open.length) this.#open.set(group, left);
  }

  #durable({ group, to }: NoteOf<'pgcl'>, atUs: Micros): void {
    for (const commit of this.#open.get(group) ?? [])
      if (commit.lsn <= to) commit.quorumUs ??= atUs - commit.queuedUs;
  }

  #answered(note: NoteOf<'commit-returned'>, returned: Position, sent: Traffic): void {
    const commit = this.#waiting.get(note.txn);
    if (!commit) return;
    this.#waiting.delete(note.txn);
    Object.assign(commit, { returned, sent, waitedUs: note.waitedUs });
    this.#returned.push(commit);
    if (this.#returned.length <= 2 * MOST) return;
    this.#returned = this.#returned.slice(-MOST);
    this.#fromUs = this.#returned[0]?.queuedUs ?? 0;
  }
}
