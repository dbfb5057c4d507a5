import type { Lsn } from '../database/ids.ts';
import type { LogRecord } from './record.ts';
import type { Answer } from './recovery-points.ts';

/**
 * Figure 3 of the 2018 paper, filled cell by filled cell: odd LSNs belong to the first group, even ones
 * to the second; mini-transactions {100,101}, {102,103,104}, {105,106,107}.
 */
export const HELD: Readonly<Record<string, readonly Lsn[]>> = {
  A1: [101, 105],
  B1: [101, 103, 105],
  C1: [101, 103, 105, 107],
  D1: [101, 103, 107],
  E1: [101, 103, 107],
  F1: [101, 107],
  A2: [100, 102, 104, 106],
  B2: [100, 104, 106],
  C2: [100, 102],
  D2: [100, 104],
  E2: [100, 102],
  F2: [100, 102, 104, 106],
};
const CPLS = [101, 104, 107];
export const FIRST = 99;

export const recordOf = (lsn: Lsn, epoch = 1): LogRecord => ({
  lsn,
  group: lsn % 2 === 1 ? 0 : 1,
  page: 0,
  kind: 'data',
  txn: 1,
  delta: { kind: 'reset-undo' },
  mtr: 1,
  cpl: CPLS.includes(lsn),
  prevVolumeLsn: lsn - 1,
  prevSegmentLsn: Math.max(lsn - 2, FIRST),
  prevBlockLsn: 0,
  epoch,
});

/** What a member of the figure answers. */
export function answerOf(member: string): Answer {
  const held = HELD[member] ?? [];
  let scl = FIRST;
  for (const lsn of held) if (Math.max(lsn - 2, FIRST) === scl) scl = lsn;
  return { scl, hint: FIRST, tail: FIRST, records: held.map((lsn) => recordOf(lsn)) };
}

export const members = (group: 1 | 2): readonly string[] =>
  [...'ABCDEF'].map((m) => `${m}${group}`);

/** Every choice of three of the six members of a group. */
export const threeOf = (six: readonly string[]): readonly (readonly string[])[] =>
  six.flatMap((a, i) =>
    six.slice(i + 1).flatMap((b, j) => six.slice(i + j + 2).map((c) => [a, b, c])),
  );
