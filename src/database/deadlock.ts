import { type Database, sessionOf } from './database.ts';
import type { SessionId } from './ids.ts';
import { asleep } from './locks.ts';
import { type Progress, sleeps } from './mini-transaction.ts';
import { rollingBack } from './outcome.ts';
import type { Wait } from './session.ts';
import { get } from './sorted-map.ts';
import { pinnedBy } from './undo-space.ts';

/**
 * Puts a session to sleep until a row is free, unless that would close a ring of waits: then the youngest
 * transaction of the ring is rolled back, and its session hears why.
 */
export function waitsFor(db: Database, id: SessionId, wait: Wait): Progress {
  const ring = ringThrough(db, id, wait);
  if (ring === null) return sleeps(db, id, wait);
  const victim = youngest(db, ring);
  const sentence = deadlockSentence(db, ring, wait, victim);
  const others = victim === id ? db : asleep(db, sessionOf(db, id), wait);
  return { kind: 'deadlock', db: rollingBack(others, victim, sentence), victim, sentence };
}

/**
 * The sessions that would wait for each other in a ring if this one began to wait, itself first; null
 * when there is none. A session waits for one lock and a lock has one holder, so the way is a line. Who
 * waits for undo space that only the others' transactions keep is in the ring as well.
 */
function ringThrough(db: Database, id: SessionId, wait: Wait): readonly SessionId[] | null {
  const ring: SessionId[] = [id];
  let next: Wait | undefined = wait;
  while (next?.reason === 'row-lock') {
    const holder: SessionId | undefined = get(db.locks, next.lock)?.holder;
    if (holder === id) return ring;
    if (holder === undefined || ring.includes(holder)) return null;
    ring.push(holder);
    next = get(db.sessions, holder)?.waiting?.wait;
  }
  return next?.reason === 'undo-full' && pinnedBy(db, next.group, ring) ? ring : null;
}

/** Of sessions in a ring, the one whose transaction began last. */
function youngest(db: Database, ring: readonly SessionId[]): SessionId {
  const age = (id: SessionId): number => get(db.sessions, id)?.txn?.age ?? 0;
  return ring.reduce((young, each) => (age(each) > age(young) ? each : young));
}

/** Why a transaction was chosen to end, in a sentence. */
function deadlockSentence(
  db: Database,
  ring: readonly SessionId[],
  wait: Wait,
  victim: SessionId,
): string {
  const lines = ring.map((id, i) => {
    const its = i === 0 ? wait : get(db.sessions, id)?.waiting?.wait;
    if (its?.reason !== 'row-lock') return `session ${id} waits for undo space`;
    return `session ${id} waits for row ${its.key} of ${its.table}`;
  });
  return `Deadlock: ${lines.join(', ')}, in a ring. Session ${victim} began its transaction last, so that was rolled back: run it again.`;
}
