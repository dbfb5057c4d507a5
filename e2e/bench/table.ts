/** One line of the table: what was measured, what it may be, and what it is here and now. */
export interface Row {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  /** Null where there is nothing to hold it to. */
  readonly passes: boolean | null;
}

/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    least: sorted[0] ?? Number.NaN,
    most: sorted[sorted.length - 1] ?? Number.NaN,
  };
}

/** The value at a rank from 0 to 1 of ascending values. */
export const quantile = (sorted: readonly number[], rank: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(rank * sorted.length))] ?? Number.NaN;

/** Three figures that matter: 0.123, 12.3, 12 300. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits === 0 ? ' ' : '');
}

export const withSpread = ({ median, least, most }: Spread, unit: string): string =>
  `${figure(median)} ${unit} (${figure(least)}–${figure(most)})`;

export function printTable(rows: readonly Row[]): void {
  const verdict = ({ passes }: Row): string => (passes === null ? '' : passes ? 'pass' : 'SHORT');
  const cells = rows.map((row) => [row.what, row.budget, row.measured, verdict(row)]);
  const all = [['What', 'Budget', 'Measured', ''], ...cells];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...all.map((cell) => (cell[i] ?? '').length)));
  const line = (cell: readonly string[]): string =>
    cell
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...rest] = all;
  console.log(line(head));
  console.log(widths.map((width) => '─'.repeat(width)).join('  '));
  for (const cell of rest) console.log(line(cell));
}
