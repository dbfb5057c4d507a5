import { type Delivery, type Outcome, send } from '../engine/effect.ts';
import type { RecoveryRead, RecoveryState, Truncate, Truncated } from './recovery-messages.ts';
import type { Segment } from './segment.ts';
import { inBackground } from './segment-background.ts';
import { asWriterBids } from './segment-epochs.ts';

/**
 * Somebody who opens the volume asks what this segment holds. It adopts the new epoch and answers at
 * once: whatever arrives of an older epoch after this is refused, so nothing can become durable that
 * the answer does not show (protocol choice: promise on read).
 */
export function answerRecovery(
  segment: Segment,
  delivery: Delivery<RecoveryRead>,
): Outcome<Segment> {
  const { message, from } = delivery;
  return asWriterBids(segment, delivery, (next, effects) => {
    effects.push(send(from, stateOf(next, message.epochs, message.above)));
    return inBackground(next, effects);
  });
}

function stateOf(
  segment: Segment,
  epochs: RecoveryRead['epochs'],
  above: RecoveryRead['above'],
): RecoveryState {
  const { id, group, scl, vdl, log, ahead } = segment;
  // Below its hint a segment may have a hole, and records beyond it that count one by one.
  const from = Math.min(above ?? vdl, vdl, scl);
  const first = log.firstIndex(({ lsn }) => lsn > from);
  return {
    type: 'RECOVERY_STATE',
    segment: id,
    group,
    epochs,
    scl,
    hint: vdl,
    tail: log.at(first)?.prevSegmentLsn ?? scl,
    records: [...log.slice(first), ...ahead.filter(({ lsn }) => lsn > from)],
  };
}

/** What the recovery annuls, on record here from now on (SIGMOD'18 §2.4). */
export function truncate(segment: Segment, delivery: Delivery<Truncate>): Outcome<Segment> {
  return asWriterBids(segment, delivery, (next, effects) => {
    const { id, group, scl, epochs } = next;
    const answer: Truncated = { type: 'TRUNCATED', segment: id, group, epochs, scl };
    effects.push(send(delivery.from, answer));
    return inBackground(next, effects);
  });
}
