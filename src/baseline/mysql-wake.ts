import { woken } from '../database/advance.ts';
import { runSoon } from '../database/turn.ts';
import type { Effect } from '../engine/effect.ts';
import type { Mysql } from './mysql.ts';

/** Sessions whose wait is over go on. */
export function wake({ db, checkpoint }: Mysql, effects: Effect[]): void {
  for (const session of woken(db, checkpoint)) effects.push(runSoon(session));
}
