import { arm, type Delivery, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Signal } from './messages.ts';
import { signal } from './messages.ts';
import { note } from './note.ts';
import { copyOf, counted, imageAt, type Segment, STEP, type StoredPage } from './segment.ts';
import { COLLECT_EVERY_US } from './segment-background.ts';

/** How long log is kept for a member that lacks it; after that the member gets base pages instead. */
const KEEP_FOR_LAGGARDS_US = 60_000_000;
const COALESCE_PAUSE = { fromUs: 200, toUs: 600 };

/**
 * Step 5: a page with a long chain gets a new version, out of place (SIGMOD'17 §3.2). Old versions
 * stay until nobody can read them; the log stays too.
 */
export function coalesce(segment: Segment): Outcome<Segment> {
  const index = segment.coalescing[0];
  const rest = segment.coalescing.slice(1);
  const effects: Effect[] =
    rest.length > 0 ? [arm('coalesce', COALESCE_PAUSE, signal('COALESCE'))] : [];
  const next = copyOf(segment);
  next.coalescing = rest;
  const stored = index === undefined ? undefined : segment.pages[index];
  if (index === undefined || stored === undefined || stored.chain === 0) return [next, effects];
  const image = imageAt(segment, index, segment.scl);
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
  const page: StoredPage = { versions: [...stored.versions, image], head: stored.head, chain: 0 };
  next.pages = segment.pages.with(index, page);
  next.steps = counted(segment.steps, STEP.coalesce);
  return [next, effects];
}

/**
 * Step 7: log below the lowest read point is folded into base pages and dropped (SIGMOD'18 §3.4).
 * What a peer may still lack is kept for a minute.
 */
export function collect(segment: Segment, { atUs }: Delivery<Signal<'COLLECT'>>): Outcome<Segment> {
  const wanted = Math.min(segment.pgmrpl, segment.scl);
  const heldSinceUs = wanted > segment.complete ? (segment.heldSinceUs ?? atUs) : null;
  const waitOver = heldSinceUs !== null && atUs - heldSinceUs >= KEEP_FOR_LAGGARDS_US;
  const target = waitOver ? wanted : Math.min(wanted, segment.complete);
  const next = copyOf(segment);
  next.heldSinceUs = heldSinceUs;
  foldTo(next, target);
  const dropped = segment.log.length - next.log.length;
  const effects: Effect[] = [];
  if (dropped > 0)
    effects.push(
      note({ type: 'collected', segment: segment.id, floor: next.floor, records: dropped }),
    );
  const more = next.log.length > 0;
  if (more) effects.push(arm('collect', COLLECT_EVERY_US, signal('COLLECT')));
  next.collecting = more;
  return [next, effects];
}

/** Every page gets a base at the target, and everything older goes. */
function foldTo(segment: Mutable<Segment>, target: number): void {
  if (target <= segment.floor) return;
  segment.pages = segment.pages.map((stored, index) => folded(segment, stored, index, target));
  segment.log = segment.log.drop(segment.log.firstIndex(({ lsn }) => lsn > target));
  segment.floor = target;
  segment.steps = counted(segment.steps, STEP.collect);
}

function folded(segment: Segment, stored: StoredPage, index: number, target: number): StoredPage {
  const newest = stored.versions[stored.versions.length - 1];
  if (stored.versions.length === 1 && stored.head === newest?.lsn) return stored;
  const base = imageAt(segment, index, target);
  const later = stored.versions.filter(({ lsn }) => lsn > target);
  const versions = [base, ...later];
  const top = versions[versions.length - 1]?.lsn ?? base.lsn;
  const chain = later.length > 0 ? stored.chain : countAbove(segment, stored, top);
  return { versions, head: Math.max(stored.head, base.lsn), chain };
}

/** Records of the page above its new base: what is left of the chain. */
function countAbove(segment: Segment, { head }: StoredPage, above: number): number {
  let count = 0;
  for (let lsn = head; lsn > above; count++) {
    const at = segment.log.firstIndex((record) => record.lsn >= lsn);
    const record = segment.log.at(at);
    if (record === undefined || record.lsn !== lsn) break;
    lsn = record.prevBlockLsn;
  }
  return count;
}
