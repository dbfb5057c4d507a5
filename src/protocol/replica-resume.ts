import { emptyCache } from '../database/page-cache.ts';
import { AppendLog } from '../engine/append-log.ts';
import { type Delivery, disarm, type Effect, type Outcome } from '../engine/effect.ts';
import type { Instance } from './instance.ts';
import { restart } from './instance-life.ts';
import type { FallenBehind, Resumed } from './messages.ts';
import { note } from './note.ts';
import { copyOf, type Replica } from './replica.ts';
import { abandonReads } from './replica-sessions.ts';
import { takeUp } from './replica-stream.ts';
import { cutOff } from './replica-transactions.ts';

const BEHIND =
  'The replica has fallen behind the writer too much and is restarting: run the statement again.';

/**
 * What was missed is here: the replica goes on with the cache it has. Read views are kept only if the
 * writer has kept what they need; otherwise the transactions that hold them are over.
 */
export function resumed(replica: Replica, { message, atUs }: Delivery<Resumed>): Outcome<Replica> {
  const effects: Effect[] = [disarm('attach')];
  const next = copyOf(replica);
  if (!message.held) next.sessions = replica.sessions.map(cutOff);
  const missed = message.parts.filter(({ sequence }) => sequence > replica.sequence);
  effects.push(
    note({
      type: 'stream-resumed',
      replica: replica.id,
      parts: missed.length,
      records: missed.reduce((sum, { records }) => sum + records.length, 0),
    }),
  );
  takeUp(next, missed, message, atUs, effects);
  return [next, effects];
}

/** Too far behind to catch up: the replica restarts, and its cache is emptied. */
export function fallBehind(
  replica: Replica,
  { message }: Delivery<FallenBehind>,
): Outcome<Instance> {
  const [left, told] = abandonReads(replica, BEHIND);
  const next = copyOf(left);
  next.cache = emptyCache(replica.cache.capacity);
  next.queue = AppendLog.empty();
  next.arrivals = AppendLog.empty();
  next.early = [];
  next.feedbackDue = false;
  const { lagUs } = message;
  const limitUs = replica.settings.replicaBehindUs;
  const [restarted, boot] = restart(next);
  return [
    restarted,
    [
      disarm('*'),
      note({ type: 'fallen-behind', replica: replica.id, lagUs, limitUs }),
      ...told,
      ...boot,
    ],
  ];
}
