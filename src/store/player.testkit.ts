import { setup } from 'xstate';
import { arm, type Delivery, type Outcome, send } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import type { Model } from '../engine/model.ts';
import { protocolActions, step } from '../engine/step.ts';
import { Timeline } from '../engine/timeline.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Run, Scenario } from '../scenario/run.ts';
import type { Frames } from './frames.ts';
import { type PlayerParts, TimelinePlayer } from './player.ts';
import { type OpenTimeline, overTimeline } from './run-timeline.ts';

/** A wall clock moved by hand. Counts every animation frame asked for. */
export class HandFrames implements Frames {
  nowMs = 1_000;
  requested = 0;
  /** What each look at the clock costs: makes the engine slow. */
  costMs = 0;
  #visible = true;
  #next = 1;
  #waiting = new Map<number, (nowMs: number) => void>();
  #timers: { readonly atMs: number; readonly callback: () => void }[] = [];
  #listeners: (() => void)[] = [];

  now(): number {
    this.nowMs += this.costMs;
    return this.nowMs;
  }
  request(callback: (nowMs: number) => void): number {
    this.requested++;
    this.#waiting.set(this.#next, callback);
    return this.#next++;
  }
  cancel(request: number): void {
    this.#waiting.delete(request);
  }
  after(ms: number, callback: () => void): () => void {
    const timer = { atMs: this.nowMs + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer);
    };
  }
  visible(): boolean {
    return this.#visible;
  }
  onVisibility(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {};
  }

  get waiting(): number {
    return this.#waiting.size + this.#timers.length;
  }
  show(visible: boolean): void {
    this.#visible = visible;
    for (const listener of this.#listeners) listener();
  }
  /** Lets wall time pass in frames of `frameMs`. */
  pass(ms: number, frameMs = 16): void {
    const end = this.nowMs + ms;
    while (this.nowMs < end) {
      this.nowMs = Math.min(end, this.nowMs + frameMs);
      const due = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const callback of due) callback(this.nowMs);
      const timers = this.#timers.filter((t) => t.atMs <= this.nowMs);
      this.#timers = this.#timers.filter((t) => t.atMs > this.nowMs);
      for (const { callback } of timers) callback();
    }
  }
}

interface Ticks {
  readonly ticks: number;
}

/** Every 250 µs one event; every fourth is a beat, every eighth a commit. */
const tick = ({ ticks }: Ticks, _: Delivery): Outcome<Ticks> => {
  const type = ticks % 8 === 7 ? 'commit-returned' : ticks % 4 === 3 ? 'mtr-closed' : 'received';
  return [
    { ticks: ticks + 1 },
    [
      { kind: 'note', note: { type, ticks } as { type: string } },
      arm('tick', 250, { type: 'TICK' }),
      ...(ticks % 2 === 1 ? [send('echo', { type: 'ECHO' })] : []),
    ],
  ];
};
const heard = ({ ticks }: Ticks, _: Delivery): Outcome<Ticks> => [{ ticks: ticks + 1 }, []];

const metronome = setup({
  types: { context: {} as Ticks, events: {} as Delivery },
  actions: protocolActions,
}).createMachine({
  context: { ticks: 0 },
  on: {
    TICK: { actions: step(tick) },
    ECHO: { actions: step(heard) },
    POKE: { actions: step(heard) },
  },
});

const toy: Model<null, Intervention> = {
  network: null,
  start: [{ to: 'metronome', message: { type: 'TICK' } }],
  birth: () => ({ machine: metronome, input: undefined }),
  // Echoes arrive with the tick after: two events in one microsecond.
  transmit: (network) => ({ network, delayUs: 250, lost: null, againUs: null }),
  sample: () => 1,
  react: (network, { act }) => ({
    network,
    posts: [{ to: 'target' in act ? (act.target ?? 'poked') : 'poked', message: { type: 'POKE' } }],
    notes: [],
  }),
};

export const toyView = (timeUs: number, events: number): ClusterView => ({
  timeUs,
  volume: {
    ...{ allocated: 0, vcl: 0, vdl: 0, allocationLimit: 0, epoch: 1, pgmrpl: 0 },
    ...{ geometryEpoch: 1, model: '4/6', ranges: [] },
  },
  zones: [],
  instances: [],
  hosts: [],
  groups: [],
  flights: [],
  transactions: [],
  rebuilds: [],
  clients: [],
  endpoint: { writer: 'W', sinceUs: 0, moving: false },
  control: {
    ...{ state: 'available', chart: 'available', failover: null, suspects: [] },
    ...{ patching: [], withoutZone: null, growing: null },
  },
  store: null,
  restored: null,
  counters: { events, messages: 0, commits: 0, batches: 0, lost: 0 },
});

/** The toy's timeline, as the player opens it. */
export const openToy: OpenTimeline = (run) => {
  const timeline = new Timeline(toy, run.seed, run.interventions);
  return overTimeline(timeline, {
    view: ({ position, count }) => toyView(position.timeUs, count),
    machineState: () => null,
  });
};

const scenario = { id: 'toy', title: 'Toy', says: 'Ticks.', lengthUs: 100_000 } as Scenario;
export const toyRun: Run = { scenario, seed: 7, interventions: [] };

const notes = ({ notes }: Happening): readonly string[] => notes.map(({ type }) => type);

/** A player over the toy model and a clock moved by hand. */
export function toyPlayer(parts: Partial<PlayerParts> = {}): {
  readonly player: TimelinePlayer;
  readonly frames: HandFrames;
} {
  const frames = new HandFrames();
  const player = new TimelinePlayer(
    {
      open: openToy,
      frames,
      grains: {
        isBeat: (h) => notes(h).some((n) => n !== 'received'),
        isCommit: (h) => notes(h).includes('commit-returned'),
      },
      scenarios: [scenario],
      pauseAt: () => null,
      reducedMotion: () => false,
      nothingAhead: () => {},
      guided: () => false,
      computed: () => {},
      ...parts,
    },
    toyRun,
  );
  return { player, frames };
}

export const crash = (target: string): Act => ({ op: 'crash', target });

/** A position: by default after everything that happens in its microsecond. */
export const at = (timeUs: number, n = Number.MAX_SAFE_INTEGER) => ({ timeUs, n });
