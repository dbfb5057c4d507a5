import { useLayoutEffect, useReducer, useState } from 'react';
import { AuroraCommits } from '../../../history/aurora-commits.ts';
import type { Both } from '../../../scene/compare/pairs.ts';
import { MirroredRun } from '../../../store/mirrored-run.ts';
import { RunReader } from '../../../store/run-reader.ts';
import { type Page, usePage } from '../../hooks/page.ts';

/** One for each page: what was computed stays when another view is looked at. */
const made = new WeakMap<Page['player'], MirroredRun>();

function mirrorOf({ player, frames }: Page): MirroredRun {
  const known = made.get(player);
  if (known) return known;
  const fresh = new MirroredRun({ player, frames });
  made.set(player, fresh);
  return fresh;
}

/** One run as it goes on either system. */
export interface ComparedRuns {
  readonly mirrored: MirroredRun;
  /** What either has committed, up to the furthest moment computed. */
  both(): Both;
}

/** The run on both systems. Shows anew what was computed while the run itself stood. */
export function useComparison(): ComparedRuns {
  const page = usePage();
  const { player } = page;
  const mirrored = mirrorOf(page);
  const [reader] = useState(() => new RunReader(() => new AuroraCommits()));
  const [, showAnew] = useReducer((times: number) => times + 1, 0);
  // Before the picture watches the run: it then finds the other system where the run is.
  useLayoutEffect(
    () =>
      mirrored.watch(() => {
        if (player.state() !== 'playing') showAnew();
      }),
    [mirrored, player],
  );
  return {
    mirrored,
    both: () => ({ aurora: reader.upToEdge(player), mysql: mirrored.commits }),
  };
}
