import type { Lsn, PageNo, TxnId } from '../database/ids.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { GroupId, LogRecord } from '../protocol/record.ts';
import { partsOf, type SegmentId } from '../protocol/topology.ts';

/** How a record came to a copy: from the writer, from a peer, or as part of base pages. */
export type Arrival = 'write' | 'gossip' | 'base page';

/** One record of the log, and what has become of it so far. */
export interface LogEntry {
  readonly lsn: Lsn;
  readonly group: GroupId;
  readonly mtr: number;
  readonly txn: TxnId;
  readonly page: PageNo;
  readonly kind: LogRecord['kind'];
  /** The last record of its mini-transaction. */
  readonly cpl: boolean;
  readonly issuedUs: Micros;
  /** When it left for the segments; null while it waits in the boxcar. */
  readonly sentUs: Micros | null;
  readonly stored: ReadonlyMap<SegmentId, { readonly atUs: Micros; readonly how: Arrival }>;
  readonly acked: ReadonlyMap<SegmentId, Micros>;
  /** Copies that have folded it into a page version. */
  readonly folded: ReadonlySet<SegmentId>;
  /** When a write quorum of its group had it. */
  readonly durableUs: Micros | null;
  /** When everything before it was durable in every group, too. */
  readonly volumeUs: Micros | null;
  /** Cancelled by a recovery. */
  readonly annulled: boolean;
}

type Entry = {
  -readonly [K in keyof LogEntry]: LogEntry[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : LogEntry[K] extends ReadonlySet<infer A>
      ? Set<A>
      : LogEntry[K];
};

/** Older ones are let go of. */
const MOST = 2_000;

/** The newest records of the log and what happened to each: who has it, since when, and how it came there. */
export class LogHistory {
  #entries: Entry[] = [];

  /** Oldest first. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  read({ timeUs, notes }: Happening): void {
    for (const note of notes as readonly AuroraNote[]) this.#note(note, timeUs);
  }

  #note(note: AuroraNote, atUs: Micros): void {
    switch (note.type) {
      case 'mtr-closed':
        this.#issued(note.records, atUs);
        break;
      case 'batch-sent':
        for (const entry of this.#between(note.group, note.first, note.last)) entry.sentUs ??= atUs;
        break;
      case 'persisted':
        this.#stored(note, 'write', atUs);
        break;
      case 'gossip-filled':
        this.#stored(note, note.byBlocks ? 'base page' : 'gossip', atUs);
        break;
      case 'acked':
        this.#acked(note, atUs);
        break;
      case 'pgcl':
        for (const entry of this.#between(note.group, note.from + 1, note.to))
          entry.durableUs ??= atUs;
        break;
      case 'vdl':
        for (const entry of this.#range(note.from + 1, note.to)) entry.volumeUs ??= atUs;
        break;
      case 'coalesced':
        this.#folded(note);
        break;
      case 'range-recorded':
        for (const entry of this.#range(note.above + 1, note.upTo)) entry.annulled = true;
    }
  }

  #issued(records: readonly LogRecord[], atUs: Micros): void {
    for (const { lsn, group, mtr, txn, page, kind, cpl } of records)
      this.#entries.push({
        ...{ lsn, group, mtr, txn, page, kind, cpl },
        issuedUs: atUs,
        sentUs: null,
        stored: new Map(),
        acked: new Map(),
        folded: new Set(),
        durableUs: null,
        volumeUs: null,
        annulled: false,
      });
    if (this.#entries.length > 2 * MOST) this.#entries = this.#entries.slice(-MOST);
  }

  #stored(
    { segment, first, last }: NoteOf<'persisted'> | NoteOf<'gossip-filled'>,
    how: Arrival,
    atUs: Micros,
  ): void {
    for (const { stored } of this.#between(partsOf(segment).group, first, last))
      if (!stored.has(segment)) stored.set(segment, { atUs, how });
  }

  #acked({ segment, scl }: NoteOf<'acked'>, atUs: Micros): void {
    const { group } = partsOf(segment);
    for (let i = this.#firstAt(scl + 1) - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry === undefined || entry.group !== group) continue;
      // SCL is without gaps: whatever lies below was acknowledged before.
      if (entry.acked.has(segment)) return;
      entry.acked.set(segment, atUs);
    }
  }

  #folded({ segment, page, from, to }: NoteOf<'coalesced'>): void {
    for (const entry of this.#between(partsOf(segment).group, from + 1, to))
      if (entry.page === page) entry.folded.add(segment);
  }

  #between(group: GroupId, first: Lsn, last: Lsn): readonly Entry[] {
    return this.#range(first, last).filter((entry) => entry.group === group);
  }

  #range(first: Lsn, last: Lsn): readonly Entry[] {
    return this.#entries.slice(this.#firstAt(first), this.#firstAt(last + 1));
  }

  /** The index of the first entry at or above an LSN. */
  #firstAt(lsn: Lsn): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.lsn ?? 0) < lsn) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
