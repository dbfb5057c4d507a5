import { describe, expect, it } from 'vitest';
import { scheduleFor } from './batch.ts';
import { carryOut } from './carry-out.ts';

/** Schedules that broke a rule once, with what was wrong then. */
const FOUND = [
  ['ragged-edge', 111, 'recovery was not told of records beyond a hole below the last known VDL'],
  ['swarm', 102, 'a copy without pages gave away an empty one for a bad block'],
  ['operations', 118, 'gossip reached a copy of a new group before its host was told to begin it'],
] as const;

describe('what fuzzing found', () => {
  it.each(FOUND)(
    '%s %i stays mended: %s',
    (faults, seed) => {
      expect(carryOut(scheduleFor({ faults, mutations: [] }, seed)).violations).toEqual([]);
    },
    60_000,
  );
});
