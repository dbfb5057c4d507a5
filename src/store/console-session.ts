import type { SessionId } from '../database/ids.ts';
import type { Statement } from '../database/statement.ts';
import type { Result } from '../engine/result.ts';
import type { Act } from '../protocol/intervention.ts';
import type { AppStore, ConsoleSession, HistoryEntry, Outcome } from './app-store.ts';
import { ConnectionReader } from './connection-reader.ts';
import type { RunPlayer } from './run-player.ts';
import { RunReader } from './run-reader.ts';

export type ParseSql = (text: string) => Promise<Result<readonly Statement[]>>;

export interface ConsoleParts {
  readonly player: RunPlayer;
  readonly store: AppStore;
  /** Loaded when the first statement is run: most visitors never need the parser. */
  readonly parse: ParseSql;
}

const WAITING: Outcome = { kind: 'waiting' };
const problem = (sentence: string): Outcome => ({ kind: 'problem', sentence });
const TAKEN_BACK = problem('Taken back: it is no longer part of this run.');
const UNREADABLE = 'The SQL parser could not be loaded. Check the connection and run it again.';
const NOTHING = 'There is no statement in this.';

/** Runs what people type: text to statements, statements into the run, answers back out of it. */
export class ConsoleRunner {
  readonly #parts: ConsoleParts;
  readonly #reader = new RunReader(() => new ConnectionReader());
  /** The act each entry of a history became; undo and redo find their entries again by it. */
  readonly #acts = new Map<number, Act>();

  constructor(parts: ConsoleParts) {
    this.#parts = parts;
  }

  /** Runs a session's draft. The text goes to the history first, so that it is never lost. */
  async run(id: SessionId): Promise<void> {
    const { player, store } = this.#parts;
    const state = store.getState();
    const session = state.sessions.find((each) => each.id === id);
    const text = session?.draft.trim() ?? '';
    if (!session || text === '') return;
    const { endpoint } = session;
    const at = player.position();
    const entry = state.addEntry(id, { text, endpoint, at, outcome: WAITING });
    state.setDraft(id, '');
    const statements = await this.#statementsOf(text);
    if (!statements.ok) {
      state.settleEntry(id, entry, problem(statements.problem));
      this.#giveBack(id, text);
      return;
    }
    const act: Act = { op: 'sql', session: id, endpoint, statements: statements.value, text };
    this.#acts.set(entry, act);
    player.intervene(act);
    this.refresh();
  }

  /** Looks for answers; called whenever the run has moved. */
  refresh(): void {
    const { sessions } = this.#parts.store.getState();
    for (const session of sessions) {
      for (const entry of session.history) this.#refreshEntry(session, entry);
    }
  }

  #refreshEntry({ id }: ConsoleSession, { id: entry, outcome: known }: HistoryEntry): void {
    const { player, store } = this.#parts;
    const act = this.#acts.get(entry);
    if (!act) return;
    const inRun = player.run().interventions.some((intervention) => intervention.act === act);
    const outcome = inRun ? this.#answerTo(act, known) : TAKEN_BACK;
    if (outcome !== known) store.getState().settleEntry(id, entry, outcome);
  }

  /** An answer once seen stays, also when the person goes back to before it came. */
  #answerTo(act: Act, known: Outcome): Outcome {
    if (known !== WAITING && known !== TAKEN_BACK) return known;
    return this.#reader.upToNow(this.#parts.player).outcome(act) ?? WAITING;
  }

  /** What could not be read goes back into the box to be mended, unless more was typed meanwhile. */
  #giveBack(id: SessionId, text: string): void {
    const { sessions, setDraft } = this.#parts.store.getState();
    if (sessions.find((session) => session.id === id)?.draft === '') setDraft(id, text);
  }

  async #statementsOf(text: string): Promise<Result<readonly Statement[]>> {
    try {
      const statements = await this.#parts.parse(text);
      const empty = statements.ok && statements.value.length === 0;
      return empty ? { ok: false, problem: NOTHING } : statements;
    } catch {
      return { ok: false, problem: UNREADABLE };
    }
  }
}
