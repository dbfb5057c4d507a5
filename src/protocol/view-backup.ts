import type { Lsn } from '../database/ids.ts';
import { latest } from './object-store.ts';
import type { Segment } from './segment.ts';
import { isSound } from './segment-blocks.ts';
import { restoredIn, storeIn, type World } from './view-actors.ts';
import type { DamageView, RestoredView, StoreView } from './view-change.ts';

/** The object store: how far the volume could be restored now. */
export function storeView(world: World, vdl: Lsn): StoreView | null {
  if (world.network.cluster.config.backupEveryUs === 0) return null;
  const { context: store } = storeIn(world);
  const { vdl: backedUpTo, atUs } = latest(store);
  return { backedUpTo, restorableToUs: atUs, behind: vdl - backedUpTo };
}

/** A volume made from the backup; null before the first. */
export function restoredView(world: World): RestoredView | null {
  const { context: volume, state } = restoredIn(world);
  const { mark, left, total } = volume;
  if (mark === null || state === 'absent') return null;
  const begun = left.length < total;
  return {
    state: state === 'ready' ? 'open' : begun ? 'replaying' : 'copying',
    asOfUs: mark.atUs,
    vdl: mark.vdl,
    percent: state === 'ready' ? 100 : Math.floor((100 * (total - left.length)) / (total + 1)),
  };
}

/** Stored versions that do not have their sum any more: only whoever looks from outside sees them all. */
export function damageOf({ pages, scrub, firstPage }: Segment): readonly DamageView[] {
  if (scrub.soundAt > 0 && scrub.bad.length === 0) return NONE;
  return pages.flatMap((stored, index) => {
    const bad = stored.versions.some((_, i) => !isSound(stored, i));
    if (!bad) return [];
    const page = firstPage + index;
    const isFound = scrub.bad.some((each) => each.page === page);
    return [{ page, state: isFound ? 'repairing' : 'unnoticed' } as const];
  });
}

const NONE: readonly DamageView[] = [];
