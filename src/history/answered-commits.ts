import type { Flight, Happening } from '../engine/happening.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { Write } from '../protocol/messages.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { LogRecord } from '../protocol/record.ts';
import { recordBytes } from '../protocol/record-bytes.ts';
import { type CommitLife, Commits } from './commits.ts';

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

/** A commit whose client was answered; acknowledgements that come later still join the others. */
export interface CommitMetric extends CommitLife {
  readonly returned: Position;
  readonly waitedUs: Micros;
  /** All that had been sent when it was answered. */
  readonly sent: Traffic;
  /** Boxcars and what gossip brought that segments had on disk by then, each copy counted. */
  readonly stored: number;
}

/** Older ones are let go of. */
const MOST = 1_000;

/** Commits whose clients were answered, and what had been sent by then: the newest thousand or so. */
export class AnsweredCommits {
  readonly #lives = new Commits();
  #all: CommitMetric[] = [];
  #fromUs: Micros = 0;
  #stored = 0;
  #sent: Traffic = { writes: 0, acks: 0, streams: 0, other: 0, bytes: 0 };

  /** In the order of their answers. */
  get all(): readonly CommitMetric[] {
    return this.#all;
  }
  /** Since when there are all of them; 0 while none has been let go of. */
  get fromUs(): Micros {
    return this.#fromUs;
  }
  get sent(): Traffic {
    return this.#sent;
  }

  read({ count, timeUs, n, flight, notes, sent }: Happening): void {
    const at: Position = { timeUs, n };
    if (sent.length > 0) this.#sent = withSent(this.#sent, sent);
    for (const note of notes as readonly AuroraNote[]) {
      if (note.type === 'persisted' || note.type === 'gossip-filled') this.#stored++;
      const life = this.#lives.read(note, flight.to, at, count);
      if (life && note.type === 'commit-returned') this.#answered(life, at, note.waitedUs);
    }
  }

  #answered(life: CommitLife, returned: Position, waitedUs: Micros): void {
    this.#all.push({ ...life, returned, waitedUs, sent: this.#sent, stored: this.#stored });
    if (this.#all.length <= 2 * MOST) return;
    this.#all = this.#all.slice(-MOST);
    this.#fromUs = this.#all[0]?.queuedUs ?? 0;
  }
}

const KINDS: Readonly<Record<string, 'writes' | 'acks' | 'streams'>> = {
  WRITE: 'writes',
  ACK: 'acks',
  STREAM: 'streams',
};

/** What had been sent before, and what is sent now. */
function withSent(before: Traffic, sent: readonly Flight[]): Traffic {
  const after = { ...before };
  // The copies of one boxcar share its records: they are weighed once.
  let weighed: readonly LogRecord[] | null = null;
  let weight = 0;
  for (const { type, message } of sent) {
    after[KINDS[type] ?? 'other']++;
    if (type !== 'WRITE') continue;
    const { records } = message as Write;
    if (records !== weighed) {
      weighed = records;
      weight = records.reduce((sum, record) => sum + recordBytes(record), 0);
    }
    after.bytes += weight;
  }
  return after;
}
