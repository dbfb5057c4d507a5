import { describe, expect, it } from 'vitest';
import { INVARIANTS } from '../catalogue.ts';
import { LIVENESS } from '../liveness.ts';
import { fuzzed, minimal, scheduleFor } from './batch.ts';
import { carryOut } from './carry-out.ts';
import { PROFILES } from './profiles.ts';

const task = { faults: 'network', mutations: [] } as const;

describe('a schedule', () => {
  it('is the same whenever its seed is asked for, and another for another seed', () => {
    expect(scheduleFor(task, 7)).toEqual(scheduleFor(task, 7));
    expect(scheduleFor(task, 7)).not.toEqual(scheduleFor(task, 8));
    expect(carryOut(scheduleFor(task, 7))).toEqual(carryOut(scheduleFor(task, 7)));
  });

  it('has commits, a fault that mattered, and thousands of events', () => {
    const { runs, full, events } = fuzzed({ ...task, from: 1, to: 30 });
    expect(runs).toBe(30);
    expect(full).toBeGreaterThan(25);
    expect(events.toSorted((a, b) => a - b)[15]).toBeGreaterThan(2_000);
  });

  it('breaks things in time, and heals them before anything is demanded', () => {
    for (const { id, heals = true } of PROFILES) {
      const { interventions, healedUs, endUs } = scheduleFor({ faults: id, mutations: [] }, 3);
      const times = interventions.map(({ at }) => at.timeUs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(healedUs !== null).toBe(heals);
      expect(times.at(-1) ?? 0).toBeLessThanOrEqual(endUs);
    }
  });
});

describe('the profiles', () => {
  it('play every row of the fault matrix for which anything is claimed', () => {
    const rows = new Set(PROFILES.flatMap((profile) => profile.rows));
    const claimed = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15].map((row) => `F${row}`);
    expect(claimed.filter((row) => !rows.has(row))).toEqual([]);
  });

  it('excuse only what has a name', () => {
    const ids: readonly string[] = [...INVARIANTS, ...LIVENESS].map(({ id }) => id);
    for (const { excused = [], heals = true } of PROFILES) {
      expect(excused.filter((id) => !ids.includes(id) && id !== 'I34')).toEqual([]);
      expect(excused.length > 0).toBe(!heals);
    }
  });
});

describe('a failure', () => {
  it('is made smaller and still fails alike', () => {
    const broken = { faults: 'network', mutations: ['three-writes'] } as const;
    const [failed] = fuzzed({ ...broken, from: 1, to: 1 }).failed;
    if (failed === undefined) throw new Error('nobody noticed');
    const { schedule, violation } = minimal(broken, failed);
    expect(violation.invariant).toBe(failed.violation.invariant);
    const { violations } = carryOut(schedule);
    expect(violations.map(({ invariant }) => invariant)).toContain(violation.invariant);
    const { interventions, endUs } = scheduleFor(broken, failed.seed);
    expect(schedule.interventions.length).toBeLessThan(interventions.length);
    expect(schedule.endUs).toBeLessThan(endUs);
  });
});
