import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, test } from './fixtures.ts';
import { openPage, openRun } from './in-page.ts';

const at = (timeUs: number, act: object, n = 0): object => ({ at: { timeUs, n }, act });

/** A dozen runs that differ in everything that may differ between two ways of computing. */
const RUNS: readonly {
  readonly scenario: string;
  readonly seed: number;
  readonly untilMs: number;
  readonly interventions?: readonly object[];
}[] = [
  { scenario: 'first-write', seed: 1, untilMs: 60 },
  { scenario: 'first-write', seed: 4_294_967_295, untilMs: 40 },
  { scenario: 'busy', seed: 7, untilMs: 40 },
  { scenario: 'rough-day', seed: 3, untilMs: 80 },
  { scenario: 'lossy', seed: 11, untilMs: 80 },
  { scenario: 'tiny-cache', seed: 5, untilMs: 60 },
  { scenario: 'limit-20', seed: 2, untilMs: 50 },
  { scenario: 'many-replicas', seed: 9, untilMs: 40 },
  {
    ...{ scenario: 'quiet', seed: 1, untilMs: 30 },
    interventions: [at(1_000, { op: 'write', count: 20 }), at(9_000, { op: 'read', target: 'R1' })],
  },
  {
    ...{ scenario: 'one-group', seed: 13, untilMs: 60 },
    interventions: [
      at(5_000, { op: 'crash', target: 'B2' }),
      at(5_000, { op: 'drop-next', target: 'A1' }, 1),
      at(20_000, { op: 'restore', target: 'B2' }),
    ],
  },
  {
    ...{ scenario: 'busy', seed: 21, untilMs: 50 },
    interventions: [
      at(3_000, { op: 'crash-zone', az: 'C' }),
      at(8_000, { op: 'crash', target: 'B1' }),
      at(15_000, { op: 'restore-zone', az: 'C' }),
      at(16_000, { op: 'slow', target: 'A2', on: true }),
      at(18_000, { op: 'loss', ppm: 50_000 }),
    ],
  },
  {
    ...{ scenario: 'quiet', seed: 8, untilMs: 40 },
    interventions: [
      at(500, {
        op: 'workload',
        workload: {
          ...{ on: true, perSecond: 4_000, readPermille: 300 },
          ...{ skewPermille: 500, statementsPerTransaction: 2 },
        },
      }),
      at(7_000, { op: 'isolate', target: 'B1', on: true }),
      at(12_000, { op: 'crash', target: 'R1' }),
    ],
  },
];

const run = promisify(execFile);

/** The command line as one file, which a dozen runs need not put together each for themselves. */
const PROGRAM = 'node_modules/.cache/redoscope/hashes';

/** What the command line says of a link. */
async function reportOf(link: string, untilMs: number): Promise<unknown> {
  const asked = ['run', link, '--until', `${untilMs}ms`, '--engine-only'];
  return JSON.parse((await run(process.execPath, [`${PROGRAM}/sim.js`, ...asked])).stdout);
}

test.beforeAll(async () => {
  await build({
    build: { ssr: 'src/cli/sim.ts', outDir: PROGRAM, emptyOutDir: true },
    logLevel: 'warn',
  });
});

test('a dozen runs come to the same hash on the command line and in the browser', async ({
  page,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  const hashes = new Set<string>();
  for (const { untilMs, interventions = [], ...rest } of RUNS) {
    await openRun(page, { ...rest, interventions });
    const { link, hash, violations, counters } = await page.evaluate(async (untilUs) => {
      const { url, open, seek, hash, violations, state } = window.redoscope!;
      const link = url();
      await open(link);
      await seek(untilUs);
      const { counters } = state() as { counters: { events: number; commits: number } };
      return { link, hash: hash(), violations: violations(), counters };
    }, untilMs * 1_000);
    const { events, commits } = counters;
    await test.step(`${rest.scenario}, seed ${rest.seed}: ${hash}`, async () => {
      expect.soft(await reportOf(link, untilMs)).toMatchObject({
        scenario: rest.scenario,
        seed: rest.seed,
        hash,
        violations,
        events,
        commits,
      });
    });
    hashes.add(hash);
  }
  expect(hashes.size).toBe(RUNS.length);
});
