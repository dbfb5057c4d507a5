import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checked } from '../checker/checked.testkit.ts';
import type { IsolationLevel, Statement } from '../database/statement.ts';
import { begin, commit, put, request, rollback, select, update } from './faults.testkit.ts';
import type { Act, Intervention } from './intervention.ts';
import type { Reply } from './messages.ts';
import { Snapshots } from './snapshots.testkit.ts';
import { at, config, quiet, sql, Trial } from './trial.testkit.ts';
import { lowestReadPoint } from './writer-issue.ts';

vi.setConfig({ testTimeout: 60_000 });

const level = (of: IsolationLevel): Statement => ({ kind: 'set-isolation', level: of });

/** What a console session was answered, in order: an item, a number of rows, or a sentence. */
function answersTo(trial: Trial, client: string): readonly unknown[] {
  const answers: unknown[] = [];
  trial.watch(({ flight }) => {
    if (flight.type !== 'REPLY' || flight.to !== client) return;
    const { result, problem } = flight.message as Reply;
    if (problem !== null) answers.push(problem);
    else if (result?.kind === 'rows') answers.push(result.rows[0]?.[1]);
    else if (result !== null) answers.push(result.says);
  });
  return answers;
}

/** A row that the writer changes twice while session 101 reads it on a replica. */
function reading(first: readonly Statement[]): readonly Intervention[] {
  return [
    at(0, sql(102, [put(5, 'one')])),
    at(50, sql(101, [...first, select(5)], 'R1')),
    at(100, sql(102, [update(5, 'two')])),
    at(150, sql(101, [select(5)], 'R1')),
    at(200, sql(102, [update(5, 'three')])),
    at(250, sql(101, [select(5), commit, select(5)], 'R1')),
  ];
}

describe('a transaction on a replica', () => {
  it('sees one moment at REPEATABLE READ, the default, until it ends', () => {
    const trial = new Trial(quiet(), reading([begin]));
    const answers = answersTo(trial, 'you1');
    trial.to(400);
    expect(answers).toEqual([
      'Transaction begun; here it can only read.',
      'one',
      'one',
      'one',
      'Transaction committed.',
      'three',
    ]);
  });

  it('sees each statement’s own moment at READ COMMITTED', () => {
    const trial = new Trial(quiet(), reading([level('read-committed'), begin]));
    const answers = answersTo(trial, 'you1');
    trial.to(400);
    expect(answers.slice(2)).toEqual(['one', 'two', 'three', 'Transaction committed.', 'three']);
  });

  it('is refused writes with a sentence, and goes on', () => {
    const trial = new Trial(quiet(), [
      at(0, sql(102, [put(5, 'one')])),
      at(50, sql(101, [begin, select(5)], 'R1')),
      at(70, sql(101, [update(5, 'two')], 'R1')),
      at(100, sql(102, [update(5, 'three')])),
      at(150, sql(101, [select(5), rollback], 'R1')),
    ]);
    const answers = answersTo(trial, 'you1');
    trial.to(300);
    expect(answers.slice(1)).toEqual([
      'one',
      'This is a read replica: send writes to the writer endpoint.',
      'one',
      'Transaction rolled back.',
    ]);
    expect(trial.told('mtr-closed').every(({ session }) => session !== 101)).toBe(true);
  });

  it('that a crash cut off says so once, and the session starts anew', () => {
    const trial = new Trial(quiet(), [
      at(0, sql(102, [put(5, 'one')])),
      at(50, sql(101, [begin, select(5)], 'R1')),
      at(100, { op: 'crash', target: 'R1' }),
      at(200, { op: 'restore', target: 'R1' }),
      at(400, sql(101, [select(5)], 'R1')),
      at(500, sql(101, [select(5)], 'R1')),
    ]);
    const answers = answersTo(trial, 'you1');
    trial.to(700);
    expect(answers.slice(2)).toEqual([
      'The replica has started over and this transaction’s read view is gone: begin again.',
      'one',
    ]);
  });
});

describe('an idle transaction on a replica', () => {
  it('holds back PGMRPL, collection and purge of the whole volume until it ends', () => {
    const busy = { perSecond: 200, readPermille: 0, skewPermille: 900 };
    const trial = new Trial(config({ replicas: 1, workload: busy }), [
      at(100, sql(101, [begin, select(1_000)], 'R1')),
      at(2_000, sql(101, [select(1_000), commit], 'R1')),
    ]);
    checked(trial);
    trial.to(150);
    const view = trial.replica('R1').sessions.find(({ id }) => id === 101)?.txn?.view ?? 0;
    expect(view).toBeGreaterThan(0);
    const floor = (): number =>
      Math.max(...([0, 1, 2, 3] as const).map((group) => trial.segment(`${group}/a`).floor));
    const purged = (): number => trial.told('purged').length;
    trial.to(600);
    const before = purged();
    trial.to(1_990);
    expect(lowestReadPoint(trial.writer)).toBeLessThanOrEqual(view);
    expect(trial.replica('R1').vdl).toBeGreaterThan(view + 100);
    expect(floor()).toBeLessThanOrEqual(view);
    expect(purged()).toBe(before);
    trial.to(3_000);
    expect(lowestReadPoint(trial.writer)).toBeGreaterThan(view);
    expect(floor()).toBeGreaterThan(view);
    expect(purged()).toBeGreaterThan(before);
  });

  it.each(['R1', 'W'])(
    'that filled all undo lets writers go on when it ends: on %s',
    (endpoint) => {
      const trial = new Trial(config({ replicas: 1, workload: { perSecond: 400 } }), [
        at(100, sql(101, [begin, select(1_000)], endpoint)),
        at(3_000, sql(101, [commit], endpoint)),
      ]);
      trial.to(2_990);
      const stalledAt = trial.writer.volume.vdl;
      expect(trial.writer.db.waiting.length).toBeGreaterThan(0);
      trial.to(4_000);
      expect(trial.writer.volume.vdl).toBeGreaterThan(stalledAt + 100);
    },
  );

  it('is given up with its replica, so that a dead one does not stop the writer for ever', () => {
    const trial = new Trial(config({ replicas: 1, workload: { perSecond: 400 } }), [
      at(100, sql(101, [begin, select(1_000)], 'R1')),
      at(3_000, { op: 'crash', target: 'R1' }),
    ]);
    trial.to(4_000);
    const stalledAt = trial.writer.volume.vdl;
    trial.to(9_000);
    expect(trial.writer.volume.vdl).toBeGreaterThan(stalledAt + 100);
  });

  it('holds nothing at READ COMMITTED', () => {
    const trial = new Trial(config({ replicas: 1, workload: { perSecond: 200 } }), [
      at(100, sql(101, [level('read-committed'), begin, select(1_000)], 'R1')),
    ]);
    trial.to(1_000);
    const { vdl } = trial.writer.volume;
    expect(vdl - lowestReadPoint(trial.writer)).toBeLessThan(200);
  });
});

/** Sessions 105 to 108 stay at one reader each and read in transactions of either level. */
const reads: fc.Arbitrary<Act> = fc
  .tuple(
    fc.integer({ min: 105, max: 108 }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom([begin], [begin], [commit], [rollback]) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom<IsolationLevel>('read-committed', 'repeatable-read')
          .map((of) => [level(of)]),
      },
      {
        weight: 5,
        arbitrary: fc.integer({ min: 1_000, max: 2_000 }).map((id) => [select(id, id + 400)]),
      },
    ),
  )
  .map(([session, statements]) =>
    sql(session, statements, session === 108 ? 'W' : `R${(session % 2) + 1}`),
  );

const changes = {
  replicas: 2,
  cachePages: 16,
  workload: { perSecond: 500, readPermille: 100, skewPermille: 900 },
};
const LENGTH_MS = 250;
const timed = (act: fc.Arbitrary<Act>): fc.Arbitrary<Intervention> =>
  fc.tuple(fc.nat(LENGTH_MS * 20), act).map(([n, each]) => at(n / 20, each));

describe('a SELECT in a transaction, at the writer or a replica', () => {
  it('sees exactly the transactions committed at its read view', () => {
    let held = 0;
    const run = fc.record({
      seed: fc.nat(0xffff_ffff),
      reading: fc.array(timed(reads), { minLength: 30, maxLength: 80 }),
      writing: fc.array(timed(request(config(changes))), { maxLength: 15 }),
      cut: fc.option(fc.nat(LENGTH_MS)),
    });
    fc.assert(
      fc.property(run, ({ seed, reading: some, writing, cut }) => {
        const faults =
          cut === null
            ? []
            : [
                at(cut, { op: 'isolate', target: 'R1', on: true }),
                at(cut + 20, { op: 'isolate', target: 'R1', on: false }),
              ];
        const trial = new Trial(config(changes), [...some, ...writing, ...faults], { seed });
        const snapshots = new Snapshots(trial);
        trial.to(LENGTH_MS + 50);
        held += snapshots.held;
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(held).toBeGreaterThan(50);
  }, 60_000);
});
