import { bootstrapVolume } from '../database/volume.ts';
import type { Happening } from '../engine/happening.ts';
import { PageOwners } from '../history/page-owners.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { RunPlayer } from './run-player.ts';

/** Whose pages are at the present position; the same object for as long as nobody gets any. */
export class PageOwnersReader {
  #config: ClusterConfig | null = null;
  #last: Happening | null = null;
  #owners: PageOwners | null = null;

  now(player: RunPlayer): PageOwners {
    const { config } = player.run().scenario;
    const events = player.landmarks();
    const last = events.at(-1) ?? null;
    // Another past has other accounts: the last landmark stands for all before it.
    if (this.#owners === null || config !== this.#config || last !== this.#last) {
      this.#config = config;
      this.#last = last;
      this.#owners = new PageOwners(bootstrapVolume(config.volume, config), config, events);
    }
    return this.#owners;
  }
}
