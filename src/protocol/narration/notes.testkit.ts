import type { Flight, Happening } from '../../engine/happening.ts';
import type { AuroraNote, NoteOf, NoteType } from '../notes.ts';
import type { LogRecord } from '../record.ts';
import type { Lookups } from './told.ts';

/** Where things are in the tests: slots a…f of every group on A1 A2 B2 B1 C1 C2, 16 pages a group. */
export const LOOKUPS: Lookups = {
  hostOf: (segment) =>
    ({ a: 'A1', b: 'A2', c: 'B2', d: 'B1', e: 'C1', f: 'C2' })[segment.slice(-1)] ?? '?',
  groupOf: (page) => Math.floor(page / 16),
  writer: 'W',
};

/** A record that changes page 7 of group 0, unless told otherwise. */
export const record = (lsn: number, page = 7): LogRecord => ({
  lsn,
  page,
  group: LOOKUPS.groupOf(page),
  mtr: 1,
  cpl: true,
  prevVolumeLsn: lsn - 1,
  prevSegmentLsn: lsn - 1,
  prevBlockLsn: lsn - 1,
  epoch: 1,
  kind: 'data',
  txn: 17,
  delta: { kind: 'remove-row', key: 1 },
});

/** An event with the given notes. */
export const happeningOf = (
  notes: readonly AuroraNote[],
  flight: Partial<Flight> = {},
): Happening => ({
  count: 1,
  timeUs: 12_850,
  n: 1,
  flight: {
    order: 1,
    type: 'ACK',
    message: { type: 'ACK' },
    from: '0/c',
    to: 'W',
    sentUs: 12_000,
    atUs: 12_850,
    luck: 0,
    timer: null,
    lost: null,
    ...flight,
  },
  accepted: true,
  notes,
  sent: [],
});

type Notes = { readonly [T in NoteType]: NoteOf<T> };

const note = <T extends NoteType>(type: T, fields: Omit<NoteOf<T>, 'type'>): NoteOf<T> =>
  ({ type, ...fields }) as NoteOf<T>;

/** How large the numbers of a sample are. */
interface Size {
  readonly lsn: number;
  readonly page: number;
  readonly group: number;
  readonly txn: number;
  readonly count: number;
  readonly us: number;
  readonly text: string;
}

function sample(size: Size): Notes {
  const { lsn, page, group, txn, count, us, text } = size;
  const segment = `${group}/c` as const;
  const peer = `${group}/e` as const;
  const on = { segment, host: 'B2' };
  const run = { first: lsn - count, last: lsn, count: count + 1 };
  const records = [record(lsn - count, page), record(lsn, page + (count > 5 ? 99 : 0))];
  const scl = { sclFrom: lsn - count - 1, sclTo: lsn };
  const moved = { from: lsn - 1, to: lsn };
  const read = { segment, instance: 'R1', page };
  return {
    statement: note('statement', { instance: 'W', session: 3, text }),
    'transaction-begun': note('transaction-begun', { txn, session: 3 }),
    'lock-wait': note('lock-wait', { session: 3, txn, holder: txn - 1, what: text }),
    deadlock: note('deadlock', { victim: 3, txn, sentence: text }),
    'rolled-back': note('rolled-back', { txn, session: -1 }),
    'statement-failed': note('statement-failed', { instance: 'R15', session: 3, problem: text }),
    replied: note('replied', { instance: 'R15', session: 3, rows: count }),
    'mtr-closed': note('mtr-closed', { mtr: 1, txn, session: 3, records }),
    'allocation-stalled': note('allocation-stalled', { session: 3, wanted: lsn, limit: lsn - 1 }),
    'allocation-resumed': note('allocation-resumed', { limit: lsn }),
    'batch-sent': note('batch-sent', { group, batch: 1, ...run, bytes: count * 100 }),
    acked: note('acked', { ...on, lsn, scl: lsn, copies: 4, members: 6, needed: 4 }),
    pgcl: note('pgcl', { group, ...moved }),
    vcl: note('vcl', moved),
    vdl: note('vdl', moved),
    'commit-queued': note('commit-queued', { txn, lsn, session: 3 }),
    'commit-returned': note('commit-returned', { txn, lsn, session: 3, waitedUs: us }),
    'stream-sent': note('stream-sent', {
      replicas: 15,
      records: count,
      first: lsn - count,
      last: lsn,
      vdl: lsn - 1,
    }),
    purged: note('purged', { group, page, records: count }),
    received: note('received', { segment, ...run }),
    persisted: note('persisted', { ...on, ...run, ...scl, diskUs: us }),
    'gap-found': note('gap-found', { segment: peer, after: lsn - 3, before: lsn }),
    'gossip-asked': note('gossip-asked', { segment: peer, peer: segment, scl: lsn }),
    'gossip-filled': note('gossip-filled', {
      ...{ segment: peer, peer: segment, ...scl, byBlocks: false, count: 1 },
      ...{ first: lsn - count, last: lsn - count },
    }),
    coalesced: note('coalesced', { segment, page, ...moved, records: count }),
    collected: note('collected', { segment, floor: lsn, records: count }),
    'segment-state': note('segment-state', { segment, state: 'catching up' }),
    'page-requested': note('page-requested', { ...read, group, readPoint: lsn, hedged: false }),
    'page-base': note('page-base', {
      ...{ ...read, lsn, readPoint: lsn + count, hit: false },
      ...{ records: [lsn + 1, lsn + count], rows: [] },
    }),
    'record-applied': note('record-applied', {
      ...{ ...read, lsn, what: text },
      ...{ before: [], after: [], left: count },
    }),
    'page-answered': note('page-answered', {
      ...read,
      ...{ lsn, readPoint: lsn, applied: 2, hit: false },
    }),
    'page-refused': note('page-refused', { ...read, reason: 'behind' }),
    'page-admitted': note('page-admitted', { instance: 'W', page, lsn, waitedUs: us }),
    evicted: note('evicted', { instance: 'W', page, lsn, vdl: lsn + 1 }),
    'stream-received': note('stream-received', {
      ...{ replica: 'R1', records: count, last: lsn },
      vdl: lsn - 1,
    }),
    'replica-applied': note('replica-applied', { replica: 'R1', lsn, page }),
    'replica-skipped': note('replica-skipped', { replica: 'R1', lsn, page }),
    'stream-resumed': note('stream-resumed', { replica: 'R1', parts: 3, records: 12 }),
    'fallen-behind': note('fallen-behind', { replica: 'R1', lagUs: us, limitUs: us }),
    'commit-noticed': note('commit-noticed', { replica: 'R1', txn: 7, lsn: moved.to }),
    'read-view': note('read-view', { replica: 'R1', ...moved, lagUs: us }),
    ...faults(size),
    ...recoveries(size),
    ...upkeep(size),
    ...membership(size),
  };
}

const recoveries = ({ lsn, group, count, us }: Size) => {
  const segment = `${group}/c` as const;
  const epoch = count;
  const instance = 'R1';
  return {
    refused: note('refused', {
      ...{ segment, sender: 'W', what: 'WRITE', reason: 'stale-volume-epoch' },
      ...{ presented: epoch, known: epoch + 1 },
    }),
    'epoch-adopted': note('epoch-adopted', { segment, from: epoch, to: epoch + 1 }),
    truncated: note('truncated', {
      ...{ segment, epoch, above: lsn - count, upTo: lsn + count },
      ...{ dropped: count, sclFrom: lsn, sclTo: lsn - count },
    }),
    'epoch-raised': note('epoch-raised', { instance, epoch }),
    'claim-refused': note('claim-refused', { instance, presented: epoch, known: epoch + 1 }),
    'range-recorded': note('range-recorded', { epoch, above: lsn, upTo: lsn + count }),
    recovery: note('recovery', { instance, phase: 'polling', epoch }),
    'recovery-answered': note('recovery-answered', {
      ...{ instance, segment, group, scl: lsn, records: count },
      ...{ answers: 3, hasReadQuorum: true },
    }),
    'recovery-points': note('recovery-points', {
      ...{ instance, epoch, vcl: lsn, vdl: lsn - 1 },
      ...{ surviving: count, annulled: count },
    }),
    'volume-opened': note('volume-opened', {
      ...{ instance, epoch, vdl: lsn, next: lsn + 1 },
      ...{ undo: count, tookUs: us },
    }),
    fenced: note('fenced', { instance: 'W', epoch, known: epoch + 1 }),
    failover: note('failover', { step: 'promoting', from: 'W', to: instance }),
    endpoint: note('endpoint', { writer: instance, epoch }),
    reconnect: note('reconnect', { session: 3, endpoint: instance, state: 'found' }),
  };
};

const faults = ({ count }: Size) => ({
  node: note('node', { host: 'B2', state: 'down' }),
  instance: note('instance', { instance: 'R1', state: 'down' }),
  zone: note('zone', { az: 'C', state: 'down' }),
  'drop-armed': note('drop-armed', { target: 'B2' }),
  'loss-rate': note('loss-rate', { ppm: count * 10_000 }),
  'duplicate-rate': note('duplicate-rate', { ppm: count * 10_000 }),
  partition: note('partition', { from: ['W'], to: ['B2', 'R1'], state: 'cut' }),
  control: note('control', { state: 'down' }),
  workload: note('workload', { on: true, perSecond: count * 1_000 }),
});

const membership = ({ lsn, group, count, us }: Size) => {
  const segment = `${group}/g@C4` as const;
  const instead = `${group}/f` as const;
  const write = '4/6 of abcdef AND 4/6 of abcdeg';
  const epoch = count;
  const added = { segment, instead, reason: 'suspected' } as const;
  const step = { step: 'added', subject: segment, instead, write, read: '3/6 of abcdef' } as const;
  const recorded = { segments: [segment, instead], byWriteQuorum: true };
  return {
    suspected: note('suspected', { group, segment: instead, by: 'W' }),
    'host-chosen': note('host-chosen', { group, ...added }),
    'no-host': note('no-host', { group, segment: instead, az: 'C' }),
    membership: note('membership', { group, epoch, ...step }),
    'membership-recorded': note('membership-recorded', { group, epoch, ...recorded }),
    'membership-adopted': note('membership-adopted', { actor: segment, group, epoch }),
    copied: note('copied', { segment, source: instead, part: 3, parts: 16 }),
    hydrated: note('hydrated', { group, segment, scl: lsn, joinedAt: lsn - 1 }),
    geometry: note('geometry', { epoch, az: 'C', state: 'given up' }),
    patch: note('patch', { host: 'C4', state: 'begun', left: count, tookUs: us }),
  };
};

const upkeep = ({ lsn, page, group, count, us }: Size) => {
  const segment = `${group}/c` as const;
  const block = { segment, page, lsn };
  const point = { volume: 'restored', lsn, atUs: us, wantedUs: 2 * us };
  return {
    staged: note('staged', { segment, first: lsn - count, last: lsn, count, blocks: count }),
    'backed-up': note('backed-up', { group, from: lsn - 1, to: lsn }),
    'block-damaged': note('block-damaged', block),
    'block-bad': note('block-bad', { ...block, sum: 0xbad, expected: 0xfeedf00d, found: 'read' }),
    'block-repaired': note('block-repaired', { ...block, peer: `${group}/e`, tookUs: us }),
    scrubbed: note('scrubbed', { segment, blocks: count, bad: 0 }),
    'background-deferred': note('background-deferred', { host: 'B2', waiting: count, queue: 4 }),
    throttled: note('throttled', { host: 'B2', on: true, waiting: count }),
    'write-quorum-lost': note('write-quorum-lost', { group, heard: [segment] }),
    'write-quorum-regained': note('write-quorum-regained', { group, waitedUs: us }),
    'read-quorum-lost': note('read-quorum-lost', { group, heard: [] }),
    'read-quorum-regained': note('read-quorum-regained', { group, heard: [segment] }),
    'growth-asked': note('growth-asked', { group, by: 'W' }),
    'growth-placed': note('growth-placed', {
      ...{ group, hosts: ['A100', 'A99', 'B100', 'B99', 'C100', 'C99'] },
    }),
    'growth-refused': note('growth-refused', { groups: count, limit: count }),
    'group-founded': note('group-founded', { group, epoch: count, segments: 6 }),
    'geometry-learnt': note('geometry-learnt', { instance: 'W', epoch: count, groups: count }),
    'restore-begun': note('restore-begun', { ...point, isLatest: true, groups: count }),
    'group-restored': note('group-restored', {
      ...{ volume: 'restored', group, pages: 12, records: count },
    }),
    'volume-restored': note('volume-restored', { ...point, records: count }),
  };
};

/** One note of every type, with the numbers of an ordinary run. */
export const ORDINARY = sample({
  ...{ lsn: 1042, page: 7, group: 0, txn: 17, count: 2, us: 3_400 },
  text: "INSERT INTO orders VALUES (1, 'tea')",
});

/** The same with numbers larger than any run should reach, and text without end. */
export const EXTREME = sample({
  ...{ lsn: 999_999_999_999, page: 1_258_368, group: 78_647, txn: 9_999_999_999 },
  ...{ count: 999_999, us: 3_600_000_000, text: 'very long text '.repeat(40) },
});
