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
];
