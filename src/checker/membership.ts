import type { Lsn } from '../database/ids.ts';
import type { Flight } from '../engine/happening.ts';
import { isSegment } from '../protocol/cluster.ts';
import { partsOf, type SegmentId } from '../protocol/topology.ts';
import type { Books } from './books.ts';
import { type Breach, breach, type Invariant } from './invariant.ts';

/** I29, I30 and I32: members are filled before they count and kept until they do not; groups stay. */
export const MEMBERSHIP: readonly Invariant[] = [
  {
    id: 'I29',
    title: 'New members are filled before they count',
    says: 'A member that was added counts for reads only when it is complete to the PGCL of the time it was added, and takes a place only when it is complete to all that became durable without it.',
    checks: {
      notes: {
        hydrated: ({ segment }, books) => unfilled(books, segment, 'counts for reads'),
        membership: ({ step, subject }, books) =>
          step === 'forward' && subject !== null
            ? unfilled(books, subject, 'takes the place of another')
            : null,
      },
    },
  },
  {
    id: 'I30',
    title: 'Nothing is erased early',
    says: 'What a replaced member holds is erased only when a write quorum has recorded a configuration without it.',
    checks: { arrived: { ERASE: erasedEarly } },
  },
  {
    id: 'I32',
    title: 'Groups are only appended',
    says: 'A page stays in its group, a new group comes after all others, and the geometry epoch counts the groups that were added and the changes of quorum model.',
    checks: {
      issued({ record }, { cluster }) {
        const { group, page, lsn } = record;
        if (group === Math.floor(page / cluster.config.pagesPerGroup)) return null;
        return breach(`Record ${lsn} of page ${page} is in group ${group}.`, {
          lsns: [lsn],
          pages: [page],
        });
      },
      notes: {
        'group-founded': ({ group, epoch }, { changes }) =>
          group === changes.groups
            ? skippedEpoch(changes.geometry, epoch)
            : breach(`Group ${group} is added to ${changes.groups} groups.`),
        geometry: ({ epoch }, { changes }) => skippedEpoch(changes.geometry, epoch),
      },
      segment({ id, group, epochs }, _, { changes }) {
        if (epochs.geometry <= changes.geometry || group >= changes.groups) return null;
        return breach(`${id} knows geometry epoch ${epochs.geometry} of ${changes.geometry}.`, {
          segments: [id],
        });
      },
      writer({ id, groups }, _, { changes }) {
        if (groups.length <= changes.groups) return null;
        return breach(`${id} writes to ${groups.length} groups of ${changes.groups}.`, {
          instances: [id],
        });
      },
    },
  },
];

/** A member that lacks what was durable before it joined. */
function unfilled(books: Books, segment: SegmentId, does: string): Breach | null {
  const durable = books.changes.durableBefore(segment);
  if (durable === undefined) return null;
  const wanted: Lsn = books.line.tail(partsOf(segment).group, durable);
  const { scl, wasCompleteTo } = books.copy(segment);
  // Its word may be older than the loss of its disk.
  if (Math.max(scl, wasCompleteTo) >= wanted) return null;
  return breach(`${segment} ${does} with SCL ${scl}; ${wanted} was durable when it joined.`, {
    segments: [segment],
    lsns: [scl, wanted],
  });
}

function erasedEarly({ to }: Flight, { changes }: Books): Breach | null {
  if (!isSegment(to) || changes.isDispensable(to)) return null;
  return breach(`${to} was erased; no write quorum has recorded a configuration without it.`, {
    segments: [to],
  });
}

const skippedEpoch = (from: number, to: number): Breach | null =>
  to === from + 1 ? null : breach(`The geometry epoch goes from ${from} to ${to}.`);
