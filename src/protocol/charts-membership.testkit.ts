import { expect } from 'vitest';
import { begin as born, compiled } from '../engine/driver.ts';
import { birthOf } from './aurora.ts';
import { firstMembership } from './membership.ts';
import { added, forwards } from './membership-steps.ts';
import { at, config, Trial } from './trial.testkit.ts';

const off = (ms: number) =>
  at(ms, { op: 'workload', workload: { ...config().workload, on: false } });

const quick = () =>
  config({
    copyMbps: 800_000,
    workload: { perSecond: 100, readPermille: 300 },
    detection: { ...config().detection, segmentUs: 60_000 },
  });

/** Runs in which members are replaced, for good and not, hosts are patched, and a zone is given up. */
export const MEMBERSHIP_SCRIPTS: readonly (readonly [ms: number, script: () => Trial])[] = [
  // A host that is lost, one that comes back, one that is replaced because it is hot.
  [
    3_000,
    () =>
      new Trial(quick(), [
        at(100, { op: 'lose', target: 'C1' }),
        at(100, { op: 'crash', target: 'B2' }),
        at(300, { op: 'crash', target: 'B3' }),
        at(320, { op: 'restore', target: 'B3' }),
        at(340, { op: 'restore', target: 'B2' }),
        at(900, { op: 'replace', target: '0/b', reason: 'hot' }),
        at(950, { op: 'control', on: false }),
        at(960, { op: 'lose', target: 'A4' }),
        at(1_000, { op: 'control', on: true }),
        at(1_500, { op: 'restore', target: 'C1' }),
        off(2_000),
      ]),
  ],
  // A new member whose host goes down and comes back, and one whose host is lost as well.
  [
    3_200,
    () =>
      new Trial(config({ copyMbps: 160_000, workload: { perSecond: 60 } }), [
        at(20, { op: 'replace', target: '0/f', reason: 'suspected' }),
        at(120, { op: 'crash', target: 'C3' }),
        at(122, { op: 'crash', target: 'C4' }),
        at(200, { op: 'restore', target: 'C3' }),
        at(202, { op: 'restore', target: 'C4' }),
        at(1_200, { op: 'replace', target: '1/a', reason: 'hot' }),
        at(1_300, { op: 'isolate', target: 'B1', on: true }),
        at(1_310, { op: 'isolate', target: 'C3', on: true }),
        at(2_000, { op: 'isolate', target: 'B1', on: false }),
        at(2_000, { op: 'isolate', target: 'C3', on: false }),
        at(3_000, { op: 'crash', target: 'B4' }),
        at(3_010, { op: 'lose', target: 'B4' }),
        at(3_100, { op: 'crash', target: 'A4' }),
        at(3_110, { op: 'restore', target: 'A4' }),
        at(3_120, { op: 'lose', target: 'A4' }),
      ]),
  ],
  // A zone that is patched, and another that is given up for long and taken back.
  [
    2_700,
    () =>
      new Trial(config({ workload: { perSecond: 60 } }), [
        at(50, { op: 'patch', target: 'A' }),
        at(60, { op: 'crash', target: 'R1' }),
        at(70, { op: 'restore', target: 'R1' }),
        at(1_000, { op: 'crash-zone', az: 'C' }),
        at(1_050, { op: 'extended-loss', az: 'C', on: true }),
        at(2_000, { op: 'restore-zone', az: 'C' }),
        at(2_200, { op: 'extended-loss', az: 'C', on: false }),
        off(2_500),
      ]),
  ],
];

type Handed = readonly [
  id: string,
  machine: string,
  state: string,
  message: { readonly type: string },
  leads?: string,
  knows?: object,
];

const one = firstMembership({ quorumModel: '4/6', mutations: [] }, 0);
const two = added(one, 'f', '0/g@C3', 'suspected');
const three = forwards(two, 'f');
const epochs = { volume: 1, membership: 1, geometry: 1 };
const newer = { volume: 1, membership: 3, geometry: 1 };
const order = { membership: one, kind: 'full', sources: ['0/a'], copyUs: 16 };
const asks = { type: 'ASK_MEMBERSHIP', group: 0 };
const tells = { type: 'MEMBERSHIP', membership: three, geometry: 1, volume: 1 };
const writes = { type: 'WRITE', group: 0, batch: 1, records: [], epochs, ranges: [] };
const reads = { type: 'READ_PAGE', request: 1, page: 1, readPoint: 1, tail: 1, epochs, ranges: [] };
const gossips = { type: 'GOSSIP', segment: '0/a', scl: 1, epochs, ranges: [] };
const stale = { type: 'REFUSED', group: 0, segment: '0/a', epochs: newer };
const join = { type: 'JOIN', order };
const founding = { membership: one, lsn: 1, epochs, ranges: [], pages: [] };
const plain = (type: string) => ({ type });

/** Messages that cross on their way so rarely that no script waits for it: they are handed over. */
const HANDED: readonly Handed[] = [
  ...['complete', 'catchingUp'].flatMap((state): readonly Handed[] => [
    ['0/f', 'segment', state, join],
    ['0/f', 'segment', state, asks],
    ['0/f', 'segment', state, tells],
    ['0/f', 'segment', state, stale],
    ['0/f', 'segment', state, { type: 'COPY', segment: '0/g@C3', part: 0 } as Handed[3]],
    ['0/f', 'segment', state, plain('RETIRED'), 'retired'],
    ['0/f', 'segment', state, plain('ERASE'), 'absent'],
    ['0/f', 'segment', state, plain('LOST'), 'absent'],
  ]),
  ['0/g@C3', 'segment', 'hydrating', join],
  ['0/g@C3', 'segment', 'hydrating', asks],
  ['0/g@C3', 'segment', 'hydrating', reads],
  ['0/g@C3', 'segment', 'hydrating', plain('LOST'), 'absent'],
  ['0/g@C3', 'segment', 'hydrating', plain('ERASE'), 'absent'],
  ['0/g@C3', 'segment', 'hydrating', plain('COPY_AGAIN')],
  ['0/f', 'segment', 'retired', asks],
  ['0/f', 'segment', 'retired', writes],
  ['0/f', 'segment', 'retired', reads],
  ['0/f', 'segment', 'retired', gossips],
  ['0/f', 'segment', 'retired', plain('RETIRE_AGAIN')],
  ['0/f', 'segment', 'retired', plain('ERASE'), 'absent'],
  ['0/f', 'segment', 'retired', plain('LOST'), 'absent'],
  ['0/f', 'segment', 'retired', plain('HOST_DOWN'), 'down'],
  ['0/f', 'segment', 'down', plain('HOST_UP'), 'retired', { retired: true }],
  ['W', 'instance', 'open', asks],
  ['W', 'instance', 'open', stale],
  ['W', 'instance', 'recovering', asks],
  ['W', 'instance', 'recovering', stale],
  ['W', 'instance', 'recovering', tells],
  ['R1', 'instance', 'following', asks],
  ['R1', 'instance', 'following', tells],
  ['R1', 'instance', 'attaching', tells],
  ['A1', 'storage node', 'restarting', plain('LOSE'), 'lost'],
  [
    'control',
    'control plane',
    'available',
    { type: 'RETIRING', group: 0, segment: '0/f' } as Handed[3],
  ],
  ['control', 'control plane', 'available', plain('PATCH_NEXT')],
  ['control', 'control plane', 'available', { type: 'SUSPECT', segment: '0/f' } as Handed[3]],
  ['control', 'control plane', 'available', { type: 'HOST_MISSED', host: 'A1' } as Handed[3]],
  ['0/f', 'segment', 'complete', { type: 'FOUND', founding } as Handed[3]],
  ['control', 'control plane', 'unavailable', { type: 'HOST_LOST', host: 'A1' } as Handed[3]],
];

/** A chart's outermost state: what is inside it is for others to try. */
const topOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.keys(value)[0] : value;

/** Hands each over, and says which transitions that took. */
export function handedOver(): readonly string[] {
  const { cluster } = new Trial(config()).kernel.network;
  return HANDED.map(([id, name, value, message, leads, knows]) => {
    const { machine, input } = birthOf(cluster, id);
    const context = { ...(born(machine, input).context as object), ...knows };
    const snapshot = machine.resolveState({ value, context });
    const event = { type: message.type, message, from: '0/a', to: id, atUs: 0, sentUs: 0, luck: 0 };
    const { accepted, snapshot: after } = compiled()(machine, snapshot, context, event);
    expect([id, value, message.type, accepted]).toEqual([id, value, message.type, true]);
    expect(topOf(after.value)).toBe(leads ?? value);
    return `${name}: ${value} ${message.type}${leads === undefined ? '' : `→${leads}`}`;
  });
}
