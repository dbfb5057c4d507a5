import type { SessionId } from '../database/ids.ts';
import type { Statement } from '../database/statement.ts';
import type { Flight, Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { Query, Submit } from '../protocol/messages.ts';
import type { NoteOf } from '../protocol/notes.ts';

/** What a client was given to do at once. */
interface Submission {
  readonly key: string;
  readonly statements: readonly Statement[];
}

/** The statement a connection was sent last, by the place it has in all that its client was given. */
interface UnderWay {
  readonly submission: Submission;
  readonly index: number;
}

const sameStatement = (a: Statement | undefined, b: Statement): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/**
 * Tells what each connection is at, by what its client was given and when: on two systems under the same load
 * this names the same work, whatever number either database gives to its transaction.
 */
export class Submissions {
  readonly #waiting = new Map<string, Submission[]>();
  readonly #underWay = new Map<SessionId, UnderWay>();
  readonly #served = new Map<SessionId, string>();
  #lastUs: Micros = -1;
  #inThisMicrosecond = 0;

  read({ flight, accepted, timeUs, sent, notes }: Happening): void {
    if (flight.type === 'SUBMIT' && accepted) this.#given(flight, timeUs);
    for (const each of sent) if (each.type === 'QUERY') this.#asked(each);
    for (const note of notes)
      if (note.type === 'statement') this.#begun(note as NoteOf<'statement'>);
  }

  /** The name of what an instance does for a connection, or has done last; null when nobody knows who asked. */
  keyOf(session: SessionId | null): string | null {
    return session === null ? null : (this.#served.get(session) ?? null);
  }

  #begun({ session }: Pick<NoteOf<'statement'>, 'session'>): void {
    const asked = this.#underWay.get(session);
    if (asked) this.#served.set(session, `${asked.submission.key} ${asked.index}`);
  }

  #given({ to, message }: Flight, atUs: Micros): void {
    this.#inThisMicrosecond = atUs === this.#lastUs ? this.#inThisMicrosecond + 1 : 0;
    this.#lastUs = atUs;
    const { statements } = message as Submit;
    const key = `${to} ${atUs} ${this.#inThisMicrosecond}`;
    const waiting = this.#waiting.get(to) ?? [];
    waiting.push({ key, statements });
    this.#waiting.set(to, waiting);
  }

  /** A statement leaves: the next of what is under way, the first of something later, or the same again. */
  #asked({ from, message }: Flight): void {
    const { session, statement } = message as Query;
    const now = this.#underWay.get(session);
    if (now && sameStatement(now.submission.statements[now.index + 1], statement)) {
      this.#underWay.set(session, { submission: now.submission, index: now.index + 1 });
      return;
    }
    const waiting = this.#waiting.get(from) ?? [];
    // What stands before it was dropped, or went with a connection that broke.
    const at = waiting.findIndex(({ statements }) => sameStatement(statements[0], statement));
    const repeats = now && sameStatement(now.submission.statements[now.index], statement);
    const submission = waiting[at];
    if (submission === undefined || (repeats && at > 0)) return;
    this.#waiting.set(from, waiting.slice(at + 1));
    this.#underWay.set(session, { submission, index: 0 });
  }
}
