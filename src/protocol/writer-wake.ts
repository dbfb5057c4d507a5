import { woken } from '../database/advance.ts';
import { runSoon } from '../database/turn.ts';
import { arm, type Effect } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import { note } from './note.ts';
import type { GroupId } from './record.ts';
import { allocationCeiling, type Writer } from './writer.ts';

/** Purge works in the background, one mini-transaction at a time. */
export const PURGE_PAUSE_US = 500;

/** An acknowledgement that is missing this long is not waited for any more, as TCP would not. */
const RESEND_US = 200_000;

/** So long after a group's last batch its members hear what became of it (protocol choice). */
export const TELL_AFTER_US = 100_000;

/** VDL moved: what waited for durability, for LSNs or for room in the cache may go on. */
export function durableMoved(writer: Mutable<Writer>, effects: Effect[]): void {
  purgeSoon(writer, effects);
  wake(writer, effects);
  if (writer.stalled.length === 0) return;
  effects.push(note({ type: 'allocation-resumed', limit: allocationCeiling(writer) }));
  for (const session of writer.stalled) effects.push(runSoon(session));
  writer.stalled = [];
}

/** Sessions whose wait is over go on. */
export function wake({ db, volume }: Writer, effects: Effect[]): void {
  for (const session of woken(db, volume.vdl)) effects.push(runSoon(session));
}

/** A read view has ended: sessions that wait for undo pages to be emptied may have waited for that. */
export function readViewEnded(writer: Mutable<Writer>, effects: Effect[]): void {
  if (writer.db.waiting.length > 0) purgeSoon(writer, effects);
}

function purgeSoon(writer: Mutable<Writer>, effects: Effect[]): void {
  if (writer.purging) return;
  effects.push(arm('purge', PURGE_PAUSE_US, signal('PURGE')));
  writer.purging = true;
}

/** Sets the time after which what is issued by now is looked at again. */
export function resendSoon(writer: Mutable<Writer>, effects: Effect[]): void {
  if (writer.resending) return;
  effects.push(arm('resend', RESEND_US, signal('RESEND')));
  writer.resending = true;
  writer.overdue = writer.prevVolumeLsn;
}

/** A batch left for a group: its members will have to hear how far the volume is durable then. */
export function pointsLater(writer: Mutable<Writer>, group: GroupId, effects: Effect[]): void {
  if (writer.untold.includes(group)) return;
  if (writer.untold.length === 0) effects.push(arm('points', TELL_AFTER_US, signal('TELL_POINTS')));
  writer.untold = [...writer.untold, group];
}
