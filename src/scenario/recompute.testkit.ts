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
  readonly epoch: number;
  readonly write: string;
  readonly actor: string;
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
/** A segment without its host: what write sets call it by its letter. */
const memberOf = (segment: string): string => segment.split('@')[0] ?? '';

/** So many of these letters, each of several times: `4/6 of abcdef AND 4/6 of abcdeg`. */
type WriteSet = readonly { readonly least: number; readonly letters: string }[];
const FIRST_SET: WriteSet = [{ least: 4, letters: 'abcdef' }];
const parsed = (write: string): WriteSet =>
  [...write.matchAll(/(\d+)\/\d+ of (\w+)/g)].map(([, least, letters]) => ({
    least: Number(least),
    letters: letters ?? '',
  }));

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
  /** Write sets by group and epoch, those that the writer goes by, and what was durable by them. */
  readonly #decided = new Map<string, string>();
  readonly #sets = new Map<number, WriteSet>();
  readonly #durable = new Map<number, number>();
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
      case 'membership':
        this.#decided.set(`${note.group} ${note.epoch}`, note.write);
        return null;
      case 'membership-adopted':
        return this.#adopt(note);
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
    let scl = this.#sclOf(segment);
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
    const known = this.#acked.get(memberOf(segment)) ?? this.#first(segment);
    this.#acked.set(memberOf(segment), Math.max(known, scl));
    const own = this.#sclOf(segment);
    return scl <= own ? null : `${segment} said ${scl} and is complete only to ${own}`;
  }

  #sclOf(segment: string): number {
    return this.#scl.get(segment) ?? this.#first(segment);
  }

  /** Members that are added later begin with nothing. */
  #first(segment: string): number {
    return /\/[a-f]$/.test(segment) ? this.#begin : 0;
  }

  /** The writer goes by another write set from now on; what was durable by the last one stays so. */
  #adopt({ actor, group, epoch }: TraceNote): string | null {
    if (actor !== 'W') return null;
    const write = this.#decided.get(`${group} ${epoch}`);
    if (write === undefined) return `nobody decided epoch ${epoch} of group ${group}`;
    this.#pgcl(group);
    this.#sets.set(group, parsed(write));
    return null;
  }

  /** The greatest SCL that so many members of every part of the write set have reached. */
  #pgcl(group: number): number {
    const sets = this.#sets.get(group) ?? FIRST_SET;
    const sclOf = (letter: string): number =>
      this.#acked.get(`${group}/${letter}`) ?? this.#first(`${group}/${letter}`);
    const reached = sets.map(
      ({ least, letters }) =>
        [...letters].map(sclOf).toSorted((a, b) => b - a)[least - 1] ?? this.#begin,
    );
    const durable = Math.max(this.#durable.get(group) ?? this.#begin, Math.min(...reached));
    this.#durable.set(group, durable);
    return durable;
  }
}
