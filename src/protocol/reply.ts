import type { SessionId } from '../database/ids.ts';
import type { QueryResult } from '../database/statement.ts';
import { type Effect, send } from '../engine/effect.ts';
import type { Reply } from './messages.ts';
import { clientOf } from './topology.ts';

/** A statement's result, to the client's end of the connection. */
export function answered(session: SessionId, result: QueryResult): Effect {
  const reply: Reply = { type: 'REPLY', session, result, problem: null, commit: null };
  return send(clientOf(session), reply);
}

/** A sentence that says why there is no result. */
export function unanswered(session: SessionId, problem: string): Effect {
  const reply: Reply = { type: 'REPLY', session, result: null, problem, commit: null };
  return send(clientOf(session), reply);
}
