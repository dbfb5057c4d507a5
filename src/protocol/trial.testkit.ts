import type { Statement } from '../database/statement.ts';
import { DEFAULT_VOLUME } from '../database/volume.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import { compiled, type Driver } from '../engine/driver.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import { Kernel } from '../engine/kernel.ts';
import { type Micros, millis, seconds } from '../engine/time.ts';
import { auroraModel } from './aurora.ts';
import { type ClusterConfig, HARDINESS } from './config.ts';
import { hostsAndInstances } from './faults.testkit.ts';
import type { InstanceSettings } from './instance-settings.ts';
import type { Act, Intervention } from './intervention.ts';
import type { Network } from './network.ts';
import type { AuroraNote, NoteOf, NoteType } from './notes.ts';
import type { Replica } from './replica.ts';
import type { Segment } from './segment.ts';
import type { SegmentId } from './topology.ts';
import { nodeIn, replicaIn, segmentIn, writerIn } from './view-actors.ts';
import type { Writer } from './writer.ts';

const WORKLOAD: WorkloadConfig = {
  on: true,
  perSecond: 400,
  readPermille: 100,
  skewPermille: 200,
  statementsPerTransaction: 1,
};

export type Changes = Partial<Omit<ClusterConfig, 'workload'>> & {
  readonly workload?: Partial<WorkloadConfig>;
};

/** A small cluster that writes 400 transactions a second, changed as asked. */
export function config({ workload, ...changes }: Changes = {}): ClusterConfig {
  return {
    source: 'sql',
    groups: 4,
    pagesPerGroup: 16,
    hostsPerZone: 4,
    replicas: 2,
    connections: 4,
    cachePages: 24,
    builtPages: 8,
    allocationLimit: 1_000,
    ...HARDINESS,
    detection: { ...HARDINESS.detection, on: false },
    pgclRule: 'scl',
    lossPpm: 0,
    tailPpm: 0,
    tailUs: 0,
    volume: DEFAULT_VOLUME,
    ...changes,
    workload: { ...WORKLOAD, ...workload },
  };
}

/** What the instances of such a cluster are started with. */
export const settings = (changes: Changes = {}): InstanceSettings => ({
  ...config(changes),
  firstDatabase: null,
  firstGroups: config(changes).groups,
  firstLsn: 1_000,
  instances: ['W', 'R1', 'R2'],
});

/** Nothing but the log: one record a transaction, one group, no replicas. */
export const records = (changes: Changes = {}): ClusterConfig =>
  config({
    source: 'records',
    groups: 1,
    pagesPerGroup: 31,
    replicas: 0,
    connections: 1,
    ...changes,
  });

/** A cluster that does nothing unless asked. */
export const quiet = (changes: Changes = {}): ClusterConfig =>
  config({ ...changes, workload: { ...changes.workload, on: false } });

/** An intervention at a moment, before whatever else happens then. */
export const at = (ms: number, act: Act): Intervention => ({
  at: { timeUs: millis(ms), n: 0 },
  act,
});

/** Statements of one console session, handed to its client together. */
export const sql = (
  session: number,
  statements: readonly Statement[],
  endpoint: ActorId = 'W',
): Act => ({ op: 'sql', session, endpoint, statements, text: '' });

/** Everything broken is whole again, and the load stops. */
export function healing(ms: number, cluster: ClusterConfig): readonly Intervention[] {
  const targets = hostsAndInstances(cluster);
  const acts: Act[] = [
    { op: 'workload', workload: { ...cluster.workload, on: false } },
    { op: 'loss', ppm: 0 },
  ];
  for (const target of targets)
    acts.push(
      { op: 'restore', target },
      { op: 'slow', target, on: false },
      { op: 'isolate', target, on: false },
    );
  return acts.map((act) => at(ms, act));
}

/** A note with the moment it was told. */
export type Told<T extends NoteType = NoteType> = NoteOf<T> & { readonly atUs: Micros };

type See = (happening: Happening, trial: Trial) => void;

/** A run of a cluster that remembers what was told, and may be watched. */
export class Trial {
  readonly kernel: Kernel<Network, Intervention>;
  readonly config: ClusterConfig;
  readonly #told = new Map<NoteType, (AuroraNote & { atUs: Micros })[]>();
  readonly #sees: See[] = [];

  constructor(
    cluster: ClusterConfig,
    interventions: readonly Intervention[] = [],
    { seed = 1, driver = compiled() }: { seed?: number; driver?: Driver } = {},
  ) {
    this.config = cluster;
    const inOrder = interventions.toSorted((a, b) => a.at.timeUs - b.at.timeUs);
    this.kernel = new Kernel(auroraModel(cluster), seed, inOrder, driver);
  }

  /** Calls `see` after every event from here on. */
  watch(see: See): this {
    this.#sees.push(see);
    return this;
  }

  /** Carries out the next event; null when nothing is under way. */
  step(): Happening | null {
    const happening = this.kernel.step();
    if (happening === null) return null;
    for (const note of happening.notes as readonly AuroraNote[]) this.#keep(note, happening.timeUs);
    for (const see of this.#sees) see(happening, this);
    return happening;
  }

  /** Carries out every event up to a moment, in milliseconds from the beginning. */
  to(ms: number): this {
    const until = millis(ms);
    for (let next = this.kernel.nextUs(); next !== null && next <= until; ) {
      this.step();
      next = this.kernel.nextUs();
    }
    this.kernel.settle(until);
    return this;
  }

  /** So many events, or until nothing is under way. */
  events(count: number): this {
    for (let i = 0; i < count && this.step() !== null; i++);
    return this;
  }

  /** Runs until a condition holds; false when it has not within so many simulated seconds. */
  until(holds: () => boolean, withinSeconds = 60): boolean {
    const end = this.kernel.position.timeUs + seconds(withinSeconds);
    for (;;) {
      if (holds()) return true;
      const next = this.kernel.nextUs();
      if (next === null || next > end) return false;
      this.step();
    }
  }

  #keep(note: AuroraNote, atUs: Micros): void {
    let list = this.#told.get(note.type);
    if (list === undefined) {
      list = [];
      this.#told.set(note.type, list);
    }
    list.push({ ...note, atUs });
  }

  /** Everything told of one kind so far. */
  told<T extends NoteType>(type: T): readonly Told<T>[] {
    return (this.#told.get(type) ?? []) as unknown as readonly Told<T>[];
  }

  get writer(): Writer {
    return writerIn(this.kernel).context;
  }
  replica(id: ActorId): Replica {
    return replicaIn(this.kernel, id).context;
  }
  segment(id: SegmentId): Segment {
    return segmentIn(this.kernel, id).context;
  }
  /** An actor's chart state, as `up › normal · connected`. */
  stateOf(id: ActorId): string {
    return nodeIn(this.kernel, id).chart;
  }
}
