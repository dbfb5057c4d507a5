import { describe, expect, it, vi } from 'vitest';
import { checked } from '../checker/checked.testkit.ts';
import type { Value } from '../database/ids.ts';
import type { Statement } from '../database/statement.ts';
import { begin, commit, insert, put, remove, rollback, select, update } from './faults.testkit.ts';
import type { Intervention } from './intervention.ts';
import type { Reply } from './messages.ts';
import { at, type Changes, quiet, sql, Trial } from './trial.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

type Asked = readonly [
  ms: number,
  session: number,
  statements: readonly Statement[],
  endpoint?: string,
];

/** What each session was told, in order: rows, what was done, or the sentence that says why not. */
class Told {
  readonly trial: Trial;
  readonly #answers = new Map<number, (readonly (readonly Value[])[] | string)[]>();

  constructor(asked: readonly Asked[], acts: readonly Intervention[] = [], changes: Changes = {}) {
    const requests = asked.map(([ms, session, statements, endpoint]) =>
      at(ms, sql(session, statements, endpoint)),
    );
    this.trial = new Trial(quiet(changes), [...requests, ...acts]);
    checked(this.trial);
    this.trial.watch(({ flight, accepted }) => {
      if (flight.type !== 'REPLY' || !accepted) return;
      const { session, result, problem } = flight.message as Reply;
      if (session === null) return;
      const answer = result?.kind === 'rows' ? result.rows : (problem ?? result?.says ?? '');
      this.#answers.set(session, [...this.of(session), answer]);
    });
  }

  of(session: number) {
    return this.#answers.get(session) ?? [];
  }

  /** Everything a session was told by a moment. */
  by(ms: number, session: number) {
    this.trial.to(ms);
    return this.of(session);
  }
}

const told = (asked: readonly Asked[], acts?: readonly Intervention[], changes?: Changes) =>
  new Told(asked, acts, changes);

describe('statements on console sessions', () => {
  it('insert a row whose missing value takes its default, and find it again', () => {
    const orders = insert([123]);
    const answers = told([[1, 101, [orders, select(123)]]]).by(50, 101);
    expect(answers).toEqual(['1 row inserted.', [[123, null]]]);
  });

  it('refuse a second row with the same key, and say so', () => {
    const run = told([
      [1, 101, [insert([7, 'bell'])]],
      [20, 102, [insert([7, 'drum'])]],
      [40, 102, [select(7)]],
    ]);
    expect(run.by(60, 101)).toEqual(['1 row inserted.']);
    expect(run.of(102)).toEqual([expect.stringMatching(/7.*\.$/), [[7, 'bell']]]);
  });

  it('make a database and a table of their own, and use them', () => {
    const table = { database: null, table: 'pets' };
    const make: readonly Statement[] = [
      { kind: 'create-database', name: 'zoo', ifMissing: false },
      { kind: 'use', database: 'zoo' },
      {
        kind: 'create-table',
        name: table,
        columns: [
          { name: 'id', type: { kind: 'bigint' }, notNull: true },
          { name: 'name', type: { kind: 'varchar', length: 20 }, notNull: false },
        ],
        primaryKey: 'id',
        ifMissing: false,
      },
      {
        kind: 'insert',
        table,
        columns: null,
        rows: [
          [2, 'owl'],
          [1, 'ape'],
        ],
        onDuplicate: [],
      },
      { kind: 'select', table, columns: 'all', where: [], limit: null },
      { kind: 'show-databases' },
    ];
    const answers = told([[1, 101, make]]).by(80, 101);
    expect(answers.length).toBe(6);
    expect(answers.slice(4)).toEqual([
      [
        [1, 'ape'],
        [2, 'owl'],
      ],
      [['shop'], ['zoo']],
    ]);
  });

  it('of a transaction that is rolled back leave nothing', () => {
    const body = [
      begin,
      put(5, 'comb'),
      update(1_000, 'anvil'),
      remove(1_010),
      select(5),
      rollback,
    ];
    const run = told([
      [1, 101, body],
      [60, 102, [select(1, 1_010)]],
    ]);
    expect(run.by(90, 101).slice(4)).toEqual([[[5, 'comb']], 'Transaction rolled back.']);
    expect(run.of(102)).toEqual([
      [
        [1_000, 'book'],
        [1_010, 'rug'],
      ],
    ]);
    expect(run.trial.told('rolled-back').length).toBe(1);
  });
});

describe('row locks', () => {
  it('make a second writer wait until the first commits, and then go on', () => {
    const run = told([
      [1, 101, [begin, update(1_000, 'anvil')]],
      [20, 102, [update(1_000, 'bell')]],
      [100, 101, [commit]],
      [150, 103, [select(1_000)]],
    ]);
    expect(run.by(99, 102)).toEqual([]);
    const [wait] = run.trial.told('lock-wait');
    expect(wait).toMatchObject({ session: 102, what: 'row 1000 of orders' });
    expect(run.by(200, 102)).toEqual(['1 row updated.']);
    expect(run.of(103)).toEqual([[[1_000, 'bell']]]);
    const [first, second] = run.trial.told('commit-returned').map(({ session }) => session);
    expect([first, second]).toEqual([101, 102]);
  });

  it('that wait for each other end with the younger transaction rolled back and told', () => {
    const run = told([
      [1, 101, [begin, update(1_000, 'anvil')]],
      [10, 102, [begin, update(1_010, 'bell')]],
      [30, 101, [update(1_010, 'comb')]],
      [50, 102, [update(1_000, 'drum')]],
      [100, 101, [commit]],
      [150, 103, [select(1_000, 1_010)]],
    ]);
    run.trial.to(200);
    expect(run.trial.told('deadlock').map(({ victim }) => victim)).toEqual([102]);
    expect(run.of(102)[2]).toMatch(/deadlock.*\.$/i);
    expect(run.of(101)).toEqual([
      'Transaction begun.',
      '1 row updated.',
      '1 row updated.',
      'Transaction committed.',
    ]);
    expect(run.of(103)).toEqual([
      [
        [1_000, 'anvil'],
        [1_010, 'comb'],
      ],
    ]);
  });
});

describe('a writer that crashes', () => {
  const asked: readonly Asked[] = [
    [1, 101, [begin, update(1_000, 'anvil')]],
    [20, 102, [update(1_000, 'bell')]],
    [40, 103, [put(3, 'comb')]],
    [60, 101, [commit]],
    [70, 104, [select(1_000)], 'R1'],
  ];
  // 103's commit is in the log by then, but no acknowledgement can have come back.
  const acts = [at(40.9, { op: 'crash', target: 'W' })];

  it('tells clients that wait, refuses later statements with a sentence, and does nothing more', () => {
    const run = told(asked, acts);
    run.trial.to(40.8);
    expect([...run.trial.writer.commits].map(({ session }) => session)).toEqual([103]);
    run.trial.to(55);
    const lost = expect.stringMatching(
      /^The connection to the writer was lost\. .*unknown outcome\.$/,
    );
    expect(run.of(102)).toEqual([lost]);
    expect(run.of(103)).toEqual([lost]);
    const { vdl } = run.trial.writer.volume;
    const issued = run.trial.told('mtr-closed').length;
    run.trial.to(500);
    expect(run.of(101)[2]).toMatch(/^The writer is not serving: nothing answers at its endpoint\./);
    expect(run.of(104)).toEqual([[[1_000, 'book']]]);
    expect(run.trial.writer.volume.vdl).toBe(vdl);
    expect(run.trial.told('mtr-closed').length).toBe(issued);
    expect(run.trial.told('commit-returned')).toEqual([]);
    expect(run.trial.stateOf('W')).toBe('down');
  });
});

describe('a replica', () => {
  it('refuses to write, with a sentence', () => {
    const run = told([[1, 101, [put(3, 'bell')], 'R1']]);
    expect(run.by(30, 101)).toEqual([
      'This is a read replica: send writes to the writer endpoint.',
    ]);
  });

  it('shows a commit a little after the writer has answered it, never half of it', () => {
    const both = [begin, put(3, 'bell'), put(2_185, 'comb'), commit];
    const looks = Array.from(
      { length: 40 },
      (_, i): Asked => [2 + i / 4, 110 + i, [select(3, 3), select(2_185)], 'R1'],
    );
    const run = told([[1, 101, both], ...looks]);
    run.trial.to(60);
    const seen = looks.map(([, session]) => run.of(session).flat().length);
    expect(new Set(seen).has(0) && new Set(seen).has(2)).toBe(true);
    const views = run.trial.told('read-view');
    for (const { lagUs } of views) expect(lagUs).toBeGreaterThan(0);
  });

  it('that crashes tells its clients, and serves again after it has attached', () => {
    const run = told(
      [
        [1, 101, [put(3, 'bell')]],
        [60, 102, [select(3)], 'R1'],
        [250, 102, [select(3)], 'R1'],
      ],
      [at(50, { op: 'crash', target: 'R1' }), at(100, { op: 'restore', target: 'R1' })],
    );
    expect(run.by(90, 102)).toEqual([expect.stringMatching(/^This replica is not serving: /)]);
    expect(run.by(300, 102)[1]).toEqual([[3, 'bell']]);
    expect(run.trial.stateOf('R1')).toBe('following');
  });
});

describe('bare records beside statements', () => {
  const everyMs = Array.from({ length: 100 }, (_, i) => at(i / 2, { op: 'records', groups: [0] }));

  it('answer no connection that asked for something else', () => {
    const asked: Asked = [2, 1, [begin, put(123, 'bell'), put(124, 'bell'), rollback, select(123)]];
    const answers = told([asked], everyMs).by(60, 1);
    expect(answers).toHaveLength(5);
    expect(answers.at(-1)).toEqual([]);
  });

  it('are called by numbers that no transaction has', () => {
    // After a recovery transactions are numbered from the next LSN on.
    const again = [at(1, { op: 'crash', target: 'W' }), at(5, { op: 'restore', target: 'W' })];
    const later = Array.from({ length: 100 }, (_, i) =>
      at(400 + i / 2, { op: 'records', groups: [0] }),
    );
    const puts = Array.from({ length: 30 }, (_, i) => put(123 + i, 'bell'));
    const { trial } = told([[401, 101, puts]], [...again, ...later]);
    const txns = trial
      .to(500)
      .told('commit-returned')
      .map(({ txn }) => txn);
    expect(txns.length).toBeGreaterThan(60);
    expect(new Set(txns).size).toBe(txns.length);
  });

  it('leave the old versions that a rollback needs', () => {
    const changed: Asked = [1, 101, [begin, put(123, 'bell'), put(125, 'comb')]];
    const takenBack: Asked = [30, 101, [rollback, select(123)]];
    const answers = told([changed, takenBack], everyMs, { groups: 1, pagesPerGroup: 31 });
    expect(answers.by(90, 101).at(-1)).toEqual([]);
  });
});
