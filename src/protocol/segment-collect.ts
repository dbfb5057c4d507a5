import type { Lsn } from '../database/ids.ts';
import { below, redraw } from '../engine/chance.ts';
import { arm, type Delivery, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { crcOf } from './block-crc.ts';
import { isFull } from './membership.ts';
import type { DiskDone } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { copyOf, counted, type Segment, STEP, type StoredPage } from './segment.ts';
import { COLLECT_EVERY_US } from './segment-background.ts';
import { countAbove, soundImage, withVersion } from './segment-blocks.ts';
import { question } from './segment-gossip.ts';
import { foundBad } from './segment-scrub.ts';

/** How long log is kept for a member that lacks it; after that the member gets base pages instead. */
const KEEP_FOR_LAGGARDS_US = 60_000_000;
/** The draw from a turn's luck that decides which full peer is asked. */
const WHICH_FULL = 8;
/** Between two pages, so that reads and writes get the disk in turn. */
const COALESCE_PAUSE = { fromUs: 200, toUs: 600 };

/**
 * Step 5: a page with a long chain gets a new version, out of place (SIGMOD'17 §3.2). Old versions
 * stay until nobody can read them; the log stays too.
 */
export function coalesce(segment: Segment, { atUs }: Delivery<DiskDone>): Outcome<Segment> {
  const index = segment.coalescing[0];
  const rest = segment.coalescing.slice(1);
  const effects: Effect[] =
    rest.length > 0 ? [arm('coalesce', COALESCE_PAUSE, signal('COALESCE'))] : [];
  const next = copyOf(segment);
  next.coalescing = rest;
  const stored = index === undefined ? undefined : segment.pages[index];
  if (index === undefined || stored === undefined || stored.chain === 0) return [next, effects];
  const image = soundImage(segment, index, segment.scl);
  if (image === null) {
    foundBad(next, index, segment.scl, 'coalesce', atUs, effects);
    return [next, effects];
  }
  effects.push(
    note({
      type: 'coalesced',
      segment: segment.id,
      page: image.no,
      from: stored.versions[stored.versions.length - 1]?.lsn ?? 0,
      to: image.lsn,
      records: stored.chain,
    }),
  );
  next.pages = segment.pages.with(index, withVersion(stored, image));
  next.steps = counted(segment.steps, STEP.coalesce);
  return [next, effects];
}

/**
 * Step 7: log below the lowest read point is folded into base pages and dropped (SIGMOD'18 §3.4), but
 * only what is in the object store (§2.1). What a peer may still lack is kept for a minute.
 */
export function collect(segment: Segment, { atUs, luck }: Delivery<DiskDone>): Outcome<Segment> {
  const wanted = collectable(segment);
  const heldSinceUs = wanted > segment.allCompleteTo ? (segment.heldSinceUs ?? atUs) : null;
  const waitOver = heldSinceUs !== null && atUs - heldSinceUs >= KEEP_FOR_LAGGARDS_US;
  const target = waitOver ? wanted : Math.min(wanted, segment.allCompleteTo);
  const next = copyOf(segment);
  next.heldSinceUs = heldSinceUs;
  const mayDrop = foldedElsewhere(segment, target);
  const effects: Effect[] = mayDrop < target ? askFull(segment, luck) : [];
  foldTo(next, mayDrop, atUs, effects);
  const dropped = segment.log.length - next.log.length;
  if (dropped > 0)
    effects.push(
      note({ type: 'collected', segment: segment.id, floor: next.floor, records: dropped }),
    );
  const more = next.log.length > 0;
  if (more) effects.push(arm('collect', COLLECT_EVERY_US, signal('COLLECT')));
  next.collecting = more;
  return [next, effects];
}

/** Nobody reads below this any more, and the object store has it. */
function collectable({ pgmrpl, scl, backup, upkeep, mutations }: Segment): Lsn {
  const unread = mutated(mutations, 'collect-ignores-reads') ? scl : Math.min(pgmrpl, scl);
  const isKept = upkeep.backupEveryUs > 0 && !mutated(mutations, 'collect-before-backup');
  return !isKept ? unread : Math.min(unread, backup.upTo);
}

/**
 * How far a segment may drop log as far as base pages are concerned. A full one makes them itself; a tail
 * has none, so it waits for a full one to have them (SIGMOD'18 §4.2).
 */
const foldedElsewhere = ({ kind, folded, mutations }: Segment, target: Lsn): Lsn =>
  kind === 'full' || mutated(mutations, 'tail-drops-first') ? target : Math.min(target, folded);

/** A tail asks one of the full members how far it is. */
function askFull(segment: Segment, luck: number): Effect[] {
  const full = segment.peers.filter((peer) => isFull(segment.membership, peer));
  const peer = full[below(redraw(luck, WHICH_FULL), full.length)];
  return peer === undefined ? [] : [...question(segment, peer)];
}

/** Every page gets a base at the target, and everything older goes; a bad base is repaired first. */
function foldTo(segment: Mutable<Segment>, target: Lsn, atUs: Micros, effects: Effect[]): void {
  if (target <= segment.floor) return;
  const pages: StoredPage[] = [];
  for (const [index, stored] of segment.pages.entries()) {
    const page = folded(segment, stored, index, target);
    if (page === null) foundBad(segment, index, target, 'collect', atUs, effects);
    else pages.push(page);
  }
  if (pages.length < segment.pages.length) return;
  segment.pages = pages;
  segment.log = segment.log.drop(segment.log.firstIndex(({ lsn }) => lsn > target));
  segment.floor = target;
  segment.steps = counted(segment.steps, STEP.collect);
}

function folded(
  segment: Segment,
  stored: StoredPage,
  index: number,
  target: Lsn,
): StoredPage | null {
  const newest = stored.versions[stored.versions.length - 1];
  if (stored.versions.length === 1 && stored.head === newest?.lsn) return stored;
  const base = soundImage(segment, index, target);
  if (base === null) return null;
  const from = stored.versions.findIndex(({ lsn }) => lsn > target);
  const later = from === -1 ? stored.versions.length : from;
  const versions = [base, ...stored.versions.slice(later)];
  const sums = [crcOf(base), ...stored.sums.slice(later)];
  const top = versions[versions.length - 1]?.lsn ?? base.lsn;
  const isNewest = versions.length === 1;
  const chain = isNewest ? countAbove(segment, stored.head, top) : stored.chain;
  return { versions, sums, head: Math.max(stored.head, base.lsn), chain };
}
