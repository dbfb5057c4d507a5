import type { Lsn, PageNo } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Flight } from '../engine/happening.ts';
import type { Position } from '../engine/time.ts';
import type { Membership } from '../protocol/membership.ts';
import type { NoteOf, NoteType } from '../protocol/notes.ts';
import type { LogRecord } from '../protocol/record.ts';
import type { Replica } from '../protocol/replica.ts';
import type { Segment } from '../protocol/segment.ts';
import type { Writer } from '../protocol/writer.ts';
import type { Books } from './books.ts';
import type { Copy } from './copies.ts';
import type { Incarnation } from './incarnation.ts';
import type { Line } from './oracle/line.ts';

/** What a violation can be shown by. */
export interface Evidence {
  readonly lsns?: readonly Lsn[];
  readonly pages?: readonly PageNo[];
  readonly segments?: readonly ActorId[];
  readonly instances?: readonly ActorId[];
}

/** How a statement was found not to hold: a sentence, and what shows it. */
export interface Breach {
  readonly says: string;
  readonly evidence: Evidence;
}

/** A statement of the protocol that did not hold, and where in the run that was first seen. */
export interface Violation extends Breach {
  /** I1 to I36, L1 to L5. */
  readonly invariant: string;
  readonly title: string;
  /** The position after the event that broke it, and that event's number. */
  readonly at: Position;
  readonly count: number;
}

/** One record about to take its place in the log. */
export interface Issue {
  readonly record: LogRecord;
  readonly mtr: number;
  /** The last record of its mini-transaction. */
  readonly last: boolean;
  readonly writer: Incarnation;
}

/** A recovery has decided what counts: the line before, the line after. */
export interface Truncation {
  readonly epoch: number;
  readonly above: Lsn;
  readonly upTo: Lsn;
  readonly before: Line;
  readonly after: Line;
}

/** A group's members as seen for the first time, and as they were before. */
export interface Configuration {
  readonly before: Membership | null;
  readonly after: Membership;
}

type Found = Breach | null;

/** What an invariant looks at; each function is handed the books as they are after the event. */
export interface Checks {
  /** Before a record enters the books. */
  readonly issued?: (issue: Issue, books: Books) => Found;
  readonly truncated?: (truncation: Truncation, books: Books) => Found;
  /** An instance has the volume open for writing, in an epoch of its own. */
  readonly opened?: (writer: Incarnation, books: Books) => Found;
  readonly membership?: (configuration: Configuration, books: Books) => Found;
  readonly notes?: { readonly [T in NoteType]?: (note: NoteOf<T>, books: Books) => Found };
  /** Messages that their receiver's chart accepted, by type. */
  readonly arrived?: Readonly<Record<string, (flight: Flight, books: Books) => Found>>;
  /** Messages on their way, by type. */
  readonly sent?: Readonly<Record<string, (flight: Flight, books: Books) => Found>>;
  /** After every event at one of them. */
  readonly segment?: (segment: Segment, copy: Copy, books: Books) => Found;
  readonly writer?: (writer: Writer, incarnation: Incarnation, books: Books) => Found;
  readonly replica?: (replica: Replica, books: Books) => Found;
  /** Costly ones: every few hundred events, and at the end. */
  readonly seldom?: (books: Books) => Found;
}

/** A statement of the protocol that holds at every moment of every run. */
export interface Invariant {
  readonly id: string;
  readonly title: string;
  /** The statement in words. */
  readonly says: string;
  readonly checks: Checks;
}

/** What is wrong, and where it can be seen. */
export const breach = (says: string, evidence: Evidence = {}): Breach => ({ says, evidence });
