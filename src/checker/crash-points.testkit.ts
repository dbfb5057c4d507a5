import { type Micros, millis, type Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import { hostsAndInstances } from '../protocol/faults.testkit.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { Trial } from '../protocol/trial.testkit.ts';
import { Checker } from './checker.ts';

/** A short run in which something goes on that may be interrupted anywhere. */
export interface Course {
  readonly config: ClusterConfig;
  readonly acts: readonly Intervention[];
  readonly seed: number;
  /** What begins it and what ends it, as told. */
  readonly begins: (note: AuroraNote) => boolean;
  readonly ends: (note: AuroraNote) => boolean;
}

/** After these nothing is different but when somebody was last heard of. */
const IDLE = ['HEARTBEAT', 'HEARTBEAT_DUE', 'WATCH', 'TICK'];
/** Everything is well again so long after it was interrupted, and has to come to rest. */
const HEALED_AFTER = millis(60);
const LONGEST_SECONDS = 30;
/** Written at the end: whoever is the writer then has to answer. */
const WRITES_AFTER = 4;

/** The moments right after each event, from the one that begins it to the one that ends it. */
export function pointsIn({ config, acts, seed, begins, ends }: Course): readonly Position[] {
  const trial = new Trial(config, acts, { seed });
  const points: Position[] = [];
  let hasBegun = false;
  let isOver = false;
  trial.watch(({ notes, flight }) => {
    hasBegun ||= (notes as readonly AuroraNote[]).some(begins);
    if (hasBegun && !isOver && !IDLE.includes(flight.type)) points.push(trial.kernel.position);
    isOver ||= hasBegun && (notes as readonly AuroraNote[]).some(ends);
  });
  if (!trial.until(() => isOver, LONGEST_SECONDS)) throw new Error('It never ends by itself.');
  return points;
}

/** What is done at the point and how long after it, in microseconds. */
export type Blow = readonly (readonly [afterUs: Micros, act: Act])[];

function healing(config: ClusterConfig, atUs: Micros): readonly Intervention[] {
  const acts: Act[] = [
    { op: 'workload', workload: { ...config.workload, on: false } },
    { op: 'loss', ppm: 0 },
    { op: 'control', on: true },
    ...hostsAndInstances(config).map((target): Act => ({ op: 'restore', target })),
    { op: 'write', count: WRITES_AFTER },
  ];
  return acts.map((act) => ({ at: { timeUs: atUs, n: 0 }, act }));
}

/** The course, interrupted at a point; what is found wrong then or after everything came back. */
export function interrupted(
  { config, acts, seed }: Course,
  at: Position,
  blow: Blow,
): readonly string[] {
  const blows = blow.map(
    ([afterUs, act], i): Intervention => ({
      at: afterUs === 0 ? { ...at, n: at.n + i } : { timeUs: at.timeUs + afterUs, n: 0 },
      act,
    }),
  );
  const healed = healing(config, at.timeUs + HEALED_AFTER);
  const all = [...acts, ...blows, ...healed].toSorted(
    (a, b) => a.at.timeUs - b.at.timeUs || a.at.n - b.at.n,
  );
  const trial = new Trial(config, all, { seed });
  const checker = new Checker(trial.kernel);
  trial.watch((happening) => checker.see(happening, trial.kernel));
  trial.to((at.timeUs + HEALED_AFTER) / 1_000);
  const rests = (): boolean =>
    checker.violations.length > 0 || (trial.kernel.count % 64 === 0 && checker.open().length === 0);
  trial.until(rests, LONGEST_SECONDS);
  checker.finish();
  checker.demand();
  return checker.violations.map(({ invariant, says }) => `${invariant}: ${says}`);
}
