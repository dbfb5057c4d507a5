import { arm, type Effect } from '../engine/effect.ts';
import type { SessionId } from './ids.ts';

/** "Go on with this session's statement." */
export interface RunSession {
  readonly type: 'RUN';
  readonly session: SessionId;
}

/** Time on an instance's processor for one mini-transaction (protocol choice). */
const CPU_US = 10;

/** A session's next turn on the processor. */
export function runSoon(session: SessionId): Effect {
  const run: RunSession = { type: 'RUN', session };
  return arm(`run ${session}`, CPU_US, run);
}
