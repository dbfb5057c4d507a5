import type { Lsn } from '../database/ids.ts';
import { type Epochs, FIRST_EPOCHS, type TruncationRange } from '../protocol/epochs.ts';
import type { GroupId, LogRecord } from '../protocol/record.ts';
import type { SegmentId } from '../protocol/topology.ts';
import { isAnnulled } from './annulled.ts';
import type { Line } from './oracle/line.ts';

/** What one segment was given to keep, told by what its disk finished: the truth about its SCL. */
export class Copy {
  readonly id: SegmentId;
  readonly group: GroupId;
  /** Held above the first gap. */
  readonly #ahead = new Set<Lsn>();
  #line: Line;
  /** Index, in its group's chain, of the first record that is missing. */
  #next: number;
  #floor: Lsn;
  /** Index of the first record above the floor. */
  #floorIndex: number;
  /** What it knows to be annulled, and the epochs it was seen with. */
  ranges: readonly TruncationRange[] = [];
  epochs: Epochs = FIRST_EPOCHS;
  /** The greatest PGMRPL it was seen with. */
  pgmrpl: Lsn;
  /** What it was complete to before its disk was emptied: words of then may still be on their way. */
  wasCompleteTo: Lsn = 0;
  /** Its disk was emptied, and it has not begun anew: it answers nobody. */
  gone = false;
  /** It has base pages, without which no record counts. */
  #based: boolean;

  constructor(id: SegmentId, group: GroupId, line: Line, based: boolean) {
    const firstLsn = based ? line.start.firstLsn : 0;
    this.id = id;
    this.group = group;
    this.#line = line;
    this.#next = 0;
    this.#floor = firstLsn;
    this.#floorIndex = 0;
    this.pgmrpl = firstLsn;
    this.#based = based;
  }

  /** The line its records belong to: that of the last recovery it has heard of. */
  get line(): Line {
    return this.#line;
  }
  get floor(): Lsn {
    return this.#floor;
  }
  /** The last record it is complete to. */
  get scl(): Lsn {
    if (!this.#based) return 0;
    return this.#line.chain(this.group).at(this.#next - 1)?.lsn ?? this.#line.start.firstLsn;
  }
  /** How many records it has to keep: those between a floor and SCL. */
  keptAbove(floor: Lsn): number {
    if (!this.#based) return 0;
    if (floor === this.#floor) return this.#next - this.#floorIndex;
    return this.#next - this.#line.chain(this.group).indexAbove(floor);
  }

  /** Whether an LSN says the same as this copy's SCL: none of its records lies between the two. */
  isCompleteTo(lsn: Lsn): boolean {
    if (!this.#based) return lsn === 0;
    const chain = this.#line.chain(this.group);
    return chain.at(this.#next - 1)?.lsn === lsn || chain.indexAbove(lsn) === this.#next;
  }

  holds(lsn: Lsn): boolean {
    return lsn <= this.scl || this.#ahead.has(lsn);
  }

  /** Records that its disk has. */
  keep(records: readonly LogRecord[]): void {
    const chain = this.#line.chain(this.group);
    for (const record of records) {
      const { lsn } = record;
      if (isAnnulled(this.ranges, record)) continue;
      if (this.#based && chain.at(this.#next)?.lsn === lsn) this.#next++;
      else if (lsn > this.scl) this.#ahead.add(lsn);
    }
    this.#goOn();
  }

  /** Base pages that hold everything up to an LSN. */
  rebase(floor: Lsn): void {
    this.#based = true;
    this.#next = Math.max(this.#next, this.#line.chain(this.group).indexAbove(floor));
    this.#goOn();
  }

  /** Begun anew on an empty disk, as a member of a new group. */
  founded(): void {
    this.gone = false;
    this.rebase(this.#line.start.firstLsn);
    this.collected(this.#line.start.firstLsn);
  }

  collected(floor: Lsn): void {
    this.#floor = floor;
    this.#floorIndex = this.#line.chain(this.group).indexAbove(floor);
  }

  /** Recoveries have annulled something, and this segment knows. */
  truncated(line: Line, ranges: readonly TruncationRange[]): void {
    const fresh = ranges.filter(({ epoch }) => epoch > this.#line.epoch);
    const scl = Math.min(this.scl, ...fresh.map(({ above }) => above));
    this.ranges = ranges;
    this.#line = line;
    this.#next = line.chain(this.group).indexAbove(scl);
    for (const lsn of this.#ahead) if (line.record(lsn) === undefined) this.#ahead.delete(lsn);
    this.collected(this.#floor);
    this.#goOn();
  }

  /** Its disk is empty. */
  wiped(): void {
    this.wasCompleteTo = Math.max(this.wasCompleteTo, this.scl);
    this.#ahead.clear();
    this.#next = 0;
    this.#based = false;
    this.gone = true;
    this.pgmrpl = 0;
    this.collected(0);
  }

  #goOn(): void {
    if (this.#ahead.size === 0 || !this.#based) return;
    const chain = this.#line.chain(this.group);
    for (let next = chain.at(this.#next); next !== undefined; next = chain.at(this.#next)) {
      if (!this.#ahead.delete(next.lsn)) return;
      this.#next++;
    }
  }
}
