import { useState } from 'react';
import { type Fleet, liveFleet } from '../../../history/fleet.ts';
import { fleetAtScale } from '../../../history/fleet-at-scale.ts';
import type { ClusterView } from '../../../protocol/view.ts';
import type { FleetScale } from '../../../store/app-store.ts';
import { usePage } from '../../hooks/page.ts';
import { type PagesOf, usePageOwners } from '../../hooks/use-page-owners.ts';

/** All that a volume laid out by rule takes from the run: which hosts are away, which places count. */
const keyOf = ({ hosts, volume, groups }: ClusterView, groupCount: number): string =>
  [
    groupCount,
    volume.model,
    ...hosts.map(({ id, state, isolated }) => `${id}${state}${isolated}`),
    ...(groups[0]?.places ?? []).map(({ struck }) => struck),
  ].join(' ');

/** Remembers the last fleet, as long as nothing in it has changed. */
class FleetMemo {
  #key: unknown = null;
  #fleet: Fleet | null = null;

  of(view: ClusterView, scale: FleetScale, pages: PagesOf): Fleet {
    const key = scale === 'live' ? view : keyOf(view, scale);
    if (this.#fleet === null || key !== this.#key) {
      this.#key = key;
      this.#fleet = scale === 'live' ? liveFleet(view, pages) : fleetAtScale(view, scale);
    }
    return this.#fleet;
  }
}

/** The fleet at the present moment; the same object for as long as nothing in it changes. */
export function useFleet(scale: FleetScale): () => Fleet {
  const { player } = usePage();
  const [memo] = useState(() => new FleetMemo());
  const owners = usePageOwners();
  return () => memo.of(player.view(), scale, (group) => owners().group(group));
}
