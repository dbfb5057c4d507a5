import type { PageNo, SessionId } from '../database/ids.ts';
import { admit } from '../database/install.ts';
import { cached } from '../database/page-cache.ts';
import { runSoon } from '../database/turn.ts';
import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { PageRead, Reading, ReadVolume } from './messages.ts';
import { copyOf, count, type Mysql } from './mysql.ts';
import { flushSoon } from './mysql-flush.ts';
import { wake } from './mysql-wake.ts';
import { note } from './notes.ts';

/** Asks the instance's own volume; the mirrors are never read. */
export function askVolume({ setup }: Mysql, what: Reading): Effect {
  const read: ReadVolume = { type: 'READ_VOLUME', what };
  return send(setup.volume, read);
}

/** A page is not in the cache: it is read from the volume, once for all who want it. Null: for purge. */
export function fetchPage(
  mysql: Mutable<Mysql>,
  page: PageNo,
  session: SessionId | null,
  atUs: Micros,
  effects: Effect[],
): void {
  const pending = mysql.reads.find((each) => each.page === page);
  if (pending === undefined) {
    mysql.reads = [...mysql.reads, { page, sessions: [session], sinceUs: atUs }];
    effects.push(askVolume(mysql, { kind: 'page', page }));
    count(mysql, 'misses', 1);
    return;
  }
  const joined = { page, sessions: [...pending.sessions, session], sinceUs: pending.sinceUs };
  mysql.reads = mysql.reads.map((each) => (each === pending ? joined : each));
}

/** The page is here. It may only push out pages that are on the volumes: page LSN at or below the checkpoint. */
export function pageRead(mysql: Mysql, { message, atUs }: Delivery<PageRead>): Outcome<Mysql> {
  const { page } = message;
  const pending = mysql.reads.find((each) => each.page === page.no);
  if (pending === undefined) return [mysql, []];
  const next = copyOf(mysql);
  next.reads = mysql.reads.filter((each) => each !== pending);
  next.db = admit(mysql.db, page, mysql.checkpoint);
  const effects: Effect[] = [
    note({ type: 'page-read', page: page.no, waitedUs: atUs - pending.sinceUs }),
  ];
  for (const session of pending.sessions) {
    if (session !== null) effects.push(runSoon(session));
    else if (cached(next.db.cache, page.no) !== undefined)
      effects.push({ kind: 'arm', timer: 'purge', delay: 0, message: signal('PURGE') });
  }
  wake(next, effects);
  flushSoon(next, effects);
  return [next, effects];
}
