import type { Delivery, Effect, Outcome } from '../engine/effect.ts';
import type { Signal } from '../engine/signal.ts';
import { mutated } from './mutations.ts';
import type { GroupId, LogRecord } from './record.ts';
import { copyOf, type Writer } from './writer.ts';
import { boardAgain } from './writer-issue.ts';
import { watchQuorums } from './writer-quorum.ts';
import { resendSoon } from './writer-wake.ts';

/** Records sent again in one turn, so that a long outage does not end in one huge batch. */
const RESEND_LIMIT = 512;

/**
 * Gossip fills a hole that some member can fill; what no member holds, or too few have acknowledged,
 * only the writer can send again (protocol choice: the papers leave it to the network). Records still
 * short of their quorum since the turn before go back into their group's boxcar: operations are
 * idempotent, and who has them already answers with its SCL (SIGMOD'18 §2.3).
 */
export function resend(writer: Writer, { atUs }: Delivery<Signal<'RESEND'>>): Outcome<Writer> {
  const { pending } = writer.volume;
  const next = copyOf(writer);
  next.resending = false;
  const effects: Effect[] = [];
  const late = overdue(writer);
  watchQuorums(next, new Set(late.keys()), atUs, effects);
  if (pending.length === 0) return [next, effects];
  if (mutated(writer.settings.mutations, 'never-resend')) return [next, effects];
  for (const [id, records] of late) next.groups = boardAgain(next.groups, id, records, effects);
  resendSoon(next, effects);
  return [next, effects];
}

/** By group, records sent at least one turn ago that have no quorum yet. */
function overdue(writer: Writer): ReadonlyMap<GroupId, readonly LogRecord[]> {
  const found = new Map<GroupId, LogRecord[]>();
  let count = 0;
  for (const record of writer.volume.pending) {
    if (record.lsn > writer.overdue || count === RESEND_LIMIT) break;
    const group = writer.groups.at(record.group);
    const aboard = group?.boxcar[0];
    if (group === undefined || record.lsn <= group.points.pgcl) continue;
    if (aboard !== undefined && aboard.lsn <= record.lsn) continue;
    const records = found.get(record.group) ?? [];
    records.push(record);
    found.set(record.group, records);
    count++;
  }
  return found;
}
