import { groupOf } from '../database/layout.ts';
import type { Happening } from '../engine/happening.ts';
import type { Lookups, Told } from '../protocol/narration/told.ts';
import { hostOfSegment } from '../protocol/topology.ts';
import type { Scenario } from '../scenario/run.ts';
import type { ToldEvent } from './app-store.ts';
import type { RunPlayer } from './run-player.ts';

/** Rows offered before and after the present position. */
const PAST_ROWS = 120;
const FUTURE_ROWS = 40;
/** Events looked through for them: a rare filter does not search the whole run at every refresh. */
const SEARCHED = 2_000;

export interface ToldWindow {
  readonly rows: readonly ToldEvent[];
  /** True when older events were not searched. */
  readonly clipped: boolean;
}

/** Who sits where in a scenario's fleet, for sentences. */
export function placesOf({ config }: Scenario): Omit<Lookups, 'writer'> {
  return {
    hostOf: (segment) => hostOfSegment(config.hostsPerZone, segment),
    groupOf: (page) => groupOf(config, page),
  };
}

/** How events are put into words. */
export type Narrate = (happening: Happening, lookups: Lookups) => readonly Told[];

/** What is asked of a player whose run is told. */
type Narrated = Pick<RunPlayer, 'run' | 'writerAt'>;

/** Tells events in words, each once. */
export class Teller {
  readonly #narrate: Narrate;
  readonly #player: Narrated;
  readonly #places: Omit<Lookups, 'writer'>;
  readonly #rows = new WeakMap<Happening, readonly ToldEvent[]>();
  readonly #future = new WeakMap<ToldEvent, ToldEvent>();
  /** What passed the filter of the last window, which is mostly the filter of the next. */
  #passed = new WeakMap<Happening, readonly ToldEvent[]>();
  #filter: ((row: ToldEvent) => boolean) | null = null;

  constructor(narrate: Narrate, player: Narrated) {
    this.#narrate = narrate;
    this.#player = player;
    this.#places = placesOf(player.run().scenario);
  }

  rows(happening: Happening): readonly ToldEvent[] {
    const known = this.#rows.get(happening);
    if (known) return known;
    const { count, timeUs, n } = happening;
    const writer = this.#player.writerAt({ timeUs, n: n - 1 });
    const rows = this.#narrate(happening, { ...this.#places, writer }).map((told, row) => ({
      ...told,
      key: `${count}.${row}`,
      position: { timeUs, n },
      count,
      future: false,
    }));
    this.#rows.set(happening, rows);
    return rows;
  }

  /** The last row of an event that says something of the given weight; null when none does. */
  #lastIn(happening: Happening, wanted: (row: ToldEvent) => boolean): ToldEvent | null {
    return this.rows(happening).findLast(wanted) ?? null;
  }

  /** The last beat at or before the present position. */
  lastBeat(player: RunPlayer): ToldEvent | null {
    const { from } = player.kept();
    const least = Math.max(from, player.count() - SEARCHED);
    for (let count = player.count(); count >= least; count--) {
      const happening = player.happening(count);
      const row = happening && this.#lastIn(happening, ({ beat }) => beat !== null);
      if (row) return row;
    }
    return null;
  }

  /** The main row of the event that made the present position; null at the start. */
  present(player: RunPlayer): ToldEvent | null {
    const happening = player.happening(player.count());
    if (!happening) return null;
    return (
      this.#lastIn(happening, ({ beat }) => beat !== null) ?? this.#lastIn(happening, () => true)
    );
  }

  /** What the last step back undid: its last beat, or else the last thing there was to tell; null after anything else. */
  undone(player: Pick<RunPlayer, 'undid' | 'count' | 'happening'>): ToldEvent | null {
    const from = player.undid();
    if (from === null) return null;
    let found: ToldEvent | null = null;
    const least = Math.max(player.count(), from - SEARCHED);
    for (let count = from; count > least; count--) {
      const happening = player.happening(count);
      if (!happening) continue;
      const beat = this.#lastIn(happening, (row) => row.beat !== null);
      if (beat) return beat;
      found ??= this.#lastIn(happening, () => true);
    }
    return found;
  }

  /** Rows around the present position that pass, oldest first. The same filter is best the same function. */
  window(player: RunPlayer, passes: (row: ToldEvent) => boolean): ToldWindow {
    if (passes !== this.#filter) {
      this.#filter = passes;
      this.#passed = new WeakMap();
    }
    const kept = player.kept();
    const present = player.count();
    const past: ToldEvent[] = [];
    const least = Math.max(kept.from, present - SEARCHED);
    let count = present;
    for (; count >= least && past.length < PAST_ROWS; count--) {
      past.push(...this.#passing(player, count, passes).toReversed());
    }
    const future: ToldEvent[] = [];
    const most = Math.min(kept.to, present + SEARCHED);
    for (let next = present + 1; next <= most && future.length < FUTURE_ROWS; next++) {
      const rows = this.#passing(player, next, passes);
      future.push(...rows.map((row) => this.#ahead(row)));
    }
    return { rows: [...past.reverse(), ...future], clipped: count >= 1 };
  }

  /** The same row as one that is still to come: the same object each time, so that it is drawn once. */
  #ahead(row: ToldEvent): ToldEvent {
    const known = this.#future.get(row);
    if (known) return known;
    const made = { ...row, future: true };
    this.#future.set(row, made);
    return made;
  }

  #passing(
    player: RunPlayer,
    count: number,
    passes: (row: ToldEvent) => boolean,
  ): readonly ToldEvent[] {
    const happening = player.happening(count);
    if (!happening) return [];
    const known = this.#passed.get(happening);
    if (known) return known;
    const rows = this.rows(happening).filter(passes);
    this.#passed.set(happening, rows);
    return rows;
  }
}
