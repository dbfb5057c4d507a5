import type { GossipFill, PageAnswer } from '../protocol/messages.ts';
import type { Block, Stage } from '../protocol/messages-upkeep.ts';
import { damaged, first, notBackedUp, restoredTruly } from './backup.ts';
import { breach, type Invariant } from './invariant.ts';
import { oldestNeeded } from './needed.ts';

/** I33 to I36: collection, backup, scrub and restore. */
export const HOUSEKEEPING: readonly Invariant[] = [
  {
    id: 'I33',
    title: 'Nothing needed is discarded',
    says: 'No segment discards what a read under way, or one that may still be issued at or above PGMRPL, needs.',
    checks: {
      notes: {
        collected({ segment, floor }, books) {
          const needed = oldestNeeded(books);
          if (floor <= needed.lsn) return null;
          return breach(`${segment} dropped what ${needed.instance} reads at ${needed.lsn}.`, {
            segments: [segment],
            instances: [needed.instance],
            lsns: [floor, needed.lsn],
          });
        },
      },
    },
  },
  {
    id: 'I34',
    title: 'What is dropped is kept elsewhere',
    says: 'Log that a segment discards is in the object store, and a full member in every read quorum has it; a tail waits until one has it in base pages.',
    checks: {
      notes: {
        collected: ({ segment, floor }, books) => notBackedUp(books, segment, floor),
      },
    },
  },
  {
    id: 'I35',
    title: 'Damaged pages are not handed on',
    says: 'A stored page that fails its check is neither answered nor given to a peer or to the backup; it is fetched again.',
    checks: {
      sent: {
        PAGE: ({ from, message }, books) => damaged(books, from, (message as PageAnswer).page),
        BLOCK: ({ from, message }, books) => damaged(books, from, (message as Block).image),
        STAGE: ({ from, message }, books) =>
          first((message as Stage).blocks, (page) => damaged(books, from, page)),
        GOSSIP_FILL: ({ from, message }, books) =>
          first((message as GossipFill).blocks?.pages ?? [], (page) => damaged(books, from, page)),
      },
    },
  },
  {
    id: 'I36',
    title: 'A restore shows the past as it was',
    says: 'A volume restored to a time has, page by page, what the log makes at a consistency point that was durable by then.',
    checks: { notes: { 'volume-restored': restoredTruly } },
  },
];
