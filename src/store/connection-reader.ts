import { clientOf } from '../database/connections.ts';
import type { SessionId } from '../database/ids.ts';
import type { QueryResult } from '../database/statement.ts';
import type { Happening } from '../engine/happening.ts';
import type { Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { Reply } from '../protocol/messages.ts';
import type { Outcome, ResultTable } from './app-store.ts';

/** A reply as it arrived. */
interface Answer {
  readonly reply: Reply;
  readonly at: Position;
}

interface Submission {
  readonly act: Act;
  left: number;
  readonly answers: Answer[];
}

/**
 * Finds the answers to what was submitted on console connections. A connection works in order, one
 * answer for each statement, and gives a submission up at its first failure: so counting tells
 * whose an answer is.
 */
export class ConnectionReader {
  readonly #queues = new Map<string, { readonly session: SessionId; waiting: Submission[] }>();
  readonly #outcomes = new Map<Act, Outcome>();

  read({ accepted, flight, timeUs, n }: Happening): void {
    const { message, to, type } = flight;
    if (type === 'INTERVENTION') this.#submitted(message);
    if (type === 'REPLY' && accepted)
      this.#answered(to, { reply: message as Reply, at: { timeUs, n } });
  }

  /** What came of a submission; null while it waits. */
  outcome(act: Act): Outcome | null {
    return this.#outcomes.get(act) ?? null;
  }

  #submitted(message: object): void {
    const { intervention } = message as { readonly intervention?: { readonly act: Act } };
    const act = intervention?.act;
    if (act?.op !== 'sql') return;
    const client = clientOf(act.session);
    const queue = this.#queues.get(client) ?? { session: act.session, waiting: [] };
    queue.waiting.push({ act, left: act.statements.length, answers: [] });
    this.#queues.set(client, queue);
  }

  #answered(client: string, answer: Answer): void {
    const queue = this.#queues.get(client);
    const [current] = queue?.waiting ?? [];
    if (!queue || !current) return;
    current.answers.push(answer);
    current.left--;
    if (current.left > 0 && answer.reply.problem === null) return;
    this.#outcomes.set(current.act, outcomeOf(current.answers));
    queue.waiting = queue.waiting.slice(1);
  }
}

function outcomeOf(answers: readonly Answer[]): Outcome {
  const failed = answers.find(({ reply }) => reply.problem !== null);
  if (failed?.reply.problem) return { kind: 'problem', sentence: failed.reply.problem };
  const tables = answers.flatMap(({ reply }) => (reply.result ? [tableOf(reply.result)] : []));
  const at = answers.at(-1)?.at ?? { timeUs: 0, n: 0 };
  return { kind: 'result', tables, at };
}

/** An answer as a table, with a sentence that says how much of it there is. */
function tableOf(result: QueryResult): ResultTable {
  if (result.kind === 'done') return { columns: [], rows: [], sentence: result.says };
  const { columns, rows } = result;
  return { columns, rows, sentence: rows.length === 1 ? '1 row' : `${rows.length} rows` };
}
