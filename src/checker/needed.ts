import type { Lsn } from '../database/ids.ts';
import { oldestReadPoint as oldestOfDatabase } from '../database/purge.ts';
import type { ActorId } from '../engine/effect.ts';
import { oldestReadPoint as oldestOfReplica } from '../protocol/replica-stream.ts';
import { nodeIn } from '../protocol/view-actors.ts';
import type { Books } from './books.ts';

/** The lowest point that any read under way, or still to come, may use, and whose it is. */
export function oldestNeeded(books: Books): { readonly instance: ActorId; readonly lsn: Lsn } {
  const { instance, vdl } = books.incarnation;
  let needed = { instance, lsn: vdl };
  const consider = (reader: ActorId, lsn: Lsn | null): void => {
    if (lsn !== null && lsn < needed.lsn) needed = { instance: reader, lsn };
  };
  const writer = books.writerIn(instance);
  if (writer === null) return needed;
  consider(instance, oldestOfDatabase(writer.db));
  for (const { readPoint } of writer.reads) consider(instance, readPoint);
  for (const { id, attached } of writer.replicas) {
    const replica = books.replicaIn(id);
    if (!attached || replica === null || nodeIn(books.world, id).state !== 'following') continue;
    consider(id, oldestOfReplica(replica));
  }
  return needed;
}
