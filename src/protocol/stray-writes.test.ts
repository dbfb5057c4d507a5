import { describe, expect, it } from 'vitest';
import type { Lsn } from '../database/ids.ts';
import { freePage } from '../database/page.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { Delivery, Effect, Outcome } from '../engine/effect.ts';
import { FIRST_EPOCHS, type TruncationRange } from './epochs.ts';
import { FIRST, HELD, members, recordOf, threeOf } from './figure-three.testkit.ts';
import { firstMembership, writeSetByIndex } from './membership.ts';
import type { Ack, GossipFill, Refused, Write } from './messages.ts';
import {
  acknowledged,
  advanced,
  type GroupPoints,
  issued,
  newGroupPoints,
  newVolumePoints,
} from './points.ts';
import type { RecoveryState } from './recovery-messages.ts';
import { rangeAfter, recoverPoints } from './recovery-points.ts';
import { newSegment, type Segment } from './segment.ts';
import { answerGossip, receiveFill } from './segment-gossip.ts';
import { hold } from './segment-hold.ts';
import { answerRecovery, truncate } from './segment-recovery.ts';
import { persist, receive } from './segment-write.ts';
import { SLOTS, segmentId } from './topology.ts';

const LIMIT = 20;
const OLD = FIRST_EPOCHS;
const NEW = { ...FIRST_EPOCHS, volume: 2 };
const ALL = [100, 101, 102, 103, 104, 105, 106, 107];
const WRITE_SET = writeSetByIndex(firstMembership({ quorumModel: '4/6', mutations: [] }, 0));

const groupOf = (member: string): number => Number(member[1]) - 1;
const slotOf = (member: string): number => 'ABCDEF'.indexOf(member[0] ?? '');
const idOf = (member: string) => segmentId(groupOf(member), SLOTS[slotOf(member)] ?? 'a');

const delivery = <M extends { readonly type: string }>(message: M, from: string): Delivery<M> =>
  ({ type: message.type, message, from, to: '', atUs: 0, sentUs: 0, luck: 0 }) as Delivery<M>;

const sent = <T>(effects: readonly Effect[], type: string): T | undefined =>
  effects.flatMap((each) =>
    each.kind === 'send' && each.message.type === type ? [each.message as T] : [],
  )[0];

/** The twelve segments of Figure 3, and the writer whose acknowledgements it draws. */
class Figure {
  readonly #segments = new Map<string, Segment>();
  #groups: readonly GroupPoints[];
  #volume = { ...newVolumePoints(FIRST), pending: AppendLog.of(ALL.map((lsn) => recordOf(lsn))) };

  constructor() {
    this.#groups = [0, 1].map((group) =>
      ALL.filter((lsn) => recordOf(lsn).group === group).reduce(
        (points, lsn) => issued(points, lsn, 'perRecord'),
        newGroupPoints(FIRST, SLOTS.length),
      ),
    );
    for (const member of [...members(1), ...members(2)]) {
      const got = HELD[member] ?? [];
      const empty = newSegment({
        id: idOf(member),
        host: 'A1',
        membership: firstMembership({ quorumModel: '4/6', mutations: [] }, groupOf(member)),
        writer: 'W',
        firstPage: 0,
        pages: [freePage(0)],
        lsn: FIRST,
        builtLimit: 4,
        mutations: [],
        upkeep: { backupEveryUs: 0, scrubEveryUs: 0 },
      });
      const segment = hold(
        empty,
        got.map((lsn) => recordOf(lsn)),
      );
      this.#segments.set(member, segment);
      this.#heard(member, { scl: segment.scl, got });
    }
  }

  /** The old writer counts an acknowledgement. */
  #heard(member: string, ack: Pick<Ack, 'scl' | 'got'>): void {
    const group = groupOf(member);
    const points = this.#groups[group] ?? newGroupPoints(FIRST, SLOTS.length);
    const next = acknowledged(points, WRITE_SET, 'perRecord', slotOf(member), ack);
    this.#groups = this.#groups.with(group, next);
    this.#volume = advanced(this.#volume, (id) => this.#groups[id]?.pgcl ?? FIRST);
  }

  /** The VDL of the old writer: what it answers commits by. */
  get vdl(): Lsn {
    return this.#volume.vdl;
  }

  segment(member: string): Segment {
    return this.#segments.get(member) as Segment;
  }

  held(member: string): readonly Lsn[] {
    const { log, ahead } = this.segment(member);
    return [...log, ...ahead].map(({ lsn }) => lsn);
  }

  #after(member: string, [segment, effects]: Outcome<Segment>): readonly Effect[] {
    this.#segments.set(member, segment);
    return effects;
  }

  /** A recovery in epoch 2 that is answered by these, and what it annuls. */
  recover(answering: readonly string[]): TruncationRange {
    const answers = answering.map((member) => {
      const asked = {
        type: 'RECOVERY_READ',
        group: groupOf(member),
        epochs: NEW,
        ranges: [],
        above: null,
      } as const;
      const outcome = answerRecovery(this.segment(member), delivery(asked, 'R1'));
      const state = sent<RecoveryState>(this.#after(member, outcome), 'RECOVERY_STATE');
      if (state === undefined) throw new Error(`${member} does not answer.`);
      return [groupOf(member), state] as const;
    });
    const perGroup = [0, 1].map((id) => answers.flatMap(([g, state]) => (g === id ? [state] : [])));
    return rangeAfter(2, recoverPoints(perGroup, 'union').vdl, [], LIMIT);
  }

  annul(member: string, range: TruncationRange): void {
    const message = {
      type: 'TRUNCATE',
      group: groupOf(member),
      epochs: NEW,
      ranges: [range],
    } as const;
    this.#after(member, truncate(this.segment(member), delivery(message, 'R1')));
  }

  /** A batch that the old writer sent long ago arrives. Why it is refused; null when it is stored. */
  stray(member: string, lsn: Lsn): Refused['reason'] | null {
    const write: Write = {
      type: 'WRITE',
      group: groupOf(member),
      batch: 1,
      records: [recordOf(lsn)],
      epochs: OLD,
      ranges: [],
      vdl: FIRST,
      vdlAtUs: 0,
      pgmrpl: FIRST,
      allCompleteTo: 0,
    };
    const effects = this.#after(member, receive(this.segment(member), delivery(write, 'W')));
    const refused = sent<Refused>(effects, 'REFUSED');
    if (refused !== undefined) return refused.reason;
    const job = { kind: 'write', write, from: 'W' } as const;
    const done = { type: 'DISK_DONE', job, tookUs: 0 } as const;
    const stored = this.#after(member, persist(this.segment(member), delivery(done, 'A1')));
    const ack = sent<Ack>(stored, 'ACK');
    if (ack === undefined) throw new Error(`${member} does not acknowledge ${lsn}.`);
    this.#heard(member, ack);
    return null;
  }

  /** A member asks another how far it is; what it says to whoever knows less teaches it. */
  gossip(asking: string, asked: string): Refused['reason'] | 'taught' | null {
    const { id, scl, epochs, ranges } = this.segment(asking);
    const message = { type: 'GOSSIP', segment: id, scl, epochs, ranges } as const;
    const answered = this.#after(asked, answerGossip(this.segment(asked), delivery(message, id)));
    const fill = sent<GossipFill>(answered, 'GOSSIP_FILL');
    if (fill === undefined) return sent<Refused>(answered, 'REFUSED')?.reason ?? null;
    this.#after(asking, receiveFill(this.segment(asking), delivery(fill, idOf(asked))));
    return 'taught';
  }
}

const FOUR = 104;

describe('a batch of the old writer that arrives after the recovery of Figure 3', () => {
  it('is refused by a member that has promised the new epoch, and nothing is stored', () => {
    const figure = new Figure();
    const range = figure.recover(['D1', 'E1', 'F1', 'C2', 'D2', 'E2']);
    expect(range).toEqual({ epoch: 2, above: FOUR, upTo: 124 });
    const before = figure.held('D1');
    expect(figure.stray('D1', 105)).toBe('stale-volume-epoch');
    figure.annul('D1', range);
    expect(figure.stray('D1', 105)).toBe('stale-volume-epoch');
    expect(before).toEqual([101, 103, 107]);
    expect(figure.held('D1')).toEqual([101, 103]);
  });

  it('is stored by one that was not told yet, which discards it when it learns', () => {
    const figure = new Figure();
    const range = figure.recover(['A1', 'B1', 'D1', 'C2', 'D2', 'E2']);
    // With 105 at A1 and B1 the volume would be complete to 105: its consistency point is still 104.
    expect(range).toEqual({ epoch: 2, above: FOUR, upTo: 124 });
    expect(figure.stray('F1', 103)).toBeNull();
    expect(figure.stray('F1', 105)).toBeNull();
    expect([figure.segment('F1').scl, figure.held('F1')]).toEqual([107, [101, 103, 105, 107]]);
    expect(figure.vdl).toBe(FOUR);
    figure.annul('F1', range);
    const { scl, epochs, ranges } = figure.segment('F1');
    expect([scl, figure.held('F1')]).toEqual([103, [101, 103]]);
    expect([epochs.volume, ranges]).toEqual([2, [range]]);
    expect(figure.stray('F1', 105)).toBe('stale-volume-epoch');
  });

  it('goes as well when the member learns from a peer, before it takes or gives anything', () => {
    const figure = new Figure();
    const range = figure.recover(['D1', 'E1', 'A1', 'C2', 'D2', 'E2']);
    for (const member of ['D1', 'E1', 'A1']) figure.annul(member, range);
    expect(figure.stray('F1', 103)).toBeNull();
    expect(figure.stray('F1', 105)).toBeNull();
    expect(figure.gossip('F1', 'D1')).toBe('taught');
    expect([figure.segment('F1').scl, figure.held('F1')]).toEqual([103, [101, 103]]);
  });

  it('is not given on to a peer that knows the range', () => {
    const figure = new Figure();
    const range = figure.recover(['D1', 'E1', 'F1', 'C2', 'D2', 'E2']);
    figure.annul('D1', range);
    expect(figure.segment('C1').scl).toBe(107);
    figure.gossip('D1', 'C1');
    expect(figure.held('D1')).toEqual([101, 103]);
    expect([figure.segment('C1').scl, figure.held('C1')]).toEqual([103, [101, 103]]);
  });
});

describe('whatever else arrives of the old writer', () => {
  const PAIRS = threeOf(members(1)).flatMap((one) =>
    threeOf(members(2)).map((two) => [...one, ...two]),
  );

  /** Everything that was issued reaches everybody, once the recovery has its answers. */
  function flooded(answering: readonly string[]) {
    const figure = new Figure();
    const { above } = figure.recover(answering);
    for (const member of [...members(1), ...members(2)])
      for (const lsn of ALL) if (recordOf(lsn).group === groupOf(member)) figure.stray(member, lsn);
    return { above, vdl: figure.vdl };
  }

  it('never lets it acknowledge more than the recovery keeps, whichever 20 × 20 quorums answered', () => {
    const played = PAIRS.map(flooded);
    expect(played).toHaveLength(400);
    expect(played.filter(({ above, vdl }) => vdl > above)).toEqual([]);
    // Where the recovery keeps all, so may the old writer: nobody is the worse for it.
    expect(played.some(({ vdl }) => vdl === 107)).toBe(true);
    expect(played.some(({ vdl }) => vdl === FOUR)).toBe(true);
  });
});
