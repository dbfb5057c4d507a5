import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { RecoveryRead, RecoveryState, Truncate, Truncated } from './recovery-messages.ts';
import { copyOf, type Segment } from './segment.ts';
import { inBackground } from './segment-background.ts';
import { learnt, refusal, staleness } from './segment-epochs.ts';

/**
 * Somebody who opens the volume asks what this segment holds. It adopts the new epoch and answers at
 * once: whatever arrives of an older epoch after this is refused, so nothing can become durable that
 * the answer does not show (protocol choice: promise on read).
 */
export function answerRecovery(
  segment: Segment,
  { message, from }: Delivery<RecoveryRead>,
): Outcome<Segment> {
  const { epochs, above } = message;
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from, what: 'RECOVERY_READ', reason, epochs });
  const effects: Effect[] = [];
  const next = copyOf(learnt(segment, message, effects));
  next.writer = from;
  effects.push(send(from, stateOf(next, epochs, above)));
  return inBackground(next, effects);
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
export function truncate(
  segment: Segment,
  { message, from }: Delivery<Truncate>,
): Outcome<Segment> {
  const { epochs } = message;
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from, what: 'TRUNCATE', reason, epochs });
  const effects: Effect[] = [];
  const next = copyOf(learnt(segment, message, effects));
  next.writer = from;
  const { id, group, scl } = next;
  const answer: Truncated = { type: 'TRUNCATED', segment: id, group, epochs: next.epochs, scl };
  effects.push(send(from, answer));
  return inBackground(next, effects);
}
