import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Ack, Write } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { foundBy, isWriteQuorum, RECOVERY_AGAIN_US } from './recovery.ts';
import type { Truncated } from './recovery-messages.ts';
import { completeTo, recorded } from './recovery-truncate.ts';
import { copyOf, type Writer } from './writer.ts';

/**
 * What survived may be on a single segment: shown to somebody and then lost with the next crash, it
 * would make the volume go back. So it is brought to a write quorum of its group before anybody is
 * served (protocol choice; the 2018 paper rebuilds segments when a group has no write quorum, §2.4).
 */
export function complete(writer: Writer, _: Delivery<Signal<'TRUNCATION_DONE'>>): Outcome<Writer> {
  const { id, epoch } = writer;
  const effects: Effect[] = [note({ type: 'recovery', instance: id, phase: 'completing', epoch })];
  if (isComplete(writer)) effects.push(done());
  else replicate(writer, effects);
  return [writer, effects];
}

const done = (): Effect => arm('phase', 0, signal('COMPLETED'));

const isComplete = (writer: Writer): boolean =>
  mutated(writer.settings.mutations, 'no-completion-before-opening') ||
  [...writer.groups].every((group) =>
    isWriteQuorum(group, (at) => (group.points.scl[at] ?? 0) >= group.points.tail),
  );

/** Sends what survived to whoever is not known to have it; what is older, gossip brings. */
function replicate(writer: Writer, effects: Effect[]): void {
  const found = foundBy(writer);
  for (const { id, members, epochs, points } of writer.groups) {
    const write: Write = {
      type: 'WRITE',
      group: id,
      batch: 0,
      records: found.groups[id]?.surviving ?? [],
      epochs,
      ranges: writer.ranges,
      vdl: found.floor,
      vdlAtUs: 0,
      pgmrpl: 0,
      allCompleteTo: 0,
    };
    members.forEach((member, at) => {
      if ((points.scl[at] ?? 0) < points.tail) effects.push(send(member, write));
    });
  }
  effects.push(arm('recovery', RECOVERY_AGAIN_US, signal('RECOVERY_AGAIN')));
}

/** Who is not known to be complete is sent it again. */
export function completeAgain(
  writer: Writer,
  _: Delivery<Signal<'RECOVERY_AGAIN'>>,
): Outcome<Writer> {
  const effects: Effect[] = [];
  replicate(writer, effects);
  return [writer, effects];
}

/** A segment says how far it is complete now. */
export function stored(writer: Writer, { message }: Delivery<Ack>): Outcome<Writer> {
  const group = writer.groups.at(message.group);
  if (group === undefined || message.epochs.volume !== writer.epoch) return [writer, []];
  const next = copyOf(writer);
  next.groups = writer.groups.with(message.group, completeTo(group, message.segment, message.scl));
  return [next, isComplete(next) ? [done()] : []];
}

/** A segment that confirms the truncation late says as well how far it is complete. */
export function truncatedLate(writer: Writer, { message }: Delivery<Truncated>): Outcome<Writer> {
  const next = recorded(writer, message);
  return next === null ? [writer, []] : [next, isComplete(next) ? [done()] : []];
}
