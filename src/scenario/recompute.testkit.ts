/**
 * Every SCL, PGCL, VCL, VDL and commit decision of a run, recomputed from its trace alone. It reads
 * JSON lines and shares no code with the protocol, as an outsider would write it after docs/trace.md.
 */

export interface TraceRecord {
  readonly lsn: number;
  readonly group: number;
  readonly cpl: boolean;
  readonly prevVolumeLsn: number;
  readonly prevSegmentLsn: number;
}

/** One note of a trace line; which fields it has follows from its type. */
export interface TraceNote {
  readonly type: string;
  readonly segment: string;
  readonly group: number;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly scl: number;
  readonly sclTo: number;
  readonly byBlocks: boolean;
  readonly to: number;
  readonly txn: number;
  readonly lsn: number;
  readonly records: readonly TraceRecord[];
}

export interface TraceEvent {
  readonly i: number;
  readonly notes: readonly TraceNote[];
}

/** Where everything stands, as told by the trace or as recomputed. */
export interface Points {
  readonly pgcl: Readonly<Record<number, number>>;
  readonly vcl: number;
  readonly vdl: number;
  readonly returned: readonly number[];
}

const groupOf = (segment: string): number => Number(segment.split('/')[0]);
const fourthHighest = (scls: readonly number[]): number => [...scls].sort((a, b) => b - a)[3] ?? 0;

export class Recomputed {
  /** Records issued, in order, and how many of them the volume is complete to. */
  readonly #log: TraceRecord[] = [];
  #complete = 0;
  #vdl = 0;
  /** For each group, the LSN that follows an LSN. */
  readonly #next = new Map<number, Map<number, number>>();
  /** What each segment holds above its SCL, and its SCL. */
  readonly #held = new Map<string, Set<number>>();
  readonly #scl = new Map<string, number>();
  /** What the writer has been told of each segment's SCL. */
  readonly #acked = new Map<string, number>();
  readonly #queued = new Map<number, number>();
  readonly #returned: number[] = [];
  /** The LSN everything begins at: what the first record of the run points back to. */
  #begin = 0;

  /** Takes one event in; contradictions come back in words. */
  take({ i, notes }: TraceEvent): readonly string[] {
    const wrong: string[] = [];
    for (const note of notes) {
      const problem = this.#takeNote(note);
      if (problem !== null) wrong.push(`event ${i}, ${note.type}: ${problem}`);
    }
    return wrong;
  }

  points(): Points {
    const pgcl = Object.fromEntries([...this.#next.keys()].map((id) => [id, this.#pgcl(id)]));
    for (;;) {
      const record = this.#log[this.#complete];
      if (record === undefined || record.lsn > (pgcl[record.group] ?? 0)) break;
      if (record.cpl) this.#vdl = record.lsn;
      this.#complete++;
    }
    const vcl = this.#log[this.#complete - 1]?.lsn ?? this.#begin;
    return { pgcl, vcl, vdl: Math.max(this.#vdl, this.#begin), returned: this.#returned };
  }

  /** Transactions whose commit record lies at or below a durable point and that wait for an answer. */
  due(vdl: number): readonly number[] {
    return [...this.#queued].filter(([, lsn]) => lsn <= vdl).map(([txn]) => txn);
  }

  #takeNote(note: TraceNote): string | null {
    switch (note.type) {
      case 'mtr-closed':
        this.#issue(note.records);
        return null;
      case 'persisted':
        return this.#hold(note, false);
      case 'gossip-filled':
        return this.#hold(note, note.byBlocks);
      case 'acked':
        return this.#takeAck(note);
      case 'commit-queued':
        this.#queued.set(note.txn, note.lsn);
        return null;
      case 'commit-returned':
        this.#returned.push(note.txn);
        return this.#queued.delete(note.txn) ? null : `${note.txn} was not waiting`;
      default:
        return null;
    }
  }

  #issue(records: readonly TraceRecord[]): void {
    if (this.#log.length === 0) this.#begin = records[0]?.prevVolumeLsn ?? 0;
    this.#log.push(...records);
    for (const { group, lsn, prevSegmentLsn } of records) {
      const next = this.#next.get(group) ?? new Map();
      this.#next.set(group, next.set(prevSegmentLsn, lsn));
    }
  }

  /** Records now on a segment's disk, and its SCL: as far as the chain of back-pointers reaches. */
  #hold({ segment, first, last, count, sclTo }: TraceNote, byBlocks: boolean): string | null {
    const next = this.#next.get(groupOf(segment)) ?? new Map<number, number>();
    const got = [...next.values()].filter((lsn) => first <= lsn && lsn <= last);
    if (!byBlocks && got.length !== count) return `${got.length} records, not ${count}`;
    const held = this.#held.get(segment) ?? new Set();
    this.#held.set(segment, held);
    for (const lsn of got) held.add(lsn);
    let scl = this.#scl.get(segment) ?? this.#begin;
    if (byBlocks) scl = Math.max(scl, last);
    for (;;) {
      const lsn = next.get(scl);
      if (lsn === undefined || !held.has(lsn)) break;
      scl = lsn;
    }
    this.#scl.set(segment, scl);
    return scl === sclTo ? null : `SCL of ${segment} is ${scl}, not ${sclTo}`;
  }

  #takeAck({ segment, scl }: TraceNote): string | null {
    const known = this.#acked.get(segment) ?? this.#begin;
    this.#acked.set(segment, Math.max(known, scl));
    const own = this.#scl.get(segment) ?? this.#begin;
    return scl <= own ? null : `${segment} said ${scl} and is complete only to ${own}`;
  }

  #pgcl(group: number): number {
    const slots = ['a', 'b', 'c', 'd', 'e', 'f'];
    return fourthHighest(slots.map((slot) => this.#acked.get(`${group}/${slot}`) ?? this.#begin));
  }
}
