import type { Batch, Failed } from '../checker/fuzz/batch.ts';

/** What many batches came to, added up. */
export interface Totals {
  readonly runs: number;
  readonly full: number;
  readonly events: number;
  readonly commits: number;
  /** How many runs had so many thousand events; the last entry counts all above. */
  readonly thousands: readonly number[];
  readonly violations: number;
  /** The lowest seed that failed. */
  readonly first: Failed | null;
  /** How often each transition of each chart was taken and each reason to refuse given. */
  readonly counts: Readonly<Record<string, number>>;
}

const MOST_THOUSANDS = 40;

export const NOTHING: Totals = {
  runs: 0,
  full: 0,
  events: 0,
  commits: 0,
  thousands: new Array<number>(MOST_THOUSANDS).fill(0),
  violations: 0,
  first: null,
  counts: {},
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The totals with one batch more. */
export function added(totals: Totals, batch: Batch): Totals {
  const thousands = [...totals.thousands];
  for (const events of batch.events) {
    const at = Math.min(Math.floor(events / 1_000), MOST_THOUSANDS - 1);
    thousands[at] = (thousands[at] ?? 0) + 1;
  }
  const counts: Record<string, number> = { ...totals.counts };
  for (const [name, count] of Object.entries(batch.counts))
    counts[name] = (counts[name] ?? 0) + count;
  return {
    runs: totals.runs + batch.runs,
    full: totals.full + batch.full,
    events: totals.events + sum(batch.events),
    commits: totals.commits + sum(batch.commits),
    thousands,
    violations: totals.violations + batch.failed.length,
    first: lower(totals.first, batch.failed[0] ?? null),
    counts,
  };
}

function lower(a: Failed | null, b: Failed | null): Failed | null {
  if (a === null || b === null) return a ?? b;
  return a.seed <= b.seed ? a : b;
}

/** The middle run's events, to the thousand below. */
export function medianThousands({ thousands, runs }: Totals): number {
  let below = 0;
  return Math.max(
    0,
    thousands.findIndex((count) => {
      below += count;
      return below * 2 >= runs;
    }),
  );
}

/** Transitions and reasons that no run has come across. */
export const neverTaken = ({ counts }: Totals): readonly string[] =>
  Object.entries(counts)
    .filter(([, count]) => count === 0)
    .map(([name]) => name)
    .toSorted();

/** The table for the documentation. */
export function tableOf(totals: Totals): string {
  const rows: readonly (readonly [string, number | string])[] = [
    ['Schedules', totals.runs],
    ['with 20 commits and a fault that mattered', totals.full],
    ['Events', totals.events],
    ['Commits', totals.commits],
    ['Events of the median schedule, at least', medianThousands(totals) * 1_000],
    ['Violations', totals.violations],
    [
      'Kinds of transitions and refusals taken',
      Object.values(totals.counts).filter((n) => n > 0).length,
    ],
    ['never taken', neverTaken(totals).join('; ') || 'none'],
  ];
  return [
    '| What | How many |',
    '| --- | --- |',
    ...rows.map(([what, n]) => `| ${what} | ${n} |`),
  ].join('\n');
}
