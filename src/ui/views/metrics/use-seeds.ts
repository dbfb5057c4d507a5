import { useMemo, useSyncExternalStore } from 'react';
import { slicesOf } from '../../../history/seed-spread.ts';
import { summaryOf } from '../../../history/seed-summary.ts';
import type { TimeRange } from '../../../scene/metrics/range.ts';
import type { Seeds } from '../../../scene/metrics/seeds.ts';
import { numberText } from '../../../scene/words.ts';
import {
  ManySeeds,
  MOST_SEEDS,
  type SeedState,
  type SeedThread,
} from '../../../store/many-seeds.ts';
import type { RunPlayer } from '../../../store/run-player.ts';
import { type Page, usePage } from '../../hooks/page.ts';

/** More threads than this bring little and take much. */
const MOST_THREADS = 4;

/** Charts and table show the same, and it outlives either. */
const known = new WeakMap<RunPlayer, ManySeeds>();

function seedsOf(page: Page): ManySeeds {
  const there = known.get(page.player);
  if (there) return there;
  const made = new ManySeeds({
    thread: () =>
      new Worker(new URL('../../../store/seeds-worker.ts', import.meta.url), {
        type: 'module',
      }) as SeedThread,
    threads: Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency - 1)),
    now: () => performance.now(),
  });
  known.set(page.player, made);
  keepHonest(made, page);
  return made;
}

/** Stops when nobody looks any more, forgets what is of another run, and says when it is ready. */
function keepHonest(seeds: ManySeeds, { player, store, say }: Page): void {
  store.subscribe(({ tab }) => {
    if (tab !== 'metrics' && seeds.state().isRunning) seeds.cancel();
  });
  player.subscribe(() => {
    const { run, isRunning } = seeds.state();
    if (run === null || run === player.run()) return;
    seeds.forget();
    if (isRunning) say('The run was changed. The other seeds of the run before were stopped.');
  });
  let wasRunning = false;
  seeds.subscribe(() => {
    const { isRunning, result, problem } = seeds.state();
    const isReady = wasRunning && !isRunning && result?.seeds === MOST_SEEDS;
    wasRunning = isRunning;
    if (isReady) say(`${numberText(MOST_SEEDS)} seeds are ready. The charts show what they did.`);
    if (problem !== null) say(problem);
  });
}

interface UsedSeeds {
  readonly state: SeedState;
  /** What they did, for the charts; null before the first have come. */
  readonly shown: Seeds | null;
  begin(range: TimeRange): void;
  cancel(): void;
  forget(): void;
}

/** What other seeds of the present run did, and how to run them. */
export function useSeeds(): UsedSeeds {
  const page = usePage();
  const seeds = seedsOf(page);
  const state = useSyncExternalStore(seeds.subscribe, seeds.state);
  const { result } = state;
  const shown = useMemo(
    () => result && { summary: summaryOf(result.spread, result.slices), count: result.seeds },
    [result],
  );
  return {
    state,
    shown,
    begin: ({ fromUs, knownUs }) =>
      seeds.begin(
        page.player.run(),
        slicesOf(Math.max(0, Math.floor(fromUs)), Math.max(1, Math.floor(knownUs))),
      ),
    cancel: () => seeds.cancel(),
    forget: () => seeds.forget(),
  };
}
