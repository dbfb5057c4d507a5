import { each, type SortedMap } from '../database/sorted-map.ts';
import { begin } from '../engine/driver.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Kernel } from '../engine/kernel.ts';
import type { Micros } from '../engine/time.ts';
import type { BaselineIntervention } from './act.ts';
import { birthOf } from './baseline.ts';
import type { BlockVolume } from './block-volume.ts';
import type { BlockKind } from './blocks.ts';
import type { BaselineCounters, Mysql, Waterfall } from './mysql.ts';
import type { BaselineNetwork } from './network.ts';
import { INSTANCES, MIRRORS, VOLUMES, ZONES, type Zone } from './places.ts';

export type BaselineWorld = Kernel<BaselineNetwork, BaselineIntervention>;

/** What may be shown of the mirrored database at one moment: plain data. */
export interface BaselineView {
  readonly timeUs: Micros;
  readonly instances: readonly BaselineInstanceView[];
  readonly volumes: readonly VolumeView[];
  readonly flights: readonly BaselineFlight[];
  /** Of whichever instance has done the writing so far. */
  readonly counters: BaselineCounters;
  /** The latest write of the commit path. All of it is critical: no two of its steps overlap. */
  readonly latest: Waterfall | null;
}

interface BaselineInstanceView {
  readonly id: ActorId;
  readonly zone: Zone;
  readonly role: 'active' | 'standby';
  readonly state: string;
  /** What the active instance thinks of its standby. */
  readonly standby: Mysql['standby'];
  readonly lastLsn: number;
  readonly committed: number;
  readonly checkpoint: number;
  /** Records above the checkpoint: what recovery would have to replay, and how many there is room for. */
  readonly logUsed: number;
  readonly logRecords: number;
  readonly dirtyPages: number;
  readonly cachedPages: number;
  readonly cachePages: number;
  readonly group: { readonly phase: string; readonly commits: number } | null;
  readonly waitingCommits: number;
  readonly flushing: { readonly pages: number; readonly phase: 'double-write' | 'pages' } | null;
  readonly writesUnderWay: number;
  readonly stalledSessions: number;
  readonly recovery: { readonly applied: number; readonly records: number } | null;
}

interface VolumeView {
  readonly id: ActorId;
  readonly zone: Zone;
  readonly kind: 'volume' | 'mirror';
  readonly state: 'up' | 'slow' | 'down';
  /** Requests that wait for bandwidth. */
  readonly queue: number;
  /** Blocks that are here and not on the mirror yet. */
  readonly unmirrored: number;
  readonly lastLsn: number;
}

/** A block or its confirmation on its way. */
interface BaselineFlight {
  readonly id: number;
  readonly from: ActorId;
  readonly to: ActorId;
  readonly sentUs: Micros;
  readonly dueUs: Micros;
  readonly type: string;
  readonly block: BlockKind | null;
}

/** Everything that may be shown of the present moment. Pure. */
export function baselineViewOf(world: BaselineWorld): BaselineView {
  const both = ZONES.map((zone) => seen<Mysql>(world, INSTANCES[zone]));
  const active = both.map(({ context }) => context).filter(({ role }) => role === 'active');
  const [newest] = active.toSorted((a, b) => b.term - a.term);
  const volumes = ZONES.flatMap((zone) => [
    volumeView(world, zone, 'volume'),
    volumeView(world, zone, 'mirror'),
  ]);
  const writer = newest ?? (both[0] as Seen<Mysql>).context;
  return {
    timeUs: world.position.timeUs,
    instances: ZONES.map((zone, i) => instanceView(zone, both[i] as Seen<Mysql>)),
    volumes,
    flights: flightsIn(world),
    counters: writer.counters,
    latest: writer.latest,
  };
}

interface Seen<C> {
  readonly context: C;
  readonly state: string;
}

/** An actor as it is, or as it will begin. The last word of its chart's state says most. */
function seen<C>(world: BaselineWorld, id: ActorId): Seen<C> {
  const actor = world.actor(id);
  if (actor !== undefined)
    return { context: actor.context as C, state: lastWord(actor.snapshot.value) };
  const { machine, input } = birthOf(world.network.cast, id);
  const { context, snapshot } = begin(machine, input);
  return { context: context as C, state: lastWord(snapshot.value) };
}

function lastWord(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return lastWord(Object.values(value)[0]);
}

function sizeOf<V>(map: SortedMap<number, V>): number {
  let size = 0;
  each(map, () => {
    size++;
  });
  return size;
}

function instanceView(zone: Zone, { context, state }: Seen<Mysql>): BaselineInstanceView {
  const { setup, db, group, flush, recovery, checkpoint } = context;
  const lastLsn = context.nextLsn - 1;
  return {
    id: setup.id,
    zone,
    role: context.role,
    state,
    standby: context.standby,
    lastLsn,
    committed: context.committed,
    checkpoint,
    logUsed: lastLsn - checkpoint,
    logRecords: setup.logRecords,
    dirtyPages: sizeOf(context.dirty),
    cachedPages: db.cache.size,
    cachePages: setup.cachePages,
    group: group && { phase: group.phase, commits: group.commits.length },
    waitingCommits: context.commits.length,
    flushing: flush && {
      pages: flush.left ?? flush.pages.length,
      phase: flush.left === null ? 'double-write' : 'pages',
    },
    writesUnderWay: sizeOf(context.ios),
    stalledSessions: context.stalled.length,
    recovery: recovery && { applied: recovery.next, records: recovery.records.length },
  };
}

function volumeView(world: BaselineWorld, zone: Zone, kind: VolumeView['kind']): VolumeView {
  const id = kind === 'volume' ? VOLUMES[zone] : MIRRORS[zone];
  const { context, state } = seen<BlockVolume>(world, id);
  const { queue, unmirrored, store } = context;
  return {
    id,
    zone,
    kind,
    state: state === 'slow' || state === 'down' ? state : 'up',
    queue: queue.length,
    unmirrored: sizeOf(unmirrored),
    lastLsn: store.log.last?.lsn ?? store.checkpoint,
  };
}

function flightsIn(world: BaselineWorld): readonly BaselineFlight[] {
  const flights: BaselineFlight[] = [];
  for (const { order, timer, from, to, sentUs, atUs, type, message } of world.waiting) {
    if (timer !== null || atUs === sentUs) continue;
    const { block } = message as { readonly block?: { readonly kind: BlockKind } };
    const kind = block?.kind ?? null;
    flights.push({ id: order, from, to, sentUs, dueUs: atUs, type, block: kind });
  }
  return flights;
}
