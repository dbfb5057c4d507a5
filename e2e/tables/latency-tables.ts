/**
 * Makes `src/engine/latency-tables.ts`. Logarithms and exponentials may differ in the last bit from one
 * machine to the next, so their results are checked in and a run only ever interpolates.
 *
 *     npx tsx e2e/tables/latency-tables.ts && npm run fix
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { QUANTILE_COUNT, type Quantiles, rankOf } from '../../src/engine/quantiles.ts';

interface LogNormal {
  readonly medianUs: number;
  readonly p99Us: number;
}

/** What each hop takes. Measured round trips and disk latencies, see `docs/sources.md`. */
export const HOPS = {
  build: { medianUs: 50, p99Us: 150 },
  sameAz: { medianUs: 120, p99Us: 350 },
  crossAz: { medianUs: 450, p99Us: 1_200 },
  persist: { medianUs: 80, p99Us: 600 },
  pageRead: { medianUs: 150, p99Us: 1_000 },
  applyRecord: { medianUs: 5, p99Us: 20 },
  client: { medianUs: 250, p99Us: 800 },
  ebs: { medianUs: 600, p99Us: 2_500 },
} as const satisfies Readonly<Record<string, LogNormal>>;

/** How far above the median, in standard deviations, a normal variable's 99th percentile lies. */
const Z99 = 2.326_347_874;

/** A log-normal has no end: a table's first and last values stand for these ranks. */
const FIRST_RANK = 2 ** -8;
const LAST_RANK = 1 - 2 ** -20;

/** The standard normal distribution at z ≤ 0, by its continued fraction in the far tail. */
function normalBelow(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < -3) {
    let fraction = -z;
    for (let k = 40; k > 0; k--) fraction = -z + k / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 1; k < 100; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

/** How many standard deviations from the mean a rank lies: the inverse, by bisection. */
export function deviationsAt(rank: number): number {
  if (rank > 0.5) return -deviationsAt(1 - rank);
  let low = -8;
  let high = 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < rank) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export function tableOf({ medianUs, p99Us }: LogNormal): Quantiles {
  const sigma = Math.log(p99Us / medianUs) / Z99;
  return Array.from({ length: QUANTILE_COUNT }, (_, index) => {
    const rank = Math.min(Math.max(rankOf(index), FIRST_RANK), LAST_RANK);
    return Math.max(1, Math.round(medianUs * Math.exp(sigma * deviationsAt(rank))));
  });
}

function sourceText(): string {
  const hops = Object.keys(HOPS) as readonly (keyof typeof HOPS)[];
  const names = hops.map((name) => `  ${name}: [${tableOf(HOPS[name]).join(', ')}],`);
  return `import type { Quantiles } from './quantiles.ts';

export type TableName =
${hops.map((name) => `  | '${name}'`).join('\n')};

/** How long each kind of hop takes. Made by \`e2e/tables/latency-tables.ts\`: change that instead. */
export const LATENCY_TABLES: Readonly<Record<TableName, Quantiles>> = {
${names.join('\n')}
};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync('src/engine/latency-tables.ts', sourceText());
