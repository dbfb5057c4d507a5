import type { GroupId } from '../protocol/record.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { AppStore } from './app-store.ts';
import type { RunPlayer } from './run-player.ts';

/** Faster than this, writes follow each other too closely for the focus to go with them. */
const FASTEST_US = 5_000;

/** The group of the newest record that has been sent; null before the first. */
function newestGroup(view: ClusterView): GroupId | null {
  let newest: { readonly id: GroupId; readonly lsn: number } | null = null;
  for (const { id, meter } of view.groups)
    if (meter !== null && (newest === null || meter.lsn > newest.lsn))
      newest = { id, lsn: meter.lsn };
  return newest?.id ?? null;
}

/** Lets the focus go with the newest write, so that the meter shows the record at hand. */
export function leadFocus(player: RunPlayer, store: AppStore): void {
  if (player.state() === 'playing' && player.rateUs() > FASTEST_US) return;
  const group = newestGroup(player.view());
  if (group !== null) store.getState().leadFocus(group);
}
