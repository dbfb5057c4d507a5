import { woken } from '../database/advance.ts';
import type { SessionId } from '../database/ids.ts';
import { arm, type Effect } from '../engine/effect.ts';
import type { RunSession } from './messages.ts';
import type { Mysql } from './mysql.ts';

/** Time on the instance's processor for one mini-transaction, as on the other system (protocol choice). */
const CPU_US = 10;

export const runSoon = (session: SessionId): Effect => {
  const run: RunSession = { type: 'RUN', session };
  return arm(`run ${session}`, CPU_US, run);
};

/** Sessions whose wait is over go on. */
export function wake({ db, checkpoint }: Mysql, effects: Effect[]): void {
  for (const session of woken(db, checkpoint)) effects.push(runSoon(session));
}
