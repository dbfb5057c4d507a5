import { describe, expect, it } from 'vitest';
import { oldestReadPoint } from './purge.ts';
import type { IsolationLevel, Statement } from './statement.ts';
import { begin, commit, put, select, update, World } from './world.testkit.ts';

const level = (of: IsolationLevel): Statement => ({ kind: 'set-isolation', level: of });

const itemOf = (world: World, id: number, key: number): unknown => {
  const result = world.ok(id, select(key, key));
  return result.kind === 'rows' ? result.rows[0]?.[1] : result;
};

/** Two sessions: the first reads at a level, the second writes. */
function reading(of: IsolationLevel | null): World {
  const world = new World().open(1, 2);
  world.ok(2, put(5, 'first'));
  if (of !== null) world.ok(1, level(of));
  world.ok(1, begin);
  expect(itemOf(world, 1, 5)).toBe('first');
  world.ok(2, update(5, 'second'));
  return world;
}

describe('a transaction that reads the same row twice', () => {
  it('sees the same at REPEATABLE READ, which is what a session begins with', () => {
    for (const of of [null, 'repeatable-read'] as const) {
      const world = reading(of);
      expect(itemOf(world, 1, 5)).toBe('first');
      world.ok(1, commit);
      expect(itemOf(world, 1, 5)).toBe('second');
    }
  });

  it('sees what was committed meanwhile at READ COMMITTED', () => {
    const world = reading('read-committed');
    expect(itemOf(world, 1, 5)).toBe('second');
    world.ok(2, update(5, 'third'));
    expect(itemOf(world, 1, 5)).toBe('third');
  });

  it('holds no read view between its statements at READ COMMITTED', () => {
    expect(oldestReadPoint(reading('read-committed').db)).toBeNull();
    expect(oldestReadPoint(reading('repeatable-read').db)).not.toBeNull();
  });
});

it('a level holds from the next transaction on, for its own session', () => {
  const world = reading(null);
  expect(world.ok(1, level('read-committed'))).toMatchObject({
    says: 'Isolation level is READ COMMITTED from the next transaction on.',
  });
  expect(itemOf(world, 1, 5)).toBe('first');
  world.ok(1, commit);
  world.ok(1, begin);
  expect(itemOf(world, 1, 5)).toBe('second');
  world.ok(2, update(5, 'third'));
  expect(itemOf(world, 1, 5)).toBe('third');
  world.ok(2, begin);
  expect(itemOf(world, 2, 5)).toBe('third');
});

it('at READ COMMITTED nobody sees what is not committed', () => {
  const world = new World().open(1, 2);
  world.ok(2, put(5, 'first'));
  world.ok(1, level('read-committed'));
  world.ok(1, begin);
  world.ok(2, begin);
  world.ok(2, update(5, 'second'));
  expect(itemOf(world, 1, 5)).toBe('first');
  world.ok(2, commit);
  expect(itemOf(world, 1, 5)).toBe('second');
});
