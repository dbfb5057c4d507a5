import { describe, expect, it, vi } from 'vitest';
import { INVARIANTS } from './catalogue.ts';
import { Played, type Row } from './fault-matrix.testkit.ts';
import { INSTANCE_ROWS } from './fault-matrix-instances.testkit.ts';
import { STORAGE_ROWS } from './fault-matrix-storage.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

const SEEDS = [1, 2, 3];
const ROWS: readonly Row[] = [...STORAGE_ROWS, ...INSTANCE_ROWS].toSorted(
  (a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)),
);

const LATER = 10_000;

function expectWrites({ writes, isFinal }: Row, played: Played): void {
  const { fromMs, untilMs } = played;
  if (writes === 'go on') {
    for (let ms = fromMs; ms + 100 <= untilMs; ms += 100)
      expect(played.committed(ms, ms + 100).length, `from ${ms} ms on`).toBeGreaterThan(4);
    return;
  }
  expect(played.committed()).toEqual([]);
  const after = played.committed(untilMs, LATER).length;
  if (isFinal) expect(after).toBe(0);
  else expect(after).toBeGreaterThan(20);
}

function expectReads({ reads }: Row, played: Played): void {
  const { asked, told } = played.answered;
  if (reads === 'go on') expect(told).toBe(asked);
  if (reads === 'from caches') expect(told).toBeGreaterThan(0);
  expect(played.admitted.length > 0).toBe(reads === 'go on');
}

describe.each(ROWS)('$id: $fault', (row) => {
  const { writes, reads, excused = [], claims = {} } = row;
  const allowed = excused === 'all' ? INVARIANTS.map(({ id }) => id) : excused;
  const played = new Map<number, Played>();
  const all = (claim: (played: Played, seed: number) => void): void => {
    for (const seed of SEEDS) {
      const run = played.get(seed) ?? new Played(row, seed);
      played.set(seed, run);
      claim(run, seed);
    }
  };

  const broken = excused === 'all' ? 'whatever' : excused.join(' or ');
  it(`breaks ${broken === '' ? 'nothing' : `nothing but ${broken}`}`, () =>
    all(({ checker }) =>
      expect(checker.violations.filter(({ invariant }) => !allowed.includes(invariant))).toEqual(
        [],
      ),
    ));
  if (writes !== undefined) it(`writes ${writes}`, () => all((each) => expectWrites(row, each)));
  if (reads !== undefined) it(`reads ${reads}`, () => all((each) => expectReads(row, each)));
  it.each(Object.entries(claims))('%s', (_, claim) => all(claim));
});

describe('the fault matrix', () => {
  it('has every row', () => {
    const ids = [...new Set(ROWS.map(({ id }) => id))];
    expect(ids).toEqual(Array.from({ length: 16 }, (_, i) => `F${i + 1}`));
  });
});
