import type { Lsn } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { GroupId } from '../protocol/record.ts';
import { partsOf } from '../protocol/topology.ts';
import type { CommitWait } from './message.ts';

type Wait = { -readonly [K in keyof CommitWait]: CommitWait[K] } & {
  acks: CommitWait['acks'][number][];
};

const MOST_WAITS = 1_000;
/** They are let go of some at a time. */
const SLACK = 1.25;
const MOST_RECORDS = 4_000;

/** Commits and what each waits for, from the closing of its mini-transaction to its return. */
export class CommitLedger {
  #waits: Wait[] = [];
  #open: Wait[] = [];
  /** Where newest records belong and when their mini-transaction closed. */
  readonly #closed = new Map<Lsn, { readonly group: GroupId; readonly atUs: Micros }>();

  /** Oldest first. */
  get all(): readonly CommitWait[] {
    return this.#waits;
  }

  read(note: AuroraNote, at: ActorId, atUs: Micros, n: number): void {
    switch (note.type) {
      case 'mtr-closed':
        this.#close(note, atUs);
        break;
      case 'commit-queued':
        this.#queue(note, at, atUs, n);
        break;
      case 'acked':
        this.#acked(note, atUs);
        break;
      case 'pgcl':
        this.#sealed(note, atUs);
        break;
      case 'vdl':
        for (const wait of this.#open) if (wait.lsn <= note.to) wait.durableUs ??= atUs;
        break;
      case 'commit-returned':
        this.#returned(note.lsn, atUs);
        break;
      case 'instance':
        if (note.state === 'down') this.#broken(note.instance, atUs);
        break;
      case 'fenced':
        this.#broken(note.instance, atUs);
    }
  }

  #close({ records }: NoteOf<'mtr-closed'>, atUs: Micros): void {
    for (const { lsn, group } of records) this.#closed.set(lsn, { group, atUs });
    for (const lsn of this.#closed.keys()) {
      if (this.#closed.size <= MOST_RECORDS) break;
      this.#closed.delete(lsn);
    }
  }

  #queue({ txn, lsn }: NoteOf<'commit-queued'>, instance: ActorId, atUs: Micros, n: number): void {
    const closed = this.#closed.get(lsn);
    const wait: Wait = {
      ...{ txn, lsn, instance, queuedN: n, queuedUs: atUs },
      group: closed?.group ?? null,
      closedUs: closed?.atUs ?? atUs,
      acks: [],
      durableUs: null,
      returnedUs: null,
      brokenUs: null,
    };
    this.#waits.push(wait);
    this.#open.push(wait);
    if (this.#waits.length > SLACK * MOST_WAITS) this.#waits = this.#waits.slice(-MOST_WAITS);
  }

  #acked({ segment, scl }: NoteOf<'acked'>, atUs: Micros): void {
    const { group } = partsOf(segment);
    for (const { acks, lsn, group: of } of this.#open)
      if (of === group && scl >= lsn && !acks.some((ack) => ack.segment === segment))
        acks.push({ segment, atUs, seals: false });
  }

  /** The group has the commit record: the acknowledgement that has just come completed the quorum. */
  #sealed({ group, from, to }: NoteOf<'pgcl'>, atUs: Micros): void {
    for (const { acks, lsn, group: of } of this.#open) {
      const last = acks.at(-1);
      if (of !== group || lsn <= from || lsn > to || last?.atUs !== atUs) continue;
      acks[acks.length - 1] = { ...last, seals: true };
    }
  }

  #returned(lsn: Lsn, atUs: Micros): void {
    for (const wait of this.#open) if (wait.lsn === lsn) wait.returnedUs = atUs;
    this.#open = this.#open.filter(({ returnedUs }) => returnedUs === null);
  }

  #broken(instance: ActorId, atUs: Micros): void {
    for (const wait of this.#open) if (wait.instance === instance) wait.brokenUs = atUs;
    this.#open = this.#open.filter(({ brokenUs }) => brokenUs === null);
  }
}
