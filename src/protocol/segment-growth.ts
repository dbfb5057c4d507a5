import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { placeOf } from './membership.ts';
import type { Found, Hosted } from './messages-growth.ts';
import { note } from './note.ts';
import { newSegment, type Segment } from './segment.ts';
import { CONTROL } from './topology.ts';

/**
 * A copy of a new group begins: free pages, no log, complete as all its peers are (SIGMOD'17 §2.2). Told
 * again, it only says again that it is there.
 */
export function found(segment: Segment, { message }: Delivery<Found>): Outcome<Segment> {
  const { membership, lsn, pages, epochs, ranges } = message.founding;
  const { id, group, host, writer, firstPage, builtLimit, mutations, upkeep } = segment;
  const hosted: Hosted = { type: 'HOSTED', group, segment: id };
  const effects: Effect[] = [send(CONTROL, hosted)];
  if (placeOf(segment.membership, id) !== undefined) return [segment, effects];
  const input = { id, host, membership, writer, firstPage, builtLimit, mutations, upkeep };
  effects.push(note({ type: 'segment-state', segment: id, state: 'complete' }));
  return [{ ...newSegment({ ...input, pages, lsn }), epochs, ranges }, effects];
}
