import { cached, pagesOf } from '../database/page-cache.ts';
import type { Flight } from '../engine/happening.ts';
import { isSegment } from '../protocol/cluster.ts';
import type { PageAnswer, ReadPage } from '../protocol/messages.ts';
import { soundImage } from '../protocol/segment-blocks.ts';
import { partsOf } from '../protocol/topology.ts';
import type { Books } from './books.ts';
import { type Breach, breach, type Invariant } from './invariant.ts';
import { answersTruly } from './snapshots.ts';

/** I16 to I21: pages and rows are what the log makes of them. */
export const READS: readonly Invariant[] = [
  {
    id: 'I16',
    title: 'Pages are what the log makes of them',
    says: 'A page answered as of a read point equals its first content and every live record of it at or below that point.',
    checks: {
      notes: {
        'page-answered'({ segment, instance, readPoint }, books) {
          const answer = books.happening?.sent.find(({ type }) => type === 'PAGE');
          if (answer === undefined) return null;
          const { page } = answer.message as PageAnswer;
          const wrong = books.wrongPage(books.lineOf(instance), page, readPoint);
          if (wrong === null) return null;
          return breach(`${segment} answers, as of ${readPoint}, ${wrong}.`, {
            segments: [segment],
            pages: [page.no],
            lsns: [readPoint],
          });
        },
      },
      seldom: (books) => storedTruly(books),
    },
  },
  {
    id: 'I17',
    title: 'Segments answer only what they can know',
    says: 'A segment answers a read only at or above its floor, when it is complete to the last record of its group at the read point, and when every epoch in the request is current.',
    checks: {
      arrived: { READ_PAGE: answersOld },
      notes: {
        'page-base'({ segment, readPoint, lsn }, books) {
          const copy = books.copy(segment);
          const tail = copy.line.tail(partsOf(segment).group, readPoint);
          const { floor } = copy;
          if (copy.scl >= tail && readPoint >= floor && lsn <= readPoint) return null;
          return breach(
            `${segment} reads a page as of ${readPoint}, complete to ${copy.scl}, floor ${floor}, needing ${tail}.`,
            { segments: [segment], lsns: [readPoint, tail] },
          );
        },
      },
    },
  },
  {
    id: 'I18',
    title: 'Only durable pages are evicted',
    says: 'When the writer drops a page from its cache, the page has no change above VDL.',
    checks: {
      notes: {
        evicted({ instance, page, lsn }, books) {
          const writing = books.writing(instance);
          if (writing === undefined || lsn <= writing.vdl) return null;
          return breach(`${instance} evicted page ${page} at ${lsn}, VDL is ${writing.vdl}.`, {
            instances: [instance],
            pages: [page],
            lsns: [lsn],
          });
        },
      },
    },
  },
  {
    id: 'I19',
    title: 'Caches are current',
    says: "A page in the writer's cache has every issued record of it, one in a replica's cache every record at or below the replica's VDL, and nothing else.",
    checks: {
      notes: {
        'page-admitted': ({ instance, page }, books) => admitted(books, instance, page),
      },
      seldom: (books) => cachesAreCurrent(books),
    },
  },
  {
    id: 'I20',
    title: 'Nobody sees half a mini-transaction',
    says: 'Every read point and read view is a consistency point, so that of each mini-transaction it has all records or none.',
    checks: {
      sent: {
        READ_PAGE({ from, message }, books) {
          const { readPoint } = message as ReadPage;
          return isPoint(books, from, readPoint);
        },
      },
      notes: { 'read-view': ({ replica, to }, books) => isPoint(books, replica, to) },
      replica: ({ id, vdl }, books) => isPoint(books, id, vdl),
    },
  },
  {
    id: 'I21',
    title: 'A snapshot shows exactly what was committed',
    says: 'What a SELECT answers at a read view is what exactly the transactions committed at or below it made, with its own changes added.',
    checks: { sent: { REPLY: (flight, books) => answersTruly(flight, books) } },
  },
];

/** What one segment would answer for one of its pages as of the newest VDL it has; others follow by turns. */
function storedTruly(books: Books): Breach | null {
  const { copy, turn } = books.nextCopy();
  const segment = copy && books.segmentIn(copy.id);
  if (copy === null || segment === null || segment.pages.length === 0) return null;
  const readPoint = Math.min(books.incarnation.vdl, copy.scl);
  if (copy.line !== books.line || readPoint < segment.floor) return null;
  const page = soundImage(segment, turn % segment.pages.length, readPoint);
  // A damaged version is never answered: whoever needs it mends it first.
  const wrong = page && books.wrongPage(copy.line, page, readPoint);
  if (page === null || wrong === null) return null;
  return breach(`${copy.id} would answer, as of ${readPoint}, ${wrong}.`, {
    segments: [copy.id],
    pages: [page.no],
    lsns: [readPoint],
  });
}

/** A reader that knows less than the segment is told so, and not answered. */
function answersOld({ to, from, message }: Flight, books: Books): Breach | null {
  const { epochs } = message as ReadPage;
  const known = isSegment(to) ? books.copy(to).epochs.volume : 0;
  if (epochs.volume >= known) return null;
  const isRefused = books.happening?.sent.some(({ type }) => type.endsWith('REFUSED'));
  if (isRefused) return null;
  return breach(`${to} reads for ${from} of epoch ${epochs.volume}, and knows of ${known}.`, {
    segments: [to],
    instances: [from],
  });
}

function isPoint(books: Books, instance: string, lsn: number): Breach | null {
  if (books.lineOf(instance).isPoint(lsn)) return null;
  return breach(`${instance} reads at ${lsn}, inside a mini-transaction.`, {
    instances: [instance],
    lsns: [lsn],
  });
}

/** A page that has just come from storage is as new as its reader. */
function admitted(books: Books, instance: string, no: number): Breach | null {
  const cache = books.cacheOf(instance);
  const page = cache && cached(cache, no);
  return page === undefined || page === null ? null : wrongIn(books, instance, page);
}

function wrongIn(
  books: Books,
  instance: string,
  page: Parameters<Books['wrongPage']>[1],
): Breach | null {
  const line = books.lineOf(instance);
  const reads = books.replicaIn(instance) !== null;
  // What one that is not attached remembers is of the time before.
  if (reads && !books.isFollowing(instance)) return null;
  const upTo = reads ? books.replica(instance).vdl : line.lastLsn;
  const wrong = books.wrongPage(line, page, upTo);
  if (wrong === null) return null;
  return breach(`${instance} has ${wrong}.`, { instances: [instance], pages: [page.no] });
}

function cachesAreCurrent(books: Books): Breach | null {
  for (const instance of books.instances) {
    const cache = books.cacheOf(instance);
    if (cache === null) continue;
    for (const page of pagesOf(cache)) {
      const wrong = wrongIn(books, instance, page);
      if (wrong !== null) return wrong;
    }
  }
  return null;
}
