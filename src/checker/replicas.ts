import type { Lsn, PageNo } from '../database/ids.ts';
import { pagesOf } from '../database/page-cache.ts';
import type { Books } from './books.ts';
import { type Breach, breach, type Invariant } from './invariant.ts';

/** I22 to I25: replicas follow the log, never ahead of what is durable. */
export const REPLICAS: readonly Invariant[] = [
  {
    id: 'I22',
    title: 'Replicas follow in order, behind VDL',
    says: 'A replica applies records in LSN order and in whole mini-transactions, and its VDL is never above that of the writer it follows.',
    checks: {
      notes: {
        'replica-applied': ({ replica, lsn, page }, books) => inOrder(books, replica, lsn, page),
        'replica-skipped': ({ replica, lsn, page }, books) => inOrder(books, replica, lsn, page),
        'read-view'({ replica, from, to }, books) {
          const { vdl, at } = books.replica(replica);
          if (from === vdl && to === at) return null;
          return breach(
            `${replica} says it went from ${from} to ${to}; it was at ${vdl}, records at ${at}.`,
            {
              instances: [replica],
              lsns: [from, to],
            },
          );
        },
      },
      replica({ id, vdl }, books) {
        const writer = books.writerOf(books.lineOf(id));
        if (writer === undefined || vdl <= writer.vdl) return null;
        return breach(`${id} is at ${vdl}, VDL of ${writer.instance} is ${writer.vdl}.`, {
          instances: [id],
          lsns: [vdl, writer.vdl],
        });
      },
    },
  },
  {
    id: 'I23',
    title: 'No replica holds what may be annulled',
    says: "No page in a replica's cache has a change above the replica's VDL; hence none has an annulled one.",
    checks: {
      replica({ id, cache, vdl }, books) {
        if (books.happening?.notes.length === 0) return null;
        const ahead = pagesOf(cache).find(({ lsn }) => lsn > vdl);
        if (ahead === undefined) return null;
        return breach(`${id} caches page ${ahead.no} at ${ahead.lsn}, its VDL is ${vdl}.`, {
          instances: [id],
          pages: [ahead.no],
          lsns: [ahead.lsn],
        });
      },
    },
  },
  {
    id: 'I24',
    title: 'Commits do not wait for replicas',
    says: 'With every link to the replicas cut, each commit of the same run is answered at the same moment.',
    checks: {},
  },
  {
    id: 'I25',
    title: 'No promise to read own writes elsewhere',
    says: 'A replica may show less than a client was just acknowledged: a permission, so that nothing may complain.',
    checks: {},
  },
];

/** The next record of the line, and no other, is looked at. */
function inOrder(books: Books, replica: string, lsn: Lsn, page: PageNo): Breach | null {
  const line = books.lineOf(replica);
  const { at } = books.replica(replica);
  const next = line.log.at(line.log.indexAbove(at));
  if (next?.lsn === lsn && next.page === page) return null;
  return breach(`${replica} takes record ${lsn} after ${at}; ${next?.lsn ?? 'none'} follows.`, {
    instances: [replica],
    lsns: [at, lsn],
  });
}
