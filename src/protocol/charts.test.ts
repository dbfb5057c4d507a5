import { describe, expect, it, vi } from 'vitest';
import type { AnyStateMachine, StateValue } from 'xstate';
import { begin as born, compiled, interpreted } from '../engine/driver.ts';
import type { Happening } from '../engine/happening.ts';
import { birthOf } from './aurora.ts';
import { CLIENT, CONTROL_ROWS, handed, INSTANCE, LIVES } from './charts-instances.testkit.ts';
import { handedOver, MEMBERSHIP_SCRIPTS } from './charts-membership.testkit.ts';
import { SCRIPTS } from './charts-scripts.testkit.ts';
import { clientMachine } from './client.ts';
import { controlMachine } from './control.ts';
import { writerMachine } from './instance-chart.ts';
import { loadMachine } from './load.ts';
import { objectStoreMachine } from './object-store-chart.ts';
import { restoredVolumeMachine } from './restored-chart.ts';
import { segmentMachine } from './segment-chart.ts';
import { storageNodeMachine } from './storage-node-chart.ts';
import { config, Trial } from './trial.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What a segment does beside reads and writes while its host is up. */
const UPKEEP =
  'POINTS COALESCE BACK_UP STAGED COLLECT SCRUB REPAIR_AGAIN FETCH_BLOCK BLOCK CORRUPT';

/** What ends a segment, and what concerns every one that takes part. */
const LEAVING = 'ASK_MEMBERSHIP ERASE→absent LOST→absent HOST_DOWN→down';
const MEMBER = `MEMBERSHIP JOIN COPY REFUSED RETIRED→retired ${LEAVING}`;

/**
 * Every chart, written out: a state, the events it accepts, and where they lead. The scripted runs
 * below take each of these transitions, so that one that is deleted, or added untested, is seen.
 */
const CHARTS: readonly (readonly [AnyStateMachine, Readonly<Record<string, string>>])[] = [
  [
    segmentMachine,
    {
      absent: 'FOUND→complete JOIN→hydrating',
      hydrating: `WRITE DISK_DONE READ_PAGE POINTS MEMBERSHIP JOIN COPY_PART PART_DONE COPY_AGAIN
        COPIED→catchingUp ${LEAVING}`,
      complete: `WRITE DISK_DONE READ_PAGE APPLY_NEXT GOSSIP RECOVERY_READ TRUNCATE GOSSIP_FILL
        GOSSIP_TICK FOUND ${UPKEEP} ${MEMBER}`,
      catchingUp: `WRITE DISK_DONE READ_PAGE APPLY_NEXT GOSSIP RECOVERY_READ TRUNCATE GOSSIP_FILL
        GOSSIP_TICK ${UPKEEP} CAUGHT_UP→complete ${MEMBER}`,
      retired: `WRITE READ_PAGE GOSSIP RETIRE_AGAIN ${LEAVING}`,
      down: 'CORRUPT LOST→absent HOST_UP→retired HOST_UP→hydrating HOST_UP→catchingUp',
    },
  ],
  [
    storageNodeMachine,
    {
      up: 'DISK DISK_READY BACKGROUND_READY HOST CARRY GONE READY CRASH→down LOSE→lost TAKE_DOWN→restarting',
      'up.speed.normal': 'SLOW→slow',
      'up.speed.slow': 'NORMAL→normal RESTORE→normal',
      'up.link.connected': 'ISOLATE→isolated',
      'up.link.isolated': 'CONNECT→connected RESTORE→connected',
      down: 'RESTORE→restarting LOSE→lost',
      restarting: 'STARTED→up CRASH→down LOSE→lost SLOW NORMAL ISOLATE CONNECT RESTORE',
      lost: 'RESTORE→restarting',
    },
  ],
  [writerMachine, INSTANCE],
  [
    controlMachine,
    {
      available: `${CONTROL_ROWS} SUSPECT ANSWERS REPLACE JOINED RECORDED RETIRING ROUND EXTENDED_LOSS
        PATCH PATCHED PATCH_NEXT HOST_LOST HOST_MISSED CONTROL_DOWN→unavailable`,
      unavailable: 'HOST_LOST CONTROL_UP→available',
    },
  ],
  [objectStoreMachine, { available: 'STAGE RESTORE_VOLUME' }],
  [
    restoredVolumeMachine,
    {
      absent: 'QUERY RESTORE→assembling',
      assembling: 'QUERY RESTORE BUILD READY→ready',
      ready: 'QUERY RESTORE→assembling',
    },
  ],
  [clientMachine, CLIENT],
  [loadMachine, { ready: 'SET_WORKLOAD TICK BURST READ_ONCE ENDPOINT RAW REPLY' }],
];

/** One transition: `segment: complete WRITE`, `segment: down HOST_UP→catchingUp`. */
const rowsOf = (id: string, table: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(table).flatMap(([state, events]) =>
    events.split(/\s+/).map((event) => `${id}: ${state} ${event}`),
  );

const EXPECTED = CHARTS.flatMap(([{ id }, table]) => rowsOf(id, table));

type Node = {
  readonly states?: Readonly<Record<string, Node>>;
  readonly on?: Readonly<Record<string, unknown>>;
};

/** The same rows, read from a machine's own configuration. */
function rowsIn(id: string, { states = {}, on = {} }: Node, path = ''): readonly string[] {
  const own = Object.entries(on).flatMap(([event, transitions]) =>
    [transitions].flat().map((transition) => {
      const { target } = transition as { target?: string };
      return `${id}: ${path} ${event}${target === undefined ? '' : `→${target}`}`;
    }),
  );
  const inner = Object.entries(states).flatMap(([name, node]) =>
    rowsIn(id, node, path === '' ? name : `${path}.${name}`),
  );
  return [...own, ...inner];
}

/** The active states of a value, outermost first: `up`, `up.speed.slow`, … */
function active(value: StateValue | undefined, path = ''): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [path === '' ? value : `${path}.${value}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here, ...active(inner, here)];
  });
}

/** Collects the transitions that a run takes, and the events that its actors do not accept. */
class Coverage {
  readonly taken = new Set<string>();
  readonly ignored = new Set<string>();
  readonly #values = new WeakMap<Trial, Map<string, StateValue>>();

  follow(trial: Trial): Trial {
    return trial.watch((happening) => this.#see(happening, trial));
  }

  #see({ flight, accepted }: Happening, trial: Trial): void {
    const { to, type, lost } = flight;
    const { kernel } = trial;
    const actor = kernel.actor(to);
    if (actor === undefined || lost !== null) return;
    const values = this.#values.get(trial) ?? new Map<string, StateValue>();
    this.#values.set(trial, values);
    const before = values.get(to) ?? firstValue(trial, to);
    const after = actor.snapshot.value as StateValue;
    values.set(to, after);
    const paths = active(before);
    if (!accepted) this.ignored.add(`${actor.machine.id}: ${paths.join(' ')} ${type}`);
    else
      for (const row of matching(actor.machine.id, paths, type, active(after))) this.taken.add(row);
  }
}

const firstValue = (trial: Trial, id: string): StateValue => {
  const { machine, input } = birthOf(trial.kernel.network.cluster, id);
  return born(machine, input).snapshot.value as StateValue;
};

/** The rows that explain how an event led from some states to others. */
function matching(
  id: string,
  from: readonly string[],
  type: string,
  to: readonly string[],
): readonly string[] {
  const leaves = to.flatMap((path) => path.split('.'));
  return EXPECTED.filter((row) => {
    const [state = '', event = ''] = row.slice(id.length + 2).split(' ');
    const [name, target] = event.split('→');
    if (!row.startsWith(`${id}: `) || !from.includes(state) || name !== type) return false;
    if (target === undefined) return to.includes(state);
    return leaves.includes(target.slice(target.lastIndexOf('.') + 1));
  });
}

/**
 * The writer asks only members it knows to be complete, and holds PGMRPL below its read point: a
 * refusal can only be a late one. So it is handed to the writer here.
 */
function refused(): readonly string[] {
  const trial = new Trial(config({ cachePages: 16 }));
  expect(trial.until(() => trial.writer.reads.length > 0)).toBe(true);
  const { machine, snapshot, context } = trial.kernel.actor('W')!;
  const { request, asked } = trial.writer.reads[0]!;
  const { segment } = asked[0]!;
  const { epochs } = trial.writer.groups.at(0)!;
  const message = { type: 'READ_REFUSED', request, segment, reason: 'behind', epochs };
  const event = { type: 'READ_REFUSED', message, from: segment, to: 'W', atUs: 0 };
  const { accepted, effects } = compiled()(machine, snapshot, context, event);
  const next = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.to] : []));
  expect(next.length).toBe(1);
  expect(next).not.toContain(segment);
  return accepted ? ['instance: open READ_REFUSED'] : [];
}

const ACTORS: Readonly<Record<string, string>> = {
  'object store': 'S3',
  'restored volume': 'restored',
  segment: '0/a',
  'storage node': 'A1',
  instance: 'W',
  client: 'app1',
  application: 'load',
  'control plane': 'control',
};

const UP: readonly StateValue[] = [
  { up: { speed: 'normal', link: 'connected' } },
  { up: { speed: 'slow', link: 'isolated' } },
];

/** Every machine in every state it can be in. */
const BY_STATE = CHARTS.flatMap(([machine, table]) => {
  const plain = Object.keys(table)
    .filter((state) => !state.startsWith('up') && state !== 'recovering')
    .map((state): StateValue => {
      const [outer = '', inner] = state.split('.');
      return inner === undefined ? outer : { [outer]: inner };
    });
  const values: readonly StateValue[] = 'up' in table ? [...plain, ...UP] : plain;
  return values.map((value) => [machine.id, value, machine] as const);
});

describe('the charts', () => {
  it.each(CHARTS.map(([machine, table]) => [machine.id, machine, table] as const))(
    '%s: is the table, neither more nor less',
    (id, machine, table) => {
      expect(rowsIn(id, machine.config as Node).toSorted()).toEqual(rowsOf(id, table).toSorted());
    },
  );

  it('take every one of their transitions in some scripted run', () => {
    const coverage = new Coverage();
    for (const [ms, script] of [...SCRIPTS, ...LIVES, ...MEMBERSHIP_SCRIPTS])
      coverage.follow(script()).to(ms);
    for (const row of [...refused(), ...handed(), ...handedOver()]) coverage.taken.add(row);
    expect(EXPECTED.filter((row) => !coverage.taken.has(row))).toEqual([]);
  }, 600_000);

  it.each(BY_STATE)('%s in state %j takes nothing else', (id, value, machine) => {
    const mine = EXPECTED.filter((row) => row.startsWith(`${id}: `)).map(
      (row) => row.split(': ')[1]!,
    );
    const eventOf = (row: string): string => row.split(' ')[1]!.split('→')[0]!;
    const allowed = new Set(
      mine.filter((row) => active(value).includes(row.split(' ')[0]!)).map(eventOf),
    );
    const { input } = birthOf(new Trial(config()).kernel.network.cluster, ACTORS[id]!);
    const context = born(machine, input).context;
    const snapshot = machine.resolveState({ value, context });
    for (const type of new Set(mine.map(eventOf))) {
      if (allowed.has(type)) continue;
      for (const driver of [compiled(), interpreted()]) {
        const stepped = driver(machine, snapshot, context, { type });
        expect([type, stepped.accepted, stepped.effects]).toEqual([type, false, []]);
        expect(stepped.context).toBe(context);
        expect(stepped.snapshot.value).toEqual(value);
      }
    }
  });
});
