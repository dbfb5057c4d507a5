import type { Lsn } from '../../database/ids.ts';
import type { LogRecord } from '../../protocol/record.ts';

/** Records in order of LSN: the whole volume's, or one group's. */
export class Chain {
  readonly #records: LogRecord[] = [];
  /** Where the volume starts: what stands before the first record. */
  readonly #first: Lsn;

  constructor(first: Lsn) {
    this.#first = first;
  }

  get length(): number {
    return this.#records.length;
  }

  push(record: LogRecord): void {
    this.#records.push(record);
  }

  at(index: number): LogRecord | undefined {
    return this.#records[index];
  }

  get last(): Lsn {
    return this.#records[this.#records.length - 1]?.lsn ?? this.#first;
  }

  /** Index of the first record above an LSN; the ends are asked about most. */
  indexAbove(lsn: Lsn): number {
    const records = this.#records;
    let high = records.length;
    if (this.last <= lsn) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((records[middle]?.lsn ?? 0) > lsn) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The last LSN at or below another. */
  upTo(lsn: Lsn): Lsn {
    return this.#records[this.indexAbove(lsn) - 1]?.lsn ?? this.#first;
  }

  upToLsn(lsn: Lsn): readonly LogRecord[] {
    return this.#records.slice(0, this.indexAbove(lsn));
  }
}
