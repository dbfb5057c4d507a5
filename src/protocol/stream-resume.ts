import type { Lsn } from '../database/ids.ts';
import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Attach, FallenBehind, Resumed, Stream } from './messages.ts';
import { copyOf, type ReplicaLink, type Writer } from './writer.ts';

/**
 * Keeps a part of the stream for replicas that may have missed it, as the sender of a TCP connection
 * does, until all have said that they have it. Those silent for too long are not waited for: they will
 * have to restart.
 */
export function keepPart(writer: Mutable<Writer>, part: Stream, atUs: Micros): void {
  const parts = writer.parts.push(part);
  const confirmed = lowestConfirmed(writer, part.sequence, atUs);
  writer.parts = parts.drop(parts.firstIndex(({ sequence }) => sequence > confirmed));
}

function lowestConfirmed({ replicas, settings }: Writer, newest: number, atUs: Micros): number {
  let lowest = newest;
  for (const link of replicas)
    if (lagOf(link, atUs) <= settings.replicaBehindUs) lowest = Math.min(lowest, link.sequence);
  return lowest;
}

/** For how long a replica has not had the whole stream, as far as the writer knows. */
const lagOf = ({ silentSinceUs }: ReplicaLink, atUs: Micros): Micros =>
  silentSinceUs === null ? 0 : atUs - silentSinceUs;

/**
 * A replica that missed part of the stream asks for the rest. It gets what it lacks and keeps its cache,
 * or is told to restart when it has fallen behind for longer than the limit; null when it has to attach
 * anew, because its cache is empty, what it lacks is not kept, or it followed the stream of another.
 */
export function resume(
  writer: Writer,
  { message, atUs }: Delivery<Attach>,
): Outcome<Writer> | null {
  const { replica: id, sequence, epoch } = message;
  const link = writer.replicas.find((each) => each.id === id);
  if (link === undefined || sequence === null || epoch !== writer.epoch) return null;
  const lagUs = lagOf(link, atUs);
  if (lagUs > writer.settings.replicaBehindUs) {
    const behind: FallenBehind = { type: 'FALLEN_BEHIND', epoch: writer.epoch, lagUs };
    return [writer, [send(id, behind)]];
  }
  const [first] = writer.parts.slice(0, 1);
  if (sequence < writer.sequence && (first === undefined || first.sequence > sequence + 1))
    return null;
  return goOn(writer, link, sequence);
}

function goOn(writer: Writer, link: ReplicaLink, sequence: number): Outcome<Writer> {
  const { parts, volume, vdlAtUs } = writer;
  const resumed: Resumed = {
    type: 'RESUMED',
    epoch: writer.epoch,
    parts: parts.slice(parts.firstIndex((part) => part.sequence > sequence)),
    vdl: volume.vdl,
    vdlAtUs,
    held: link.attached,
  };
  const next = copyOf(writer);
  next.replicas = writer.replicas.map((each) => (each === link ? again(link, volume.vdl) : each));
  const effects: Effect[] = [send(link.id, resumed)];
  return [next, effects];
}

/** The link counts again: from its old read point if that has counted all the time. */
const again = ({ id, readPoint, sequence, attached }: ReplicaLink, vdl: Lsn): ReplicaLink => ({
  id,
  readPoint: attached ? readPoint : vdl,
  sequence,
  silentSinceUs: null,
  attached: true,
});
