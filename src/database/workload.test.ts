import { describe, expect, it } from 'vitest';
import { hasWork, submit } from './database.ts';
import type { SessionId } from './ids.ts';
import type { Statement } from './statement.ts';
import { DEFAULT_KEYS, itemFor } from './volume.ts';
import { nextTransaction } from './workload.ts';
import { select, World } from './world.testkit.ts';

const options = { readPermille: 200, skewPermille: 300, statementsPerTransaction: 1 };
const luckOf = (n: number): number => Math.imul(n + 1, 0x9e3779b1) >>> 0;

function keysOf(statements: readonly Statement[]): readonly number[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'insert') return statement.rows.map((row) => Number(row[0]));
    if (!('where' in statement)) return [];
    return statement.where.flatMap((each) => ('value' in each ? [Number(each.value)] : []));
  });
}

const CONNECTIONS: readonly SessionId[] = [1, 2, 3];

/** So many transactions, of one to four statements, over three connections. */
class Load {
  readonly failed: string[] = [];
  readonly #queues = new Map<SessionId, Statement[]>(CONNECTIONS.map((id) => [id, []]));
  readonly #world: World;
  #left: number;

  constructor(world: World, count: number) {
    this.#world = world;
    this.#left = count;
  }

  /** One step of every connection; false when all is done. */
  step(): boolean {
    return CONNECTIONS.filter((id) => this.#stepOne(id)).length > 0;
  }

  #stepOne(id: SessionId): boolean {
    const world = this.#world;
    const next = hasWork(world.db, id) ? undefined : this.#next(id);
    if (next) world.set(submit(world.db, id, next));
    if (!hasWork(world.db, id)) return false;
    const progress = world.step(id);
    if (progress.kind === 'failed') this.failed.push(progress.problem);
    return true;
  }

  #next(id: SessionId): Statement | undefined {
    const queue = this.#queues.get(id)!;
    if (queue.length === 0 && this.#left > 0) {
      this.#left--;
      const statementsPerTransaction = 1 + (this.#left % 4);
      queue.push(...nextTransaction({ ...options, statementsPerTransaction }, luckOf(this.#left)));
    }
    return queue.shift();
  }
}

describe('the workload', () => {
  it('is the same for the same luck', () => {
    expect(nextTransaction(options, 42)).toEqual(nextTransaction(options, 42));
  });

  it('never touches an id below 1,000', () => {
    const keys = Array.from({ length: 5_000 }, (_, i) => nextTransaction(options, luckOf(i)));
    expect(Math.min(...keys.flatMap(keysOf))).toBeGreaterThanOrEqual(1000);
  });

  it('reads and writes in the share that is asked for', () => {
    const drawn = Array.from({ length: 5_000 }, (_, i) => nextTransaction(options, luckOf(i)));
    const reads = drawn.filter((each) => each.every(({ kind }) => kind === 'select')).length;
    expect(reads / 5_000).toBeCloseTo(0.2, 1);
  });

  it('sends everything to a few keys at the highest skew', () => {
    const skewed = { ...options, readPermille: 0, skewPermille: 1000 };
    const drawn = Array.from({ length: 500 }, (_, i) => nextTransaction(skewed, luckOf(i)));
    expect(new Set(drawn.flatMap(keysOf)).size).toBeLessThanOrEqual(8);
  });

  it('touches rows in ascending order within a transaction', () => {
    const long = { ...options, readPermille: 0, statementsPerTransaction: 8 };
    for (let i = 0; i < 200; i++) {
      const [first, ...rest] = nextTransaction(long, luckOf(i));
      expect(first).toEqual({ kind: 'begin' });
      expect(rest.at(-1)).toEqual({ kind: 'commit' });
      const keys = keysOf(rest);
      expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    }
  });

  it('gives every row of the default volume an item', () => {
    expect(itemFor(0xffff_ffff)).toMatch(/^[a-z]+$/);
  });

  it('runs for ever in a volume that does not grow', { timeout: 60_000 }, () => {
    const world = new World({ cache: 40, frozen: false }).open(...CONNECTIONS);
    const load = new Load(world, 20_000);
    while (load.step()) {
      world.settle();
      world.purge();
    }
    expect(load.failed).toEqual([]);
    expect(world.log.filter(({ delta }) => delta.kind === 'use-page')).toEqual([]);
    const result = world.ok(1, select());
    const count = result.kind === 'rows' ? result.rows.length : 0;
    expect(count).toBeGreaterThanOrEqual(DEFAULT_KEYS.count);
    expect(count).toBeLessThanOrEqual(DEFAULT_KEYS.count + 20);
  });
});
