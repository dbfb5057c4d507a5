import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { AuroraNote, NoteType } from '../protocol/notes.ts';
import type { GroupId } from '../protocol/record.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Fork } from './run-timeline.ts';

/** How one group stands. */
export interface Copies {
  readonly id: GroupId;
  readonly healthy: number;
  readonly copies: number;
  readonly writesOk: boolean;
  readonly readsOk: boolean;
  /** Which copies make a write durable, as text. */
  readonly writeText: string;
  /** Who holds its places. */
  readonly members: string;
}

/** What a dry run looks at of one moment. */
export interface Reading {
  /** Since the moment from which it was played. */
  readonly afterUs: Micros;
  readonly groups: readonly Copies[];
  /** Who has the volume open for writing and can be reached; null while nobody is. */
  readonly writer: string | null;
  /** Copies that are to take somebody's place, and when the last of them will be filled, as far as is known. */
  readonly copying: { readonly count: number; readonly doneAfterUs: Micros | null } | null;
  /** Something that was begun is not over yet; copying is told apart, for its end can be known before. */
  readonly busy: boolean;
  /** Replicas that serve reads. */
  readonly readers: number;
  /** Machines that are gone, slow or cut off. */
  readonly hostsAway: number;
  readonly instancesAway: number;
  readonly controlUp: boolean;
  readonly restored: boolean;
}

/** After these, a cluster may stand otherwise than before. */
const TELLING: ReadonlySet<string> = new Set<NoteType>([
  ...(['node', 'instance', 'zone', 'partition', 'control', 'segment-state', 'patch'] as const),
  ...(['failover', 'endpoint', 'volume-opened', 'fenced', 'recovery', 'reconnect'] as const),
  ...(['suspected', 'host-chosen', 'membership', 'membership-adopted', 'hydrated'] as const),
  ...([
    'geometry',
    'group-founded',
    'geometry-learnt',
    'restore-begun',
    'volume-restored',
  ] as const),
  ...(['write-quorum-lost', 'write-quorum-regained'] as const),
  ...(['read-quorum-lost', 'read-quorum-regained'] as const),
]);

/** A run played on from a moment, and what became of it. */
export class Watched {
  readonly readings: Reading[] = [];
  /** When commits were answered, and how long they had waited for durability. */
  readonly commits: { readonly afterUs: Micros; readonly waitedUs: Micros }[] = [];
  readonly #fork: Fork;
  readonly #fromUs: Micros;
  events = 0;

  constructor(fork: Fork) {
    this.#fork = fork;
    this.#fromUs = fork.position.timeUs;
    this.look();
  }

  get afterUs(): Micros {
    return this.#fork.position.timeUs - this.#fromUs;
  }

  /** Since the beginning; null when nothing will ever happen again. */
  nextAfterUs(): Micros | null {
    const next = this.#fork.nextUs();
    return next === null ? null : next - this.#fromUs;
  }

  get last(): Reading {
    const last = this.readings.at(-1);
    if (last === undefined) throw new Error('a run is looked at before it is played on');
    return last;
  }

  step(): void {
    const happening = this.#fork.step();
    if (happening === null) return;
    this.events++;
    if (this.#hears(happening)) this.look();
  }

  #hears({ notes }: Happening): boolean {
    let telling = false;
    for (const fact of notes as readonly AuroraNote[]) {
      if (fact.type === 'commit-returned')
        this.commits.push({ afterUs: this.afterUs, waitedUs: fact.waitedUs });
      telling ||= TELLING.has(fact.type);
    }
    return telling;
  }

  look(): void {
    this.readings.push(readingOf(this.#fork.view(), this.afterUs));
  }
}

function readingOf(view: ClusterView, afterUs: Micros): Reading {
  const { instances, hosts, groups, control, restored } = view;
  return {
    afterUs,
    groups: groups.map(({ id, healthy, copies, writesOk, readsOk, writeText, places }) => ({
      ...{ id, healthy, copies, writesOk, readsOk, writeText },
      members: places.map(({ segment }) => segment).join(' '),
    })),
    writer: writerOf(view),
    copying: copyingIn(view, afterUs),
    busy: isBusy(view),
    readers: instances.filter(({ role, state }) => role === 'replica' && state === 'open').length,
    hostsAway: hosts.filter(
      ({ state, slow, isolated, cutFrom }) =>
        state !== 'up' || slow || isolated || cutFrom.length > 0,
    ).length,
    instancesAway: instances.filter(
      ({ state, isolated, cutFrom }) => state !== 'open' || isolated || cutFrom.length > 0,
    ).length,
    controlUp: control.state === 'available',
    restored: restored?.state === 'open',
  };
}

/** Whoever takes writes: it is open, it is heard, and nobody has opened the volume since. */
const writerOf = ({ instances }: ClusterView): string | null =>
  instances.find(({ role, state, isolated }) => role === 'writer' && state === 'open' && !isolated)
    ?.id ?? null;

function copyingIn(view: ClusterView, afterUs: Micros): Reading['copying'] {
  const coming = view.groups.flatMap(({ places }) =>
    places.flatMap(({ replacement }) => replacement ?? []),
  );
  if (coming.length === 0) return null;
  const fromUs = view.timeUs - afterUs;
  const known = coming.flatMap(({ hydrated, doneAtUs }) =>
    hydrated ? [view.timeUs] : (doneAtUs ?? []),
  );
  const doneAfterUs = known.length < coming.length ? null : Math.max(...known) - fromUs;
  return { count: coming.length, doneAfterUs };
}

const UNDER_WAY: ReadonlySet<string> = new Set(['recovering', 'attaching', 'restarting']);

const isBusy = ({ instances, hosts, groups, control, endpoint, restored }: ClusterView): boolean =>
  endpoint.moving ||
  // Clients that still look for the writer hold nothing up.
  (control.failover !== null && control.failover.phase !== 'reconnecting') ||
  control.growing !== null ||
  control.patching.length > 0 ||
  (restored !== null && restored.state !== 'open') ||
  instances.some(({ state }) => UNDER_WAY.has(state)) ||
  hosts.some(({ state, patching }) => state === 'restarting' || patching) ||
  groups.some(({ segments }) => segments.some(({ state }) => state === 'catching up'));
