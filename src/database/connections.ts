import type { ActorId } from '../engine/effect.ts';
import type { SessionId } from './ids.ts';
import { printStatement } from './print-statement.ts';
import type { Statement } from './statement.ts';

/** Connections 1–99 belong to the application's workload, from 101 on to people at the console. */
export const FIRST_CONSOLE_SESSION = 101;

/** The actor that stands for the client's end of a connection. */
export const clientOf = (session: SessionId): ActorId =>
  session < FIRST_CONSOLE_SESSION ? `app${session}` : `you${session - FIRST_CONSOLE_SESSION + 1}`;

/** Whether a client is one of the workload's, not a person's. */
export const isApplication = (client: ActorId): boolean => client.startsWith('app');

/** The connection that a client stands at the end of. */
export function sessionOfClient(client: ActorId): SessionId {
  const number = Number(client.slice(3));
  return isApplication(client) ? number : FIRST_CONSOLE_SESSION - 1 + number;
}

/** An application that is this many statements behind drops work instead of queueing it. */
export const QUEUE_LIMIT = 64;

/** One statement to send. */
export interface Queued {
  readonly statement: Statement;
  readonly text: string;
  /** Statements submitted together: when one fails, the rest of them is not sent. */
  readonly batch: number;
}

/** Statements submitted together, each with the text to show: what a person wrote, where that is one. */
export const batchOf = (
  statements: readonly Statement[],
  text: string,
  batch: number,
): readonly Queued[] =>
  statements.map((statement) => ({
    statement,
    text: statements.length === 1 && text !== '' ? text : printStatement(statement),
    batch,
  }));

/** What an application sends first when a statement inside its transaction has failed. */
export const rollbackOf = (batch: number): Queued => ({
  statement: { kind: 'rollback' },
  text: 'ROLLBACK',
  batch,
});
