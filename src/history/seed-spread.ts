import type { Happening } from '../engine/happening.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { type CommitLife, Commits } from './commits.ts';
import { addCounts, type Counts, count } from './histogram.ts';

/** A stretch of simulated time in slices of one length: what happens in one slice is counted together. */
export interface Slices {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly sliceUs: Micros;
}

const MOST_SLICES = 40;
const MOST_ACKS = 6;
/** Copies that are late answer within this time, as a rule: nothing else is counted after the stretch. */
const LATE_US: Micros = 5_000;

/** A stretch cut into slices. */
export const slicesOf = (fromUs: Micros, toUs: Micros): Slices => {
  const sliceUs = Math.max(1, Math.ceil((toUs - fromUs) / MOST_SLICES));
  return { fromUs, toUs, sliceUs };
};

const countOf = ({ fromUs, toUs, sliceUs }: Slices): number =>
  Math.max(1, Math.ceil((toUs - fromUs) / sliceUs));

/** What many runs did, by slice of time; lengths of time in microseconds. */
export interface Spread {
  /** Waiting of the commits answered in each slice. */
  readonly waits: readonly Counts[];
  /** Of the commits that began to wait in each slice: when their first acknowledgement came, their second … */
  readonly acks: readonly (readonly Counts[])[];
  /** When they had their write quorum. */
  readonly quorums: readonly Counts[];
  /** How late replicas moved their read points. */
  readonly lags: readonly Counts[];
}

/** Nothing counted yet. */
export function emptySpread(slices: Slices): Spread {
  const counts = (): Counts[] => Array.from({ length: countOf(slices) }, () => new Map());
  const acks = Array.from({ length: MOST_ACKS }, counts);
  return { waits: counts(), acks, quorums: counts(), lags: counts() };
}

/** Adds what other runs did in the same slices. */
export function addSpread(spread: Spread, other: Spread): void {
  const add = (to: readonly Counts[], from: readonly Counts[]): void =>
    to.forEach((counts, i) => {
      addCounts(counts, from[i] ?? new Map());
    });
  add(spread.waits, other.waits);
  add(spread.quorums, other.quorums);
  add(spread.lags, other.lags);
  spread.acks.forEach((each, i) => {
    add(each, other.acks[i] ?? []);
  });
}

/** How long a run is played to be counted whole. */
export const playedUntilUs = ({ toUs }: Slices): Micros => toUs + LATE_US;

/** Counts what one run does, event by event, into what others did. */
export class SpreadReader {
  readonly #slices: Slices;
  readonly #spread: Spread;
  readonly #lives = new Commits();
  readonly #answered: CommitLife[] = [];

  constructor(slices: Slices, spread: Spread) {
    this.#slices = slices;
    this.#spread = spread;
  }

  read({ count: number, timeUs, n, flight, notes }: Happening): void {
    const at: Position = { timeUs, n };
    for (const note of notes as readonly AuroraNote[]) {
      const life = this.#lives.read(note, flight.to, at, number);
      if (life && note.type === 'commit-returned') {
        this.#count(this.#spread.waits, timeUs, note.waitedUs);
        if (this.#sliceAt(life.queuedUs) !== null) this.#answered.push(life);
      } else if (note.type === 'read-view') this.#count(this.#spread.lags, timeUs, note.lagUs);
    }
  }

  /** After the last event. How many commits began to wait in the stretch and were not answered, nor broken off. */
  finish(): number {
    for (const { queuedUs, quorumUs, acks } of this.#answered) {
      acks.forEach(({ atUs }, i) => {
        this.#count(this.#spread.acks[i] ?? [], queuedUs, atUs - queuedUs);
      });
      if (quorumUs !== null) this.#count(this.#spread.quorums, queuedUs, quorumUs - queuedUs);
    }
    const waits = ({ queuedUs, returned, brokenUs }: CommitLife): boolean =>
      returned === null && brokenUs === null && queuedUs <= this.#slices.toUs;
    return this.#lives.all.filter(waits).length;
  }

  #count(counts: readonly Counts[], timeUs: Micros, us: Micros): void {
    const slice = this.#sliceAt(timeUs);
    const there = slice === null ? undefined : counts[slice];
    if (there) count(there, us);
  }

  #sliceAt(timeUs: Micros): number | null {
    const { fromUs, toUs, sliceUs } = this.#slices;
    if (timeUs < fromUs || timeUs > toUs) return null;
    return Math.min(countOf(this.#slices) - 1, Math.floor((timeUs - fromUs) / sliceUs));
  }
}
