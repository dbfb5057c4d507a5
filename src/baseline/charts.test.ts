import { expect, it } from 'vitest';
import type { AnyStateMachine, StateValue } from 'xstate';
import type { Statement } from '../database/statement.ts';
import { interpreted } from '../engine/driver.ts';
import { Timeline } from '../engine/timeline.ts';
import type { BaselineAct } from './act.ts';
import { type BaselineTimeline, CONFIG, seconds, timelineOf } from './baseline.testkit.ts';
import { baselineModel } from './baseline.ts';
import { blockVolumeMachine } from './block-volume.ts';
import { clientMachine } from './client.ts';
import { loadMachine } from './load.ts';
import { activeMachine, standbyMachine } from './mysql-chart.ts';

/**
 * Every chart, written out: a state, the events it accepts, and where they lead. The runs below take each
 * of them, so that one that is deleted, or added untested, is seen.
 */
const INSTANCE = {
  open: `QUERY RUN RAW WRITTEN STAGED PAGE_READ FLUSH PURGE GIVE_UP BEAT HELLO READY ALL_READ SYNCED
    VOLUME_UP CRASH→down`,
  recovering: `QUERY LOG_READ PAGE_READ REPLAY WRITTEN OPEN→open BEAT HELLO VOLUME_UP CRASH→down`,
  'standing by': `QUERY STAGE WRITTEN HEARTBEAT HELLO VOLUME_UP SILENCE→recovering PREPARE→resyncing
    CRASH→down`,
  resyncing: `QUERY PREPARE STAGE WRITTEN SYNC COPIED HELLO VOLUME_UP IN_SYNC→standing_by CRASH→down`,
  starting: 'QUERY SAY_HELLO HELLO ROLE→recovering ROLE→resyncing PREPARE→resyncing CRASH→down',
  down: 'QUERY RESTORE→recovering RESTORE→starting',
};
const VOLUME = {
  up: 'WRITE_BLOCK MIRROR_BLOCK MIRRORED READ_VOLUME BANDWIDTH VOLUME_UP CRASH→down',
  'up.normal': 'SLOW→slow',
  'up.slow': 'NORMAL→normal RESTORE→normal',
  down: 'RESTORE→up',
};
const CLIENT = {
  idle: 'SUBMIT→waiting',
  waiting: 'SUBMIT REPLY→looking REPLY REPLY→idle TIMEOUT→idle TIMEOUT',
  looking: 'SUBMIT TRY_AGAIN→waiting',
};
const LOAD = { ready: 'SET_WORKLOAD TICK BURST READ_ONCE' };

const rowsOf = (name: string, table: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(table).flatMap(([state, events]) =>
    events.split(/\s+/).map((event) => `${name}: ${state} ${event}`),
  );

const EXPECTED = [
  ...rowsOf('instance', INSTANCE),
  ...rowsOf('volume', VOLUME),
  ...rowsOf('client', CLIENT),
  ...rowsOf('load', LOAD),
];

const NAMES = new Map<AnyStateMachine, string>([
  [activeMachine, 'instance'],
  [standbyMachine, 'instance'],
  [blockVolumeMachine, 'volume'],
  [clientMachine, 'client'],
  [loadMachine, 'load'],
]);

type Node = {
  readonly states?: Readonly<Record<string, Node>>;
  readonly on?: Readonly<Record<string, unknown>>;
};
const targetOf = (transition: unknown): string =>
  ((transition as { target?: string }).target ?? '').replace(' ', '_');

/** The same rows, from a machine's own configuration. */
function rowsIn(name: string, { states = {}, on = {} }: Node, path = ''): readonly string[] {
  const own = Object.entries(on).flatMap(([event, transitions]) =>
    [transitions].flat().map((transition) => row(name, path, event, targetOf(transition))),
  );
  const inner = Object.entries(states).flatMap(([state, node]) =>
    rowsIn(name, node, path === '' ? state : `${path}.${state}`),
  );
  return [...own, ...inner];
}

const row = (name: string, path: string, event: string, target: string): string =>
  `${name}: ${path} ${event}${target === '' ? '' : `→${target}`}`;

/** The state path of a value, outermost first: up, up.slow. */
function pathsOf(value: StateValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return Object.entries(value).flatMap(([name, inner]) =>
    inner === undefined ? [name] : [name, ...pathsOf(inner).map((each) => `${name}.${each}`)],
  );
}

const nodeAt = (machine: AnyStateMachine, path: string): Node | undefined =>
  path
    .split('.')
    .reduce<Node | undefined>((node, name) => node?.states?.[name], machine.config as Node);

/** The row of the transition that led from one state to another. */
function rowTaken(machine: AnyStateMachine, type: string, before: StateValue, after: StateValue) {
  const path = pathsOf(before).findLast((each) => type in (nodeAt(machine, each)?.on ?? {}));
  if (path === undefined) return null;
  const moved = pathsOf(before).at(-1) !== pathsOf(after).at(-1);
  const branches = [nodeAt(machine, path)?.on?.[type]].flat().map(targetOf);
  const names = pathsOf(after).map((each) => each.split('.').at(-1)?.replace(' ', '_'));
  const target = branches.find((each) => moved && each !== '' && names.includes(each));
  return row(NAMES.get(machine) ?? '', path, type, target ?? '');
}

/** The transitions that a run takes. */
function takenIn(timeline: BaselineTimeline, untilUs: number): ReadonlySet<string> {
  const values = new Map<string, StateValue>();
  const taken = new Set<string>();
  for (let at = timeline.nextUs(); at !== null && at <= untilUs; at = timeline.nextUs()) {
    const happening = timeline.stepForward();
    if (happening === null) break;
    const { to, type } = happening.flight;
    const actor = timeline.world.actor(to);
    if (actor === undefined) continue;
    const { machine, snapshot } = actor;
    const before = values.get(to) ?? machine.getInitialSnapshot({} as never, {}).value;
    values.set(to, snapshot.value);
    const found = happening.accepted ? rowTaken(machine, type, before, snapshot.value) : null;
    if (found !== null) taken.add(found);
  }
  return taken;
}

const TABLE = { database: 'shop', table: 'orders' } as const;
const count: Statement = {
  kind: 'select',
  table: TABLE,
  columns: 'count',
  where: [],
  limit: null,
};
const insert: Statement = {
  kind: 'insert',
  table: TABLE,
  columns: null,
  rows: [[7, 'x']],
  onDuplicate: [],
};
const ask = (session: number, times = 1): BaselineAct => ({
  op: 'sql',
  session,
  statements: Array.from({ length: times }, () => count),
  text: '',
});
const crash = (target: string): BaselineAct => ({ op: 'crash', target });
const restore = (target: string): BaselineAct => ({ op: 'restore', target });
const QUICK = { takeOverUs: 400_000, giveUpUs: 150_000 };

/** Runs that between them go everywhere. */
const RUNS: readonly (readonly [
  Parameters<typeof timelineOf>[0],
  readonly (readonly [number, BaselineAct])[],
  number,
])[] = [
  [
    { ...QUICK, iops: 2_000, cachePages: 20 },
    [
      [50_000, { op: 'slow', target: 'ebsA', on: true }],
      [100_000, { op: 'slow', target: 'ebsA', on: false }],
      [110_000, { op: 'slow', target: 'ebsA', on: true }],
      [120_000, restore('ebsA')],
      [130_000, { op: 'write', count: 3 }],
      [140_000, { op: 'read' }],
      [200_000, crash('mirrorA')],
      [220_000, restore('mirrorA')],
      [240_000, crash('ebsA')],
      [250_000, restore('ebsA')],
      [300_000, crash('ebsB')],
      [310_000, restore('ebsB')],
    ],
    seconds(2),
  ],
  // The standby away and back, in every state of the other.
  [
    QUICK,
    [
      [200_000, { op: 'crash-zone', az: 'B' }],
      [600_000, { op: 'restore-zone', az: 'B' }],
      [604_000, ask(104)],
      [606_000, crash('ebsB')],
      [608_000, restore('ebsB')],
      [612_000, crash('mysqlB')],
      [700_000, restore('mysqlB')],
      [1_000_000, crash('mysqlA')],
      [1_001_000, restore('mysqlA')],
      [1_003_000, crash('mysqlB')],
      [1_003_200, restore('mysqlB')],
      [1_400_000, crash('mysqlA')],
      [1_401_000, restore('mysqlA')],
      [1_401_400, crash('mysqlA')],
      [1_402_000, restore('mysqlA')],
    ],
    seconds(3),
  ],
  // Take-overs, with clients that have to find the other instance.
  [
    QUICK,
    [
      [190_000, ask(101, 3)],
      [200_000, { op: 'crash-zone', az: 'A' }],
      [210_000, ask(102, 3)],
      [220_000, ask(102)],
      [230_000, ask(103)],
      [1_500_000, { op: 'restore-zone', az: 'A' }],
      [1_500_200, ask(105)],
      [2_200_000, { op: 'crash-zone', az: 'B' }],
      [2_200_300, { op: 'crash-zone', az: 'A' }],
      [2_300_000, { op: 'restore-zone', az: 'B' }],
      [3_500_000, { op: 'restore-zone', az: 'A' }],
    ],
    seconds(6),
  ],
  // Both down; one that was alone starts without asking.
  [
    QUICK,
    [
      [200_000, { op: 'crash-zone', az: 'B' }],
      [600_000, crash('mysqlA')],
      [700_000, restore('mysqlA')],
      [700_500, crash('mysqlA')],
      [700_600, restore('mysqlA')],
      [701_000, ask(106)],
      [702_000, crash('ebsA')],
      [703_000, { op: 'restore-zone', az: 'B' }],
      [760_000, restore('ebsA')],
      [900_000, crash('mysqlA')],
      [900_100, crash('mysqlB')],
      [901_000, restore('mysqlA')],
      [901_100, restore('mysqlB')],
    ],
    seconds(4),
  ],
  [{ source: 'records', cachePages: 16 }, [], seconds(1)],
  // A statement whose volume never answers.
  [
    { ...QUICK, giveUpUs: seconds(60) },
    [
      [100_000, crash('ebsB')],
      [200_000, { op: 'write', count: 30 }],
      [200_000, { op: 'sql', session: 107, statements: [insert], text: '' }],
    ],
    seconds(45),
  ],
];

it('the charts are those written out here', () => {
  const configured = [...NAMES].flatMap(([machine, name]) => rowsIn(name, machine.config as Node));
  expect([...new Set(configured)].toSorted()).toEqual([...new Set(EXPECTED)].toSorted());
});

it('every transition of every chart is taken', () => {
  const taken = new Set<string>();
  for (const [changes, acts, untilUs] of RUNS)
    for (const each of takenIn(timelineOf(changes, acts), untilUs)) taken.add(each);
  expect(EXPECTED.filter((each) => !taken.has(each))).toEqual([]);
}, 120_000);

it('the fast driver and XState’s own agree, and a run can be sought', () => {
  for (const [changes, acts] of RUNS.slice(0, 4)) {
    const run = acts.map(([timeUs, act]) => ({ at: { timeUs, n: 0 }, act }));
    const fast = timelineOf(changes, acts);
    const slow = new Timeline(baselineModel({ ...CONFIG, ...changes }), 7, run, interpreted());
    const to = { timeUs: seconds(1), n: 5 };
    fast.seek(to);
    slow.seek(to);
    const hash = fast.hash();
    expect(slow.hash()).toBe(hash);
    fast.seek({ timeUs: seconds(2), n: 0 });
    fast.seek({ timeUs: 300_000, n: 1 });
    fast.seek(to);
    expect(fast.hash()).toBe(hash);
  }
}, 120_000);
