import { grown } from '../database/space.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import { Vector } from '../engine/vector.ts';
import type { AskGeometry, GeometryIs } from './messages-growth.ts';
import { note } from './note.ts';
import { seatsOf } from './seats.ts';
import { CONTROL } from './topology.ts';
import { copyOf, copyOfGroup, newGroup, type Writer, type WriterGroup } from './writer.ts';
import { streamSoon } from './writer-stream.ts';
import { wake } from './writer-wake.ts';

/** The control plane may be away: it is asked again (protocol choice). */
const ASK_AGAIN_US = 1_000_000;

/** No free page is left: the control plane is asked for one more group (SIGMOD'17 §2.2). */
export function askForGroup(writer: Mutable<Writer>, effects: Effect[]): void {
  if (writer.growing) return;
  writer.growing = true;
  effects.push(...question(writer));
}

function question({ groups }: Writer): readonly Effect[] {
  const ask: AskGeometry = { type: 'ASK_GEOMETRY', groups: groups.length, full: true };
  return [send(CONTROL, ask), arm('grow', ASK_AGAIN_US, signal('ASK_AGAIN_TO_GROW'))];
}

/** The control plane has not answered: the question may have been lost. */
export const askForGroupAgain = (
  writer: Writer,
  _: Delivery<Signal<'ASK_AGAIN_TO_GROW'>>,
): Outcome<Writer> => [writer, question(writer)];

/**
 * The volume has grown: the new groups are used from now on, under the new geometry epoch, which every
 * request presents (SIGMOD'18 §4.1). Members of the other groups adopt it from the next request.
 */
export function adoptGeometry(writer: Writer, { message }: Delivery<GeometryIs>): Outcome<Writer> {
  const { epoch, groups: appended } = message;
  const fresh = appended.filter(({ membership }) => membership.group >= writer.groups.length);
  if (fresh.length === 0) return [writer, []];
  const effects: Effect[] = [disarm('grow')];
  const next = copyOf(writer);
  const groups: WriterGroup[] = [...writer.groups];
  for (const { membership, lsn } of fresh)
    groups.push(newGroup(seatsOf(membership, writer.id, writer.settings.hostsPerZone), lsn));
  next.groups = Vector.of(groups.map((group) => inGeometry(group, writer.epoch, epoch)));
  next.growing = false;
  next.unstreamed = true;
  streamSoon(next, effects);
  next.db = grown(writer.db, groups.length);
  const told = { instance: writer.id, epoch, groups: groups.length };
  effects.push(note({ type: 'geometry-learnt', ...told }));
  // Whoever waited for a page goes on, also when another took the wake-up before.
  wake(next, effects);
  return [next, effects];
}

function inGeometry(group: WriterGroup, volume: number, geometry: number): WriterGroup {
  const next = copyOfGroup(group);
  next.epochs = { volume, membership: group.epochs.membership, geometry };
  return next;
}
