import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freePage } from '../database/page.ts';
import type { Delivery, Effect } from '../engine/effect.ts';
import type { PgclRule } from './config.ts';
import { FIRST_EPOCHS } from './epochs.ts';
import { firstMembership } from './membership.ts';
import type { DiskDone, Write } from './messages.ts';
import { acknowledged, type GroupPoints, issued, newGroupPoints } from './points.ts';
import type { Quorum } from './quorum.ts';
import type { LogRecord } from './record.ts';
import type { RecoveryState } from './recovery-messages.ts';
import { type Answer, type RecoveryRule, rangeAfter, recoverPoints } from './recovery-points.ts';
import { newSegment, type Segment } from './segment.ts';
import { answerRecovery, truncate } from './segment-recovery.ts';
import { persist, receive } from './segment-write.ts';
import { SLOTS, type Slot, segmentId } from './topology.ts';

const OLD = FIRST_EPOCHS;
const NEW = { ...FIRST_EPOCHS, volume: 2 };
const LIMIT = 20;
const WRITE_QUORUM: Quorum<number> = { k: 4, of: [0, 1, 2, 3, 4, 5] };

/** One of a single group's records, each of which ends a mini-transaction. */
const recordOf = (lsn: number): LogRecord => ({
  lsn,
  group: 0,
  page: 0,
  kind: 'data',
  txn: 1,
  delta: { kind: 'reset-undo' },
  mtr: lsn,
  cpl: true,
  prevVolumeLsn: lsn - 1,
  prevSegmentLsn: lsn - 1,
  prevBlockLsn: lsn - 1,
  epoch: 1,
});

const delivery = <M extends { readonly type: string }>(message: M, from: string): Delivery<M> =>
  ({ type: message.type, message, from, to: '0/a', atUs: 0, sentUs: 0, luck: 0 }) as Delivery<M>;

function sent<T>(effects: readonly Effect[], type: string): T | undefined {
  const found = effects.find((each) => each.kind === 'send' && each.message.type === type);
  return found?.kind === 'send' ? (found.message as T) : undefined;
}

const empty = (slot: Slot): Segment =>
  newSegment({
    id: segmentId(0, slot),
    host: 'A1',
    membership: firstMembership({ quorumModel: '4/6', mutations: [] }, 0),
    writer: 'W',
    firstPage: 0,
    pages: [freePage(0)],
    lsn: 0,
    builtLimit: 4,
    mutations: [],
    upkeep: { backupEveryUs: 0, scrubEveryUs: 0 },
  });

const WRITE: Write = {
  type: 'WRITE',
  group: 0,
  batch: 1,
  records: [recordOf(1)],
  epochs: OLD,
  ranges: [],
  vdl: 0,
  vdlAtUs: 0,
  pgmrpl: 0,
  allCompleteTo: 0,
};
const ON_DISK: DiskDone = {
  type: 'DISK_DONE',
  job: { kind: 'write', write: WRITE, from: 'W' },
  tookUs: 0,
};

/** When the old writer's record reaches a member: before it answers, before it is cut off, or after. */
const MOMENTS = ['before', 'between', 'after'] as const;
type Moment = (typeof MOMENTS)[number];

/** One member during a recovery that asks it, or does not, and then raises its epoch. */
class Member {
  #segment: Segment;
  readonly #arrives: Moment;
  /** Whether only the disk comes so late: the batch itself was there before the answer. */
  readonly #waitsForDisk: boolean;
  acks = false;

  constructor(slot: Slot, arrives: Moment, waitsForDisk: boolean) {
    this.#segment = empty(slot);
    this.#arrives = arrives;
    this.#waitsForDisk = waitsForDisk;
    if (waitsForDisk) this.#receive();
    this.#reach('before');
  }

  answer(epochs: typeof OLD): Answer {
    const message = {
      type: 'RECOVERY_READ',
      group: 0,
      epochs,
      ranges: [],
      above: null,
    } as const;
    const [segment, effects] = answerRecovery(this.#segment, delivery(message, 'R1'));
    this.#segment = segment;
    const state = sent<RecoveryState>(effects, 'RECOVERY_STATE');
    if (state === undefined) throw new Error('No answer.');
    return state;
  }

  /** The time between the answer and the range, then the range, then whatever is still on its way. */
  cutOff(vdl: number): void {
    this.#reach('between');
    const ranges = [rangeAfter(NEW.volume, vdl, [], LIMIT)];
    const message = { type: 'TRUNCATE', group: 0, epochs: NEW, ranges } as const;
    this.#segment = truncate(this.#segment, delivery(message, 'R1'))[0];
    this.#reach('after');
  }

  #reach(moment: Moment): void {
    if (moment !== this.#arrives) return;
    if (!this.#waitsForDisk && !this.#receive()) return;
    const [segment, effects] = persist(this.#segment, delivery(ON_DISK, 'A1'));
    this.#segment = segment;
    this.acks = sent(effects, 'ACK') !== undefined;
  }

  #receive(): boolean {
    const [segment, effects] = receive(this.#segment, delivery(WRITE, 'W'));
    this.#segment = segment;
    return sent(effects, 'REFUSED') === undefined;
  }
}

/** Every order: three moments for each of the three who answer, two for each of those nobody asks. */
function ordersOf(): readonly (readonly Moment[])[] {
  let orders: readonly (readonly Moment[])[] = [[]];
  for (const slot of SLOTS) {
    const moments = SLOTS.indexOf(slot) < 3 ? MOMENTS : (['between', 'after'] as const);
    orders = orders.flatMap((order) => moments.map((moment) => [...order, moment]));
  }
  return orders;
}

/** Who acknowledged the record to the old writer, and whether it is lost although four of them did. */
function played(order: readonly Moment[], read: typeof OLD, waitsForDisk: boolean) {
  const members = SLOTS.map((slot, i) => new Member(slot, order[i] ?? 'after', waitsForDisk));
  const answers = members.slice(0, 3).map((member) => member.answer(read));
  const { vdl } = recoverPoints([answers], 'union');
  for (const member of members) member.cutOff(vdl);
  const acks = members.map(({ acks }) => acks);
  return { acks: acks.map(Number).join(''), lost: vdl < 1 && acks.filter(Boolean).length >= 4 };
}

describe.each([
  ['that comes at a moment', false],
  ['that was there before and waits for the disk until that moment', true],
])('a record of the old writer %s', (_, waitsForDisk) => {
  const orders = ordersOf();

  it('is lost in 22 of 216 orders when the epoch is raised after the read', () => {
    const all = orders.map((order) => played(order, OLD, waitsForDisk));
    expect(all).toHaveLength(216);
    expect(all.filter(({ lost }) => lost)).toHaveLength(22);
  });

  it('is never lost when the read carries the epoch, and only 64 outcomes are left', () => {
    const all = orders.map((order) => played(order, NEW, waitsForDisk));
    expect(all.filter(({ lost }) => lost)).toEqual([]);
    expect(new Set(all.map(({ acks }) => acks)).size).toBe(64);
  });
});

/** What a member that holds some of the records, one bit each, says of itself. */
function answerOf(records: readonly LogRecord[], masks: readonly number[], at: number): Answer {
  const held = records.filter((_, i) => ((masks[i] ?? 0) & (1 << at)) !== 0);
  let scl = 0;
  for (const { lsn, prevSegmentLsn } of held) if (prevSegmentLsn === scl) scl = lsn;
  return { scl, hint: 0, tail: 0, records: held };
}

const THREES = [0, 1, 2, 3, 4, 5].flatMap((a, i) =>
  [0, 1, 2, 3, 4, 5]
    .slice(i + 1)
    .flatMap((b, j) => [0, 1, 2, 3, 4, 5].slice(i + j + 2).map((c) => [a, b, c])),
);

/** In how many of the 20 read quorums recovery falls short of what the writer took for durable. */
function shortOf(masks: readonly number[], pgclRule: PgclRule, rule: RecoveryRule): number {
  const records = masks.map((_, i) => recordOf(i + 1));
  const answers = SLOTS.map((_, at) => answerOf(records, masks, at));
  let points: GroupPoints = newGroupPoints(0, SLOTS.length);
  for (const { lsn } of records) points = issued(points, lsn, pgclRule);
  answers.forEach(({ scl, records: held }, at) => {
    const got = held.map(({ lsn }) => lsn);
    points = acknowledged(points, WRITE_QUORUM, pgclRule, at, { scl, got });
  });
  return THREES.filter((three) => {
    const chosen = answers.filter((_, at) => three.includes(at));
    return recoverPoints([chosen], rule).vdl < points.pgcl;
  }).length;
}

describe('how durability is counted and how recovery believes it', () => {
  const RULES = [
    ['scl', 'max-scl', true],
    ['scl', 'union', true],
    ['perRecord', 'union', true],
    ['perRecord', 'max-scl', false],
  ] as const;
  const masks = fc.array(fc.nat(63), { minLength: 1, maxLength: 6 });

  it.each(RULES)('counted by %s and recovered by %s: safe is %s', (pgclRule, rule, safe) => {
    const cases = fc.sample(masks, { numRuns: 4_000, seed: 1 });
    const short = cases.map((each) => shortOf(each, pgclRule, rule)).reduce((a, b) => a + b, 0);
    expect(short === 0).toBe(safe);
  });

  it('two records are enough for the unsafe pair: four copies each, two of them the same', () => {
    expect(shortOf([0b001111, 0b111100], 'perRecord', 'max-scl')).toBeGreaterThan(0);
    expect(shortOf([0b001111, 0b111100], 'perRecord', 'union')).toBe(0);
  });
});
