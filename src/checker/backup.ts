import type { Lsn } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import type { ActorId } from '../engine/effect.ts';
import { isSegment } from '../protocol/cluster.ts';
import { isFull } from '../protocol/membership.ts';
import type { NoteOf } from '../protocol/notes.ts';
import { type ObjectStore, upToOf } from '../protocol/object-store.ts';
import { satisfies } from '../protocol/quorum.ts';
import { pageIn, type RestoredVolume } from '../protocol/restored-volume.ts';
import { partsOf, type SegmentId, STORE } from '../protocol/topology.ts';
import type { Books } from './books.ts';
import { type Breach, breach } from './invariant.ts';
import { readSetOf } from './quorums.ts';

/** Log up to a floor is gone at one segment: the object store and full members have it. */
export function notBackedUp(books: Books, segment: SegmentId, floor: Lsn): Breach | null {
  const { group } = partsOf(segment);
  const tail = books.line.tail(group, floor);
  const evidence = { segments: [segment], lsns: [floor] };
  const store = books.world.actor(STORE)?.context as ObjectStore | undefined;
  const stored = store === undefined ? books.cluster.firstLsn : upToOf(store, group);
  if (books.cluster.config.backupEveryUs > 0 && stored < tail)
    return breach(`${segment} drops log up to ${floor}; the object store has ${stored}.`, evidence);
  const isTail = books.segmentIn(segment)?.kind === 'tail';
  if (isTail && (books.folded.get(group) ?? books.cluster.firstLsn) < floor)
    return breach(`${segment} drops log up to ${floor} before a full member has pages.`, evidence);
  const writer = books.writerIn(books.incarnation.instance);
  const known = writer?.groups.at(group);
  if (known === undefined) return null;
  // Who is gone for good answers nobody, as part of no quorum.
  const lacks = (id: SegmentId): boolean =>
    !books.copy(id).gone && (!isFull(known.membership, id) || books.copy(id).scl < tail);
  if (!satisfies(readSetOf(known), lacks)) return null;
  return breach(
    `${segment} drops log up to ${floor}, and a read quorum has no pages of it.`,
    evidence,
  );
}

/** A page image that is handed on is what the log makes of it at its own LSN. */
export function damaged(books: Books, from: ActorId, page: Page | null): Breach | null {
  if (page === null || !isSegment(from)) return null;
  const { line } = books.copy(from);
  const wrong = books.wrongPage(line, page, page.lsn);
  if (wrong === null) return null;
  return breach(`${from} hands on ${wrong}.`, { segments: [from], pages: [page.no] });
}

/** The first thing found among several. */
export function first<T>(items: readonly T[], check: (item: T) => Breach | null): Breach | null {
  for (const item of items) {
    const found = check(item);
    if (found !== null) return found;
  }
  return null;
}

/** Page by page, and at a point that was durable at the time asked for. */
export function restoredTruly(
  { volume, lsn, wantedUs }: NoteOf<'volume-restored'>,
  books: Books,
): Breach | null {
  const evidence = { instances: [volume], lsns: [lsn] };
  const { line } = books;
  const reachedUs = books.reachedUs.get(lsn);
  if (!line.isPoint(lsn))
    return breach(`The volume is restored at ${lsn}, which is no consistency point.`, evidence);
  if (reachedUs === undefined || reachedUs > wantedUs)
    return breach(
      `The volume is restored at ${lsn}, durable at ${reachedUs} µs, not ${wantedUs}.`,
      evidence,
    );
  const restored = books.world.actor(volume)?.context as RestoredVolume | undefined;
  if (restored === undefined) return null;
  return first(line.pageNumbers(), (no) => {
    const wrong = books.wrongPage(line, pageIn(restored, no), lsn);
    return wrong === null ? null : breach(`${volume} has ${wrong}.`, { ...evidence, pages: [no] });
  });
}
