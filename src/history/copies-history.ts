import type { Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import { firstMembership } from '../protocol/membership.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import type { GroupId } from '../protocol/record.ts';
import {
  type Az,
  azOfSlot,
  type HostId,
  hostOfSegment,
  type SegmentId,
  type Slot,
} from '../protocol/topology.ts';
import type { ClusterView, GroupView } from '../protocol/view.ts';

/** From a moment on: how many copies of the worst group could acknowledge or answer. */
export interface CopiesSample {
  readonly at: Position;
  readonly group: GroupId;
  readonly healthy: number;
  /** Places that count. */
  readonly copies: number;
}

interface Held {
  readonly slot: Slot;
  member: SegmentId;
  replacement: SegmentId | null;
  /** The replacement counts as well. */
  isFilled: boolean;
}

type Shape = Pick<ClusterConfig, 'hostsPerZone' | 'groups' | 'quorumModel' | 'mutations'>;

/** Changes are few; older ones are let go of. */
const MOST = 1_000;

/** How many copies of each group are well, told by what happens to their hosts and who takes their place. */
export class CopiesHistory {
  readonly #shape: Shape;
  readonly #groups = new Map<GroupId, Held[]>();
  readonly #down = new Set<HostId>();
  readonly #isolated = new Set<HostId>();
  /** Copies that went with a disk. */
  readonly #lost = new Set<SegmentId>();
  readonly #away = new Set<Az>();
  #samples: CopiesSample[] = [];

  constructor(shape: Shape) {
    this.#shape = shape;
    for (let group = 0; group < shape.groups; group++) this.#found(group);
  }

  /** Only changes, oldest first. */
  get samples(): readonly CopiesSample[] {
    return this.#samples;
  }

  read(note: AuroraNote, at: Position): void {
    if (this.#changes(note)) this.#sample(at);
  }

  /** Where accounts begin late: what is so now, and nothing is claimed about before unless it leads here. */
  agree({ groups, hosts }: ClusterView, at: Position): void {
    const worst = groups.toSorted((a, b) => a.healthy - b.healthy)[0];
    const last = this.#samples.at(-1);
    if (!worst || (last?.healthy === worst.healthy && last.copies === worst.copies)) return;
    for (const group of groups) this.#groups.set(group.id, heldIn(group));
    for (const { id, state, isolated } of hosts) {
      toggle(this.#down, id, state !== 'up');
      toggle(this.#isolated, id, isolated);
    }
    this.#samples = [{ at, group: worst.id, healthy: worst.healthy, copies: worst.copies }];
  }

  #found(group: GroupId): void {
    const { places } = firstMembership(this.#shape, group);
    const held = places.map(({ slot, member }) => ({ slot, member, replacement: null }));
    this.#groups.set(
      group,
      held.map((each) => ({ ...each, isFilled: false })),
    );
  }

  /** Whether a note could change what is well. */
  #changes(note: AuroraNote): boolean {
    switch (note.type) {
      case 'node':
        return this.#node(note);
      case 'membership':
        return this.#membership(note);
      case 'hydrated':
        return this.#hydrated(note);
      case 'geometry':
        toggle(this.#away, note.az, note.state === 'given up');
        return true;
      case 'group-founded':
        this.#found(note.group);
        return true;
      default:
        return this.#samples.length === 0;
    }
  }

  #node({ host, state }: NoteOf<'node'>): boolean {
    if (state === 'isolated' || state === 'connected')
      toggle(this.#isolated, host, state === 'isolated');
    else if (state === 'slow' || state === 'normal speed') return false;
    else toggle(this.#down, host, state !== 'up');
    if (state === 'lost') for (const id of this.#onHost(host)) this.#lost.add(id);
    return true;
  }

  #membership({ group, step, subject, instead }: NoteOf<'membership'>): boolean {
    const held = this.#groups.get(group)?.find(({ member }) => member === instead);
    const kept = this.#groups.get(group)?.find(({ member }) => member === subject);
    if (step === 'added' && held) Object.assign(held, { replacement: subject, isFilled: false });
    if (step === 'forward' && held) Object.assign(held, { member: subject, replacement: null });
    if (step === 'back' && kept) Object.assign(kept, { replacement: null, isFilled: false });
    return true;
  }

  #hydrated({ group, segment }: NoteOf<'hydrated'>): boolean {
    this.#lost.delete(segment);
    for (const held of this.#groups.get(group) ?? [])
      if (held.replacement === segment) held.isFilled = true;
    return true;
  }

  #onHost(host: HostId): readonly SegmentId[] {
    return [...this.#groups.values()].flatMap((places) =>
      places.flatMap(({ member, replacement }) =>
        [member, ...(replacement === null ? [] : [replacement])].filter(
          (id) => hostOfSegment(this.#shape.hostsPerZone, id) === host,
        ),
      ),
    );
  }

  #isWell(id: SegmentId): boolean {
    const host = hostOfSegment(this.#shape.hostsPerZone, id);
    return !this.#down.has(host) && !this.#isolated.has(host) && !this.#lost.has(id);
  }

  #sample(at: Position): void {
    const [worst] = [...this.#groups]
      .map(([group, places]) => this.#countOf(group, places))
      .toSorted((a, b) => a.healthy - b.healthy);
    const last = this.#samples.at(-1);
    if (!worst || (last?.healthy === worst.healthy && last.copies === worst.copies)) return;
    this.#samples.push({ at, ...worst });
    if (this.#samples.length > 2 * MOST) this.#samples = this.#samples.slice(-MOST);
  }

  #countOf(group: GroupId, places: readonly Held[]): Omit<CopiesSample, 'at'> {
    const counted = places.filter(({ slot }) => !this.#away.has(azOfSlot(slot)));
    const healthy = counted.filter(
      ({ member, replacement, isFilled }) =>
        this.#isWell(member) || (isFilled && replacement !== null && this.#isWell(replacement)),
    );
    return { group, healthy: healthy.length, copies: counted.length };
  }
}

const heldIn = ({ places }: GroupView): Held[] =>
  places.map(({ slot, segment, replacement }) => ({
    slot,
    member: segment,
    replacement: replacement?.segment ?? null,
    isFilled: replacement?.hydrated ?? false,
  }));

function toggle<T>(set: Set<T>, member: T, on: boolean): void {
  if (on) set.add(member);
  else set.delete(member);
}
