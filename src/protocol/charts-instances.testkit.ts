import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { begin as born, compiled } from '../engine/driver.ts';
import type { Message } from '../engine/effect.ts';
import { birthOf } from './aurora.ts';
import { FIRST_EPOCHS } from './epochs.ts';
import { begin, select, update } from './faults.testkit.ts';
import { at, config, quiet, sql, Trial } from './trial.testkit.ts';

const RUNNING = 'HEARTBEAT_DUE CRASH→down';

/** The chart of an instance: a state, the events it accepts, and where they lead. */
export const INSTANCE: Readonly<Record<string, string>> = {
  open: `${RUNNING} QUERY RUN RAW FLUSH ACK PAGE READ_REFUSED→fenced READ_REFUSED OVERDUE SEND_STREAM
    PROBE FEEDBACK ATTACH PURGE RESEND TELL_POINTS GEOMETRY ASK_AGAIN_TO_GROW READY_AGAIN ENDPOINT→fenced ENDPOINT
    WATCH MEMBERSHIP ASK_MEMBERSHIP REFUSED→fenced REFUSED STREAM→fenced`,
  recovering: `${RUNNING} QUERY REFUSED→fenced REFUSED MEMBERSHIP ASK_MEMBERSHIP
    VOLUME_REFUSED→restarting`,
  'recovering.claiming': 'VOLUME_OPENED→polling RECOVERY_AGAIN',
  'recovering.polling': 'RECOVERY_STATE RECOVERY_AGAIN GRACE_OVER→truncating',
  'recovering.truncating': 'RANGE_RECORDED TRUNCATED RECOVERY_AGAIN TRUNCATION_DONE→completing',
  'recovering.completing': 'ACK TRUNCATED RECOVERY_AGAIN COMPLETED→opening',
  'recovering.opening':
    'PAGE READ_REFUSED→#instance.fenced READ_REFUSED OVERDUE OPENED→#instance.open',
  fenced: `${RUNNING} QUERY START_OVER→restarting`,
  following: `${RUNNING} STREAM→attaching STREAM QUERY PAGE READ_REFUSED→attaching READ_REFUSED OVERDUE FEEDBACK_DUE
    MEMBERSHIP ASK_MEMBERSHIP STREAM_GAP→attaching ENDPOINT→attaching TAKE_OVER→recovering`,
  attaching: `${RUNNING} ATTACHED→following RESUMED→following FALLEN_BEHIND→restarting STREAM QUERY MEMBERSHIP ATTACH_AGAIN ENDPOINT TAKE_OVER→recovering`,
  down: 'QUERY RESTORE→restarting',
  restarting: `${RUNNING} QUERY REGISTER_DUE ROLE→recovering ROLE→attaching`,
  absent: 'QUERY TAKE_OVER→restarting',
};

/** The control plane as far as writers are concerned. */
export const CONTROL_ROWS =
  'ASK_GEOMETRY HOSTED GROW GROW_AGAIN REGISTER OPEN_VOLUME RECORD_RANGE VOLUME_READY RESOLVE HEARTBEAT WATCH PROMOTE ASK_AGAIN RECONNECTED';

export const CLIENT: Readonly<Record<string, string>> = {
  idle: 'SUBMIT→waiting PATIENCE_OVER',
  waiting: 'SUBMIT REPLY REPLY REPLY→reconnecting REPLY REPLY→idle PATIENCE_OVER ENDPOINT',
  reconnecting: 'SUBMIT LOOK_UP→waiting LOOK_UP ENDPOINT→waiting PATIENCE_OVER',
};

/** Failures are noticed and clients are impatient: ten times as fast as by default. */
export const FAST = {
  on: true,
  heartbeatUs: 100_000,
  instanceUs: 500_000,
  segmentUs: 1_000_000,
  endpointUs: 500_000,
} as const;

type Script = readonly [ms: number, script: () => Trial];

const small = { groups: 1, pagesPerGroup: 31, replicas: 0, connections: 1 } as const;
const cluster = sql(101, [select(1_000)], 'cluster');
const hosts = ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'B4'];

/** Runs in which writers crash, are replaced, cut off, and come back. */
export const LIVES: readonly Script[] = [
  // A writer that crashes and recovers in place, while much of storage and the control plane are away.
  [
    6_000,
    () =>
      new Trial(
        config({ groups: 2, pagesPerGroup: 31, connections: 2, workload: { perSecond: 30 } }),
        [
          at(200, { op: 'crash', target: 'W' }),
          at(250, sql(101, [select(1_000)])),
          at(300, { op: 'restore', target: 'W' }),
          at(310, sql(102, [select(1_000)])),
          at(390, { op: 'control', on: false }),
          at(900, { op: 'control', on: true }),
          ...hosts.map((target) => at(901, { op: 'crash', target })),
          at(1_300, cluster),
          ...hosts.map((target) => at(1_800, { op: 'restore', target })),
          at(3_000, { op: 'crash', target: 'W' }),
          at(3_010, { op: 'restore', target: 'W' }),
          at(3_050, { op: 'crash', target: 'W' }),
          at(3_060, { op: 'restore', target: 'W' }),
          at(3_162, { op: 'crash', target: 'W' }),
          at(3_200, { op: 'restore', target: 'W' }),
        ],
      ),
  ],
  // A writer that is replaced while it is cut off, asked to step down by hand, and replaced again.
  [
    9_000,
    () =>
      new Trial(
        config({
          detection: FAST,
          groups: 2,
          pagesPerGroup: 31,
          connections: 2,
          workload: { perSecond: 20 },
        }),
        [
          at(100, sql(101, [begin, update(1_000, 'anvil')], 'cluster')),
          at(200, { op: 'isolate', target: 'W', on: true }),
          at(400, sql(102, [update(1_040, 'anvil')], 'cluster')),
          at(2_300, { op: 'isolate', target: 'W', on: false }),
          at(2_350, sql(103, [select(1_000)])),
          at(2_600, sql(101, [update(1_000, 'bell')], 'cluster')),
          at(3_500, { op: 'promote', target: 'R2' }),
          at(4_500, { op: 'control', on: false }),
          at(5_000, { op: 'promote', target: 'W' }),
          at(5_500, { op: 'control', on: true }),
          at(6_000, { op: 'isolate', target: 'R1', on: true }),
          at(6_050, { op: 'promote', target: 'R1' }),
          at(7_000, { op: 'isolate', target: 'R1', on: false }),
        ],
      ),
  ],
  // No replica at all: a new instance is started, much later.
  [
    20_000,
    () =>
      new Trial(quiet({ ...small, detection: FAST }), [
        at(100, { op: 'crash', target: 'W' }),
        at(110, cluster),
        at(15_000, cluster),
      ]),
  ],
  // Nobody becomes the writer: a client gives up.
  [
    64_000,
    () =>
      new Trial(quiet(small), [
        at(100, { op: 'crash', target: 'W' }),
        at(110, cluster),
        at(120, cluster),
      ]),
  ],
];

/** What is handed to an actor in a state, because it takes two rare things at once to happen by itself. */
interface Hand {
  readonly row: string;
  readonly to: string;
  readonly message: Message;
  /** A run that has brought the actor there; by default it is put there as it is born. */
  readonly trial?: Trial;
}

const NEW = { ...FIRST_EPOCHS, volume: 9 };
const old = { epochs: FIRST_EPOCHS, ranges: [] };
const refused = message('REFUSED', { segment: '0/a', group: 0, epochs: NEW });
const readRefused = { request: 99, segment: '0/a', reason: 'behind' };
const stream = message('STREAM', { epoch: 9, sequence: 1, records: [], vdl: 1, vdlAtUs: 0 });
const endpoint = message('ENDPOINT', { writer: 'R2', epoch: 9 });
const takeOver = message('TAKE_OVER', { epoch: 1, launchUs: 1 });
const query = message('QUERY', { session: 1, begins: true, statement: begin, text: '' });

function message(type: string, fields: object = {}): Message {
  return { type, ...fields } as Message;
}

const AS_BORN: readonly Hand[] = [
  ['open READ_REFUSED→fenced', 'W', message('READ_REFUSED', { ...readRefused, epochs: NEW })],
  ['open REFUSED→fenced', 'W', refused],
  ['open READY_AGAIN', 'W', message('READY_AGAIN')],
  ['fenced CRASH→down', 'W', message('CRASH')],
  ['attaching HEARTBEAT_DUE', 'R1', message('HEARTBEAT_DUE')],
  ['attaching CRASH→down', 'R1', message('CRASH')],
  ['attaching ENDPOINT', 'R1', endpoint],
  ['attaching TAKE_OVER→recovering', 'R1', takeOver],
  ['following STREAM→attaching', 'R1', stream],
  ['following ENDPOINT→attaching', 'R1', endpoint],
  ['absent QUERY', 'R1', query],
].map(([row, to, message]) => ({ row: `instance: ${row}`, to, message }) as Hand);

const AT_SEGMENTS: readonly Hand[] = [
  message('RECOVERY_READ', { group: 0, above: null, ...old }),
  message('TRUNCATE', { group: 0, ...old }),
].map((each) => ({ row: `segment: catchingUp ${each.type}`, to: '0/a', message: each }));

/** A recovery of the writer, stopped in a phase. */
function recoveringIn(phase: string): Trial {
  const trial = new Trial(config({ replicas: 0, groups: 2, pagesPerGroup: 31 }), [
    at(100, { op: 'crash', target: 'W' }),
    at(110, { op: 'restore', target: 'W' }),
  ]);
  if (!trial.until(() => trial.stateOf('W') === `recovering › ${phase}`, 2))
    throw new Error(`the writer never was ${phase}`);
  return trial;
}

function inRecovery(): readonly Hand[] {
  const epochs = { ...FIRST_EPOCHS, volume: 2 };
  const answer = { segment: '0/a', group: 0, epochs, scl: 1 };
  return (
    [
      ['claiming', message('RECOVERY_AGAIN'), ''],
      ['claiming', message('VOLUME_REFUSED', { boot: 2 }), ' VOLUME_REFUSED→restarting'],
      ['polling', refused, ' REFUSED→fenced'],
      ['polling', message('HEARTBEAT_DUE'), ' HEARTBEAT_DUE'],
      ['truncating', message('RECOVERY_AGAIN'), ''],
      ['completing', message('RECOVERY_AGAIN'), ''],
      ['completing', message('TRUNCATED', answer), ''],
      ['completing', message('ACK', { ...answer, got: [] }), ''],
      ['opening', message('READ_REFUSED', { ...readRefused, epochs }), ''],
      [
        'opening',
        message('READ_REFUSED', { ...readRefused, epochs: NEW }),
        '.opening READ_REFUSED→#instance.fenced',
      ],
      ['opening', message('OVERDUE', { request: 99 }), ''],
    ] as const
  ).map(([phase, each, outer]) => ({
    row: `instance: recovering${outer === '' ? `.${phase} ${each.type}` : outer}`,
    to: 'W',
    message: each,
    trial: recoveringIn(phase),
  }));
}

/** An actor as a run has it, or as it is born, in the state that a row names. */
function placed({ row, to, trial }: Hand): readonly [AnyStateMachine, AnyMachineSnapshot] {
  const actor = trial?.kernel.actor(to);
  if (actor !== undefined) {
    const { machine, snapshot, context } = actor;
    return [machine, { ...snapshot, context } as AnyMachineSnapshot];
  }
  const { machine, input } = birthOf(new Trial(quiet()).kernel.network.cluster, to);
  const value = row.split(' ')[1] ?? '';
  const { context } = born(machine, input);
  return [machine, machine.resolveState({ value, context })];
}

/** The rows that are taken when a message is handed to an actor in the state that the row names. */
export function handed(): readonly string[] {
  const drive = compiled();
  const raw = {
    row: 'application: ready RAW',
    to: 'load',
    message: message('RAW', { pages: [1] }),
  };
  const reply = { ...raw, row: 'application: ready REPLY', message: message('REPLY', {}) };
  return [...AS_BORN, ...AT_SEGMENTS, ...inRecovery(), raw, reply].flatMap((hand) => {
    const { row, to, message: given } = hand;
    const [machine, before] = placed(hand);
    const event = { type: given.type, message: given, from: 'R2', to, atUs: 0, sentUs: 0, luck: 0 };
    const { accepted, snapshot } = drive(machine, before, before.context, event);
    const target = row.split('→')[1]?.replace('#instance.', '');
    const isThere = target === undefined || JSON.stringify(snapshot.value).includes(target);
    return accepted && isThere ? [row] : [];
  });
}
