import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Points } from './messages-upkeep.ts';
import type { SegmentId } from './topology.ts';
import { copyOf, type Writer, type WriterGroup } from './writer.ts';
import { lowestReadPoint } from './writer-issue.ts';
import { TELL_AFTER_US } from './writer-wake.ts';

/**
 * Points travel with the log. Where no more log follows, they are sent on their own, or the end of a
 * group's log would never be known to be durable, backed up and collected (protocol choice).
 */
export function tellPoints(
  writer: Writer,
  { atUs }: Delivery<Signal<'TELL_POINTS'>>,
): Outcome<Writer> {
  const effects: Effect[] = [];
  const next = copyOf(writer);
  next.untold = writer.untold.filter((id) => {
    const group = writer.groups.at(id);
    if (group === undefined) return false;
    if (atUs - group.sentAtUs < TELL_AFTER_US || writer.volume.vdl < group.points.tail) return true;
    effects.push(...pointsTo(group.members, writer, group));
    return false;
  });
  if (next.untold.length > 0) effects.push(arm('points', TELL_AFTER_US, signal('TELL_POINTS')));
  return [next, effects];
}

/** Tells members how far the volume is durable, and whom they have to acknowledge to. */
export function pointsTo(
  members: readonly SegmentId[],
  writer: Writer,
  { id, epochs, points: { scl } }: WriterGroup,
): readonly Effect[] {
  const message: Points = {
    type: 'POINTS',
    group: id,
    vdl: writer.volume.vdl,
    vdlAtUs: writer.vdlAtUs,
    pgmrpl: lowestReadPoint(writer),
    allCompleteTo: Math.min(...scl),
    epochs,
    ranges: writer.ranges,
  };
  return members.map((segment) => send(segment, message));
}
