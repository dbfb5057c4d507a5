/**
 * The engine alone, measured in a process of its own: bundled first, because what runs TypeScript
 * directly adds its own cost to every function. Prints one JSON value.
 */
import { afterAll } from '../../src/engine/time.ts';
import { Timeline } from '../../src/engine/timeline.ts';
import { auroraModel } from '../../src/protocol/aurora.ts';
import { viewOf } from '../../src/protocol/cluster-view.ts';
import type { ClusterConfig } from '../../src/protocol/config.ts';
import type { Intervention } from '../../src/protocol/intervention.ts';
import type { Network } from '../../src/protocol/network.ts';
import { encodeLink } from '../../src/scenario/link.ts';
import { DEFAULT_RUN } from '../../src/scenario/presets.ts';
import type { Run } from '../../src/scenario/run.ts';
import { quantile, type Spread, spreadOf } from './table.ts';

type AuroraRun = Timeline<Network, Intervention>;

export interface EngineFigures {
  /** Events a second, run by run. */
  readonly eventsPerSecond: readonly number[];
  /** The same by the processor's clock, helpers of the runtime included: steadier on a busy machine. */
  readonly eventsPerCpuSecond: readonly number[];
  readonly events: number;
  readonly byGroups: readonly {
    readonly groups: number;
    readonly usPerEvent: number;
    readonly viewMs: number;
  }[];
  readonly seekMs: { readonly p50: number; readonly p95: number };
  readonly stepMs: { readonly forward: Spread; readonly back: Spread };
  readonly heap: {
    readonly minutes: number;
    readonly megabytes: number;
    /** At each tenth of the way. */
    readonly course: readonly number[];
  };
  readonly linkCharacters: number;
}

const EVENTS = 300_000;
const RUNS = 5;
const GROUPS = [1, 10, 100, 1_000];
const GROUP_EVENTS = 40_000;
const GROUP_ROUNDS = 5;
const SEEKS = 400;
const INTERVENTIONS = 30;
/** As much as one group can take. */
const GENTLE_RATE = 400;
const SECOND_US = 1_000_000;

const { config } = DEFAULT_RUN.scenario;

const atRate = (perSecond: number, changes: Partial<ClusterConfig> = {}): ClusterConfig => ({
  ...config,
  ...changes,
  workload: { ...config.workload, perSecond },
});

const opened = (wanted: ClusterConfig): AuroraRun => new Timeline(auroraModel(wanted), 1, []);

function advance(run: AuroraRun, events: number): number {
  const begun = performance.now();
  for (let i = 0; i < events; i++) run.stepForward();
  return performance.now() - begun;
}

function throughput(): Pick<EngineFigures, 'eventsPerSecond' | 'eventsPerCpuSecond'> {
  const eventsPerSecond: number[] = [];
  const eventsPerCpuSecond: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const run = opened(atRate(2_000));
    const before = process.cpuUsage();
    eventsPerSecond.push((EVENTS * 1_000) / advance(run, EVENTS));
    const { user, system } = process.cpuUsage(before);
    eventsPerCpuSecond.push((EVENTS * SECOND_US) / (user + system));
  }
  return { eventsPerSecond, eventsPerCpuSecond };
}

/** The same writes to the same pages of one group, however many other groups exist. */
function costByGroups(): EngineFigures['byGroups'] {
  const runs = GROUPS.map((groups) => opened(atRate(GENTLE_RATE, { groups, pagesPerGroup: 31 })));
  for (const run of runs) advance(run, GROUP_EVENTS);
  const times = runs.map((): number[] => []);
  // In turns, so that what else the machine does meets all of them alike.
  for (let i = 0; i < GROUP_ROUNDS; i++)
    for (const [at, run] of runs.entries()) times[at]?.push(advance(run, GROUP_EVENTS));
  return runs.map((run, at) => ({
    groups: GROUPS[at] ?? 0,
    usPerEvent: (spreadOf(times[at] ?? []).median * 1_000) / GROUP_EVENTS,
    viewMs: spreadOf(Array.from({ length: 20 }, () => timeOf(() => viewOf(run.world)))).median,
  }));
}

function timeOf(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function seeks(): Pick<EngineFigures, 'seekMs' | 'stepMs'> {
  const run = opened(atRate(2_000));
  advance(run, EVENTS);
  const lengthUs = run.edge.timeUs;
  // A fixed sequence that jumps all over the run.
  const target = (i: number): number =>
    Math.floor((((i * 0.618_034) % 1) + Number.EPSILON) * lengthUs);
  const times: number[] = [];
  const forward: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < SEEKS; i++) {
    times.push(timeOf(() => run.seek({ timeUs: target(i), n: Number.MAX_SAFE_INTEGER })));
    if (i % 4 > 0) continue;
    back.push(timeOf(() => run.stepBack()));
    forward.push(timeOf(() => run.stepForward()));
  }
  times.sort((a, b) => a - b);
  return {
    seekMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    stepMs: { forward: spreadOf(forward), back: spreadOf(back) },
  };
}

const collectGarbage = (globalThis as { readonly gc?: () => void }).gc;

function heapMegabytes(): number {
  collectGarbage?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function heapAfter(minutes: number): EngineFigures['heap'] {
  const run = opened(atRate(200));
  const course: number[] = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    run.onward(afterAll((minutes * 60 * SECOND_US * tenth) / 10), Number.MAX_SAFE_INTEGER);
    course.push(heapMegabytes());
  }
  return { minutes, megabytes: course[course.length - 1] ?? 0, course };
}

/** Thirty things somebody did, of the kinds that people do. */
function longRun(): Run {
  const acts: readonly Intervention['act'][] = [
    { op: 'crash', target: 'B2' },
    { op: 'write', count: 3 },
    { op: 'restore', target: 'B2' },
    { op: 'slow', target: 'A1', on: true },
    { op: 'slow', target: 'A1', on: false },
    { op: 'read', target: 'R1' },
  ];
  const interventions = Array.from({ length: INTERVENTIONS }, (_, i): Intervention => {
    const act = acts[i % acts.length] ?? { op: 'write', count: 1 };
    return { at: { timeUs: 10_000 + i * 7_310, n: i % 3 }, act };
  });
  return { ...DEFAULT_RUN, interventions };
}

export function longLink(): string {
  const at = { timeUs: 250_000, n: 0 };
  return encodeLink({ run: longRun(), at, play: false, title: '', ui: {} });
}

export function measure(minutes: number): EngineFigures {
  return {
    ...throughput(),
    events: EVENTS,
    byGroups: costByGroups(),
    ...seeks(),
    heap: heapAfter(minutes),
    linkCharacters: longLink().length,
  };
}
