import { comparePositions } from '../engine/time.ts';
import type { Told } from '../protocol/narration/told.ts';
import type { AppStore, Fault, Summary } from './app-store.ts';
import { passing } from './filter-match.ts';
import type { Follower } from './follow.ts';
import type { Following } from './following.ts';
import type { Frames } from './frames.ts';
import type { RunPlayer } from './run-player.ts';
import { RunReader } from './run-reader.ts';
import { type Narrate, placesOf, Teller } from './telling.ts';
import type { Verdict } from './verdict.ts';

/** React shows the run at most this often while it plays. */
const PERIOD_MS = 100;

export interface FeedParts {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly frames: Frames;
  verdict(): Verdict;
}

/** Copies what React shows of the player into the store: at once when it stands, ten times a second when it moves. */
export class SummaryFeed {
  readonly #parts: FeedParts;
  readonly #listeners = new Set<() => void>();
  /** Words come after the first picture. */
  #narrate: Narrate = () => [];
  #teller: Teller;
  #scenario: unknown;
  #passes: (told: Told) => boolean;
  #lastMs = Number.NEGATIVE_INFINITY;
  #Follower: typeof Follower | null = null;
  #follow: { readonly txn: number; readonly reader: RunReader<Follower> } | null = null;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    const { scenario } = parts.player.run();
    this.#scenario = scenario;
    this.#teller = new Teller(this.#narrate, parts.player);
    const state = parts.store.getState();
    this.#passes = passing(state.filter, state);
    parts.player.subscribe(() => this.#moved());
    parts.store.subscribe((now, before) => {
      const same =
        now.filter === before.filter &&
        now.selection === before.selection &&
        now.followedTxn === before.followedTxn;
      if (same) return;
      this.#passes = passing(now.filter, now);
      this.refresh();
    });
    this.refresh();
  }

  /** From now on events are told, and writes can be followed. */
  use(narrate: Narrate, follower: typeof Follower): void {
    this.#narrate = narrate;
    this.#Follower = follower;
    this.#teller = new Teller(narrate, this.#parts.player);
    this.refresh();
  }

  get teller(): Teller {
    return this.#teller;
  }

  /** Called after each refresh. */
  onRefresh(listener: () => void): void {
    this.#listeners.add(listener);
  }

  refresh(): void {
    const { player, store, frames } = this.#parts;
    this.#lastMs = frames.now();
    const { scenario } = player.run();
    if (scenario !== this.#scenario) {
      this.#scenario = scenario;
      this.#teller = new Teller(this.#narrate, player);
    }
    store.getState().setSummary(this.#summary());
    for (const listener of this.#listeners) listener();
  }

  /** Time passing can wait for its turn; what a person did is shown at once. */
  #moved(): void {
    const { player, frames, store } = this.#parts;
    const { state, interventions, rateUs } = store.getState().summary;
    const done =
      player.state() === 'paused' ||
      player.state() !== state ||
      player.run().interventions !== interventions ||
      player.rateUs() !== rateUs;
    if (done || frames.now() - this.#lastMs >= PERIOD_MS) this.refresh();
  }

  #summary(): Summary {
    const { player, verdict } = this.#parts;
    const { scenario, seed, interventions } = player.run();
    return {
      state: player.state(),
      position: player.position(),
      shownUs: player.shownUs(),
      edge: player.edge(),
      atEdge: comparePositions(player.position(), player.edge()) >= 0,
      rateUs: player.rateUs(),
      slowBy: player.slowBy(),
      seeking: player.seeking(),
      skipped: player.skipped(),
      replays: player.replays(),
      loop: player.loop(),
      count: player.count(),
      view: player.view(),
      scenarioId: scenario.id,
      seed,
      interventions,
      canUndo: player.canUndo(),
      canRedo: player.canRedo(),
      branches: player.branches(),
      fault: faultOf(player),
      ...this.#words(),
      checker: verdict(),
    };
  }

  /** What is told; on a long way what was told before it: putting all that passes into words would take longer than the way. */
  #words(): Pick<Summary, 'sentence' | 'undid' | 'told' | 'toldClipped' | 'following'> {
    const { player, store } = this.#parts;
    const { summary, followedTxn } = store.getState();
    if (player.state() === 'seeking') {
      const { sentence, told, toldClipped, following } = summary;
      return { sentence, undid: '', told, toldClipped, following };
    }
    const window = this.#teller.window(player, this.#passes);
    return {
      sentence: this.#teller.lastBeat(player)?.sentence ?? '',
      undid: this.#teller.undone(player)?.sentence ?? '',
      told: window.rows,
      toldClipped: window.clipped,
      following: this.#following(followedTxn),
    };
  }

  #following(txn: number | null): Following | null {
    const { player } = this.#parts;
    const made = this.#Follower;
    if (txn === null || made === null) this.#follow = null;
    else if (this.#follow?.txn !== txn) {
      this.#follow = { txn, reader: new RunReader(() => this.#follower(made, txn)) };
    }
    return this.#follow?.reader.upToNow(player).result() ?? null;
  }

  #follower(made: typeof Follower, txn: number): Follower {
    const { player } = this.#parts;
    const { instances } = player.view();
    const replicas = instances.filter((i) => i.role === 'replica' && i.state === 'open');
    const { hostOf } = placesOf(player.run().scenario);
    return new made({ txn, hostOf, replicas: replicas.map(({ id }) => id) });
  }
}

function faultOf(player: RunPlayer): Fault | null {
  const fault = player.fault();
  if (!fault) return null;
  const { scenario, seed } = player.run();
  return {
    sentence: `The simulation contradicted itself: ${fault.message}. This is our bug.`,
    details: `${scenario.id}, seed ${seed}, event ${player.count()}\n${fault.stack ?? fault.message}`,
  };
}
