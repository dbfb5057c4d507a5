import { clientOf } from '../database/connections.ts';
import type { SessionId } from '../database/ids.ts';
import type { QueryResult } from '../database/statement.ts';
import { type Effect, send } from '../engine/effect.ts';
import type { Reply } from './messages.ts';

/** A reply that says nothing yet. */
export const NOTHING = {
  type: 'REPLY',
  result: null,
  problem: null,
  refused: null,
  lost: false,
  commit: null,
} as const;

/** A statement's result, to the client's end of the connection. */
export function answered(session: SessionId, result: QueryResult): Effect {
  const reply: Reply = { ...NOTHING, session, result };
  return send(clientOf(session), reply);
}

/** A sentence that says why a statement was not run: this is not the instance to ask. */
export function refusedAt(
  session: SessionId,
  problem: string,
  refused: NonNullable<Reply['refused']>,
): Effect {
  const reply: Reply = { ...NOTHING, session, problem, refused, lost: refused !== 'read-only' };
  return send(clientOf(session), reply);
}

/** The connection is gone, and with it the answer. */
export function disconnected(session: SessionId, problem: string): Effect {
  const reply: Reply = { ...NOTHING, session, problem, lost: true };
  return send(clientOf(session), reply);
}

/** A sentence that says why there is no result. */
export function unanswered(session: SessionId, problem: string): Effect {
  const reply: Reply = { ...NOTHING, session, problem };
  return send(clientOf(session), reply);
}
