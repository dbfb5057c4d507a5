import type { ActorId } from '../engine/effect.ts';
import { membershipsIn } from '../protocol/control-work.ts';
import { type Membership, membersOf } from '../protocol/membership.ts';
import { controlIn, nodeIn } from '../protocol/view-actors.ts';
import type { Writer } from '../protocol/writer.ts';
import type { Books } from './books.ts';
import { type Breach, breach } from './invariant.ts';

/** Something that must come to an end, within a bound, once nothing is broken any more. */
export interface Liveness {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  /** What is still open; null when the promise is kept. */
  readonly open: (books: Books) => Breach | null;
}

/** L1 to L5: what has to come true after everything was healed and the load has stopped. */
export const LIVENESS: readonly Liveness[] = [
  {
    id: 'L1',
    title: 'Everything issued becomes durable',
    says: 'When every group has a write quorum, VDL reaches the last consistency point issued and every commit that waits is answered.',
    open(books) {
      const writer = openWriter(books);
      if (writer === null) return null;
      const { volume, commits, prevVolumeLsn, id } = writer;
      if (volume.vdl >= prevVolumeLsn && commits.length === 0) return null;
      return breach(
        `${id} stands at VDL ${volume.vdl} of ${prevVolumeLsn}, ${commits.length} commits wait.`,
        { instances: [id], lsns: [volume.vdl, prevVolumeLsn] },
      );
    },
  },
  {
    id: 'L2',
    title: 'Members become equal',
    says: 'Gossip brings every healthy member of a group to the same SCL.',
    open(books) {
      if (openWriter(books) === null) return null;
      // By the metadata: a writer may learn only when it writes again who keeps a group.
      for (const membership of membershipsIn(controlIn(books.world).context.repair)) {
        const { group } = membership;
        const { last } = books.line.chain(group);
        const behind = membersOf(membership).filter((id) => !books.copy(id).isCompleteTo(last));
        if (behind.length > 0)
          return breach(`${behind.join(', ')} of group ${group} are not complete to ${last}.`, {
            segments: behind,
            lsns: [last],
          });
      }
      return null;
    },
  },
  {
    id: 'L3',
    title: 'Reads and recovery finish',
    says: 'When every group has a read quorum and a full member, some instance opens for writing, the others follow it, and every read is answered.',
    open(books) {
      const writer = openWriter(books);
      if (writer === null) return breach('No instance is open for writing.');
      for (const id of books.instances) {
        const found = stuckReader(books, writer, id);
        if (found !== null) return breach(found, { instances: [id] });
      }
      return null;
    },
  },
  {
    id: 'L4',
    title: 'Membership changes finish',
    says: 'While enough members are healthy, every membership change ends, forwards or backwards.',
    open(books) {
      const membership = unfinished(books);
      if (membership === undefined) return null;
      const { group, epoch } = membership;
      return breach(`Group ${group} is still between two configurations, at epoch ${epoch}.`, {
        segments: membersOf(membership),
      });
    },
  },
  {
    id: 'L5',
    title: 'Nobody waits at the limit for ever',
    says: 'A writer that has reached the LSN Allocation Limit goes on once its groups have write quorums.',
    open(books) {
      const writer = openWriter(books);
      if (writer === null || writer.stalled.length === 0) return null;
      return breach(`${writer.stalled.length} sessions of ${writer.id} stand at the limit.`, {
        instances: [writer.id],
      });
    },
  },
];

/** A group with a place that has two members, or with two quorum models. */
function unfinished({ world }: Books): Membership | undefined {
  return membershipsIn(controlIn(world).context.repair).find(
    ({ places, towards }) =>
      towards !== null || places.some(({ replacement }) => replacement !== null),
  );
}

/** The instance that is open for writing in the newest epoch. */
function openWriter(books: Books): Writer | null {
  const { instance } = books.incarnation;
  const writer = books.writerIn(instance);
  return writer !== null && nodeIn(books.world, instance).state === 'open' ? writer : null;
}

function stuckReader(books: Books, writer: Writer, id: ActorId): string | null {
  if (books.world.actor(id) === undefined) return null;
  const { state, chart } = nodeIn(books.world, id);
  if (state === 'absent') return null;
  if (id === writer.id)
    return writer.reads.length === 0 ? null : `${id} waits for ${writer.reads.length} pages.`;
  const replica = books.replicaIn(id);
  if (replica === null || state !== 'following') return `${id} is ${chart}.`;
  if (replica.reads.length > 0) return `${id} waits for ${replica.reads.length} pages.`;
  if (replica.vdl >= writer.volume.vdl) return null;
  return `${id} is at ${replica.vdl}, VDL is ${writer.volume.vdl}.`;
}
