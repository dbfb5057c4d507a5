import type { AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate';
import { begin } from '../../engine/driver.ts';
import type { ActorId } from '../../engine/effect.ts';
import type { Happening } from '../../engine/happening.ts';
import { birthOf } from '../../protocol/aurora.ts';
import type { World } from '../../protocol/view-actors.ts';

interface Node {
  readonly states?: Readonly<Record<string, Node>>;
  readonly on?: Readonly<Record<string, unknown>>;
}

/** How often each transition of each chart was taken, and each reason to refuse given. */
export type Counts = Readonly<Record<string, number>>;

/** One transition: where a chart was, what it heard, where that led. */
interface Row {
  readonly name: string;
  readonly state: string;
  readonly type: string;
  readonly target: string | null;
}

/** Counts what the charts do in many runs. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #rows = new Map<AnyStateMachine, ReadonlyMap<string, readonly Row[]>>();
  readonly #births = new Map<AnyStateMachine, AnyMachineSnapshot>();
  /** Where each actor's chart stood. */
  #before = new Map<ActorId, AnyMachineSnapshot>();
  #world: World | null = null;

  get counts(): Counts {
    return Object.fromEntries(this.#counts);
  }

  see(happening: Happening, world: World): void {
    if (world !== this.#world) {
      this.#world = world;
      this.#before = new Map();
    }
    for (const { message, type } of happening.sent)
      if (type.endsWith('REFUSED') && 'reason' in message) this.#add(`refused ${message.reason}`);
    this.#transition(happening, world);
  }

  #transition({ flight: { to, type, lost }, accepted }: Happening, world: World): void {
    const actor = world.actor(to);
    if (actor === undefined || lost !== null) return;
    const { machine, snapshot } = actor;
    const before = this.#before.get(to) ?? this.#born(machine, to, world);
    this.#before.set(to, snapshot);
    if (!accepted) return;
    const from = active(before.value);
    const after = snapshot === before ? from : active(snapshot.value);
    for (const row of this.#rowsOf(machine).get(type) ?? [])
      if (explains(row, from, after)) this.#add(row.name);
  }

  /** Where every actor of a machine begins: its input decides what it knows, never its state. */
  #born(machine: AnyStateMachine, id: ActorId, { network }: World): AnyMachineSnapshot {
    let born = this.#births.get(machine);
    if (born === undefined) {
      born = begin(machine, birthOf(network.cluster, id).input).snapshot;
      this.#births.set(machine, born);
    }
    return born;
  }

  #add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** A machine's transitions by event, each counted from zero as soon as there is such an actor. */
  #rowsOf(machine: AnyStateMachine): ReadonlyMap<string, readonly Row[]> {
    let rows = this.#rows.get(machine);
    if (rows === undefined) {
      const all = rowsIn(machine.id, machine.config as Node, '');
      for (const { name } of all) this.#counts.set(name, this.#counts.get(name) ?? 0);
      rows = new Map(all.map(({ type }) => [type, all.filter((row) => row.type === type)]));
      this.#rows.set(machine, rows);
    }
    return rows;
  }
}

function rowsIn(id: string, { states = {}, on = {} }: Node, path: string): readonly Row[] {
  const own = Object.entries(on).flatMap(([type, transitions]) =>
    [transitions].flat().map((transition) => {
      const { target = null } = transition as { target?: string };
      const name = `${id}: ${path} ${type}${target === null ? '' : `→${target}`}`;
      return { name, state: path, type, target };
    }),
  );
  const inner = Object.entries(states).flatMap(([name, node]) =>
    rowsIn(id, node, path === '' ? name : `${path}.${name}`),
  );
  return [...own, ...inner];
}

const known = new WeakMap<object, readonly string[]>();

/** The active states of a chart, outermost first: `up`, `up.speed`, `up.speed.slow`. */
function active(value: StateValue): readonly string[] {
  if (typeof value === 'string') return [value];
  let paths = known.get(value);
  if (paths === undefined) {
    paths = pathsOf(value, '');
    known.set(value, paths);
  }
  return paths;
}

function pathsOf(value: StateValue | undefined, path: string): readonly string[] {
  if (value === undefined) return [];
  const under = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (typeof value === 'string') return [under(value)];
  return Object.entries(value).flatMap(([name, inner]) => [
    under(name),
    ...pathsOf(inner, under(name)),
  ]);
}

const explains = (
  { state, target }: Row,
  from: readonly string[],
  to: readonly string[],
): boolean => from.includes(state) && (target === null ? to.includes(state) : isIn(to, target));

const isIn = (paths: readonly string[], target: string): boolean => {
  const name = target.startsWith('#') ? (target.split('.').at(-1) ?? target) : target;
  return paths.some((path) => path === name || path.endsWith(`.${name}`));
};
