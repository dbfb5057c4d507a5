import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lsn } from '../database/ids.ts';
import { answerOf, members, recordOf, threeOf } from './figure-three.testkit.ts';
import type { LogRecord } from './record.ts';
import {
  type Answer,
  isAnnulled,
  type Recovered,
  type RecoveryRule,
  rangeAfter,
  recoverPoints,
} from './recovery-points.ts';

const recover = (one: readonly string[], two: readonly string[], rule: RecoveryRule): Recovered =>
  recoverPoints([one.map(answerOf), two.map(answerOf)], rule);

/** How often each VCL is recovered, over all pairs of read quorums. */
function tally(rule: RecoveryRule): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const one of threeOf(members(1)))
    for (const two of threeOf(members(2))) {
      const { vcl } = recover(one, two, rule);
      counts[vcl] = (counts[vcl] ?? 0) + 1;
    }
  return counts;
}

describe('recovery from the state of Figure 3', () => {
  const ROWS = [
    ['D1 E1 F1', 'C2 D2 E2', 'union', 103, 104, 104, 104, 124, 125],
    ['A1 B1 F1', 'A2 B2 C2', 'union', 107, 106, 107, 107, 127, 128],
    ['A1 E1 F1', 'C2 D2 E2', 'union', 107, 104, 105, 104, 124, 125],
    ['D1 E1 F1', 'B2 C2 D2', 'max-scl', 103, 102, 103, 101, 121, 122],
  ] as const;

  it.each(ROWS)(
    'answered by %s and %s, by %s: C %i and %i, VCL %i, VDL %i, annulled up to %i, next LSN %i',
    (one, two, rule, c1, c2, vcl, vdl, upTo, nextLsn) => {
      const found = recover(one.split(' '), two.split(' '), rule);
      expect(found.groups.map(({ complete }) => complete)).toEqual([c1, c2]);
      expect([found.vcl, found.vdl]).toEqual([vcl, vdl]);
      const range = rangeAfter(2, found.vdl, [], 20);
      expect(range).toEqual({ epoch: 2, above: vdl, upTo });
      expect(range.upTo + 1).toBe(nextLsn);
    },
  );

  it('keeps what nobody acknowledged when it was complete, and no record above its VDL', () => {
    const found = recover(['A1', 'E1', 'F1'], ['C2', 'D2', 'E2'], 'union');
    expect(found.groups.map(({ tail }) => tail)).toEqual([103, 104]);
    expect(found.groups.map(({ surviving }) => surviving.map(({ lsn }) => lsn))).toEqual([
      [101, 103],
      [100, 102, 104],
    ]);
    expect(found.annulled.map(({ lsn }) => lsn)).toEqual([105, 107]);
  });

  it('depends on who answered: over all 20 × 20 read quorums, by union', () => {
    expect(tally('union')).toEqual({ 104: 20, 105: 19, 107: 361 });
  });

  it('depends on who answered: over all 20 × 20 read quorums, by the greatest SCL', () => {
    expect(tally('max-scl')).toEqual({ 103: 80, 104: 64, 106: 96, 107: 160 });
  });

  it('never lies below what the matching rule of PGCL had acknowledged', () => {
    expect(Math.min(...Object.keys(tally('union')).map(Number))).toBe(104);
    expect(Math.min(...Object.keys(tally('max-scl')).map(Number))).toBe(103);
  });
});

describe('a truncation range', () => {
  it('begins again at the end of the highest range before, which a writer may have used', () => {
    const first = rangeAfter(2, 104, [], 20);
    expect(rangeAfter(3, 104, [first], 20)).toEqual({ epoch: 3, above: 104, upTo: 144 });
    expect(rangeAfter(3, 130, [first], 20)).toEqual({ epoch: 3, above: 130, upTo: 150 });
  });

  it('is as long as the limit on LSNs, so that it covers whatever was under way', () => {
    const range = rangeAfter(2, 1_000, [], 10_000_000);
    expect(range).toEqual({ epoch: 2, above: 1_000, upTo: 10_001_000 });
  });

  it('annuls records of older epochs above its lower end, and none of its own epoch', () => {
    const ranges = [
      { epoch: 2, above: 104, upTo: 124 },
      { epoch: 3, above: 126, upTo: 150 },
    ];
    const annulled = (lsn: Lsn, epoch: number): boolean => isAnnulled(ranges, recordOf(lsn, epoch));
    expect([annulled(104, 1), annulled(105, 1), annulled(124, 1)]).toEqual([false, true, true]);
    expect([annulled(125, 2), annulled(126, 2), annulled(127, 2)]).toEqual([false, false, true]);
    expect([annulled(151, 3), annulled(127, 3)]).toEqual([false, false]);
  });
});

/** Two groups whose records were stored here and there, each complete up to a point everywhere. */
const stored = fc
  .array(fc.tuple(fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 63 })), { maxLength: 12 })
  .map((drawn) => {
    const last = [0, 0];
    const records = drawn.map(([odd, ends], i): LogRecord => {
      const group = odd ? 1 : 0;
      const prevSegmentLsn = last[group] ?? 0;
      last[group] = i + 1;
      return {
        ...recordOf(i + 1),
        group,
        prevSegmentLsn,
        prevVolumeLsn: i,
        cpl: ends || i === drawn.length - 1,
      };
    });
    return { records, masks: drawn.map(([, , mask]) => mask) };
  });

describe('recovery from any read quorums', () => {
  it('finds at least what a write quorum of SCLs had made durable, and ends at a consistency point', () => {
    fc.assert(
      fc.property(stored, fc.nat(19), fc.nat(19), ({ records, masks }, one, two) => {
        const heldBy = (slot: number, group: number): readonly LogRecord[] =>
          records.filter((r, i) => r.group === group && ((masks[i] ?? 0) & (1 << slot)) !== 0);
        const answer = (slot: number, group: number): Answer => {
          const held = heldBy(slot, group);
          let scl = 0;
          for (const { lsn, prevSegmentLsn } of held) if (prevSegmentLsn === scl) scl = lsn;
          return { scl, hint: 0, tail: 0, records: held };
        };
        const slots = threeOf([...'012345']);
        const chosen = [slots[one]!, slots[two]!].map((three, group) =>
          three.map((slot) => answer(Number(slot), group)),
        );
        const pgcl = [0, 1].map(
          (group) =>
            [0, 1, 2, 3, 4, 5].map((slot) => answer(slot, group).scl).sort((a, b) => b - a)[3]!,
        );
        const lost = records.find(({ lsn, group }) => lsn > pgcl[group]!);
        const before = records.filter(({ lsn, cpl }) => cpl && lsn < (lost?.lsn ?? 99));
        const vdlBefore = before.at(-1)?.lsn ?? 0;
        const { vcl, vdl, groups, annulled } = recoverPoints(chosen, 'union');
        expect(vdl).toBeGreaterThanOrEqual(vdlBefore);
        expect(vdl).toBeLessThanOrEqual(vcl);
        expect(vdl === 0 || records[vdl - 1]?.cpl).toBe(true);
        expect(annulled.every(({ lsn }) => lsn > vdl)).toBe(true);
        groups.forEach(({ tail, surviving }, group) => {
          const kept = records.filter((r) => r.group === group && r.lsn <= vdl);
          expect(tail).toBe(kept.at(-1)?.lsn ?? 0);
          expect(surviving.map(({ lsn }) => lsn)).toEqual(kept.map(({ lsn }) => lsn));
        });
      }),
      { numRuns: 500 },
    );
  });
});
