import { clientOf } from '../database/connections.ts';
import type { SessionId } from '../database/ids.ts';
import type { QueryResult } from '../database/statement.ts';
import { type Effect, send } from '../engine/effect.ts';
import type { Reply } from './messages.ts';

/** A statement's result, to the client's end of the connection. */
export function answered(session: SessionId, result: QueryResult): Effect {
  const reply: Reply = { type: 'REPLY', session, result, problem: null, elsewhere: false };
  return send(clientOf(session), reply);
}

/** A sentence that says why there is no result; `elsewhere` when the other instance may have one. */
export function unanswered(session: SessionId, problem: string, elsewhere = false): Effect {
  const reply: Reply = { type: 'REPLY', session, result: null, problem, elsewhere };
  return send(clientOf(session), reply);
}
