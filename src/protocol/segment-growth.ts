import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Found, Hosted } from './messages-growth.ts';
import { note } from './note.ts';
import { newSegment, type Segment } from './segment.ts';
import { learnt } from './segment-epochs.ts';
import { CONTROL } from './topology.ts';

/** A copy of a new group begins: free pages, no log, complete as all its peers are (SIGMOD'17 §2.2). */
export function found(segment: Segment, { message }: Delivery<Found>): Outcome<Segment> {
  const { membership, lsn, pages, epochs, ranges } = message.founding;
  const { id, host, writer, firstPage, builtLimit, mutations, upkeep } = segment;
  const input = { id, host, membership, writer, firstPage, builtLimit, mutations, upkeep };
  const next = { ...newSegment({ ...input, pages, lsn }), epochs, ranges };
  return [next, [hosted(next), note({ type: 'segment-state', segment: id, state: 'complete' })]];
}

/** Told again, it takes over a newer volume epoch, and says again that it is there. */
export function foundAgain(segment: Segment, { message }: Delivery<Found>): Outcome<Segment> {
  const effects: Effect[] = [];
  const next = learnt(segment, message.founding, effects);
  return [next, [hosted(next), ...effects]];
}

function hosted({ id, group, epochs }: Segment): Effect {
  const message: Hosted = { type: 'HOSTED', group, segment: id, volume: epochs.volume };
  return send(CONTROL, message);
}
