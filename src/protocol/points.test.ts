import { describe, expect, it } from 'vitest';
import type { Lsn } from '../database/ids.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { PgclRule } from './config.ts';
import { firstMembership, writeSetByIndex } from './membership.ts';
import {
  acknowledged,
  advanced,
  type GroupPoints,
  issued,
  newGroupPoints,
  newVolumePoints,
  type VolumePoints,
} from './points.ts';
import type { LogRecord } from './record.ts';
import { SLOTS, type Slot } from './topology.ts';

const WRITE = writeSetByIndex(firstMembership({ quorumModel: '4/6', mutations: [] }, 0));

const record = (lsn: Lsn, group: number, cpl = false): LogRecord => ({
  lsn,
  group,
  cpl,
  page: 0,
  kind: 'data',
  txn: 1,
  delta: { kind: 'reset-undo' },
  mtr: 1,
  prevVolumeLsn: 0,
  prevSegmentLsn: 0,
  prevBlockLsn: 0,
  epoch: 1,
});

/** A writer's points driven by hand, one acknowledgement at a time. */
class Points {
  groups = new Map<number, GroupPoints>();
  volume: VolumePoints = newVolumePoints(0);
  #held = new Map<string, Lsn[]>();
  #chain: Map<number, Lsn[]>;
  readonly #rule: PgclRule;

  constructor(records: readonly LogRecord[], rule: PgclRule = 'scl') {
    this.#rule = rule;
    this.#chain = new Map();
    for (const { lsn, group } of records) {
      this.#chain.set(group, [...(this.#chain.get(group) ?? []), lsn]);
      this.groups.set(
        group,
        issued(this.groups.get(group) ?? newGroupPoints(0, SLOTS.length), lsn, rule),
      );
    }
    this.volume = { ...this.volume, pending: AppendLog.of(records) };
  }

  /** Stores records at slots, each of which acknowledges with its SCL. */
  store(group: number, lsns: readonly Lsn[], slots: string): void {
    for (const slot of slots as Iterable<Slot>) {
      const at = SLOTS.indexOf(slot);
      const key = `${group}${slot}`;
      const held = [...(this.#held.get(key) ?? []), ...lsns];
      this.#held.set(key, held);
      let scl = 0;
      for (const lsn of this.#chain.get(group) ?? []) {
        if (!held.includes(lsn)) break;
        scl = lsn;
      }
      const points = this.groups.get(group)!;
      this.groups.set(group, acknowledged(points, WRITE, this.#rule, at, { scl, got: lsns }));
    }
    this.volume = advanced(this.volume, (id) => this.groups.get(id)?.pgcl ?? 0);
  }

  row(): readonly [string, string, number, number, number, number] {
    const scl = (group: number): string => this.groups.get(group)?.scl.join('') ?? '';
    const pgcl = (group: number): number => this.groups.get(group)?.pgcl ?? 0;
    return [scl(1), scl(2), pgcl(1), pgcl(2), this.volume.vcl, this.volume.vdl];
  }
}

describe('the points of two groups, step by step', () => {
  it('follow the golden trace: holes hold back SCL, groups hold back VCL, MTR ends make VDL', () => {
    const points = new Points([
      record(1, 1),
      record(2, 2, true),
      record(3, 1, true),
      record(4, 2),
      record(5, 1),
      record(6, 2, true),
    ]);
    const steps: [number, number, string, string, string, number, number, number, number][] = [
      [1, 1, 'abcd', '111100', '000000', 1, 0, 1, 0],
      [2, 2, 'abc', '111100', '222000', 1, 0, 1, 0],
      [1, 3, 'abce', '333100', '222000', 1, 0, 1, 0],
      [1, 3, 'd', '333300', '222000', 3, 0, 1, 0],
      [2, 2, 'd', '333300', '222200', 3, 2, 3, 3],
      [2, 4, 'abcdef', '333300', '444400', 3, 4, 4, 3],
      [2, 6, 'abcf', '333300', '666400', 3, 4, 4, 3],
      [1, 5, 'abc', '555300', '666400', 3, 4, 4, 3],
      [2, 2, 'e', '555300', '666440', 3, 4, 4, 3],
      [2, 6, 'e', '555300', '666460', 3, 6, 4, 3],
      [1, 5, 'd', '555500', '666460', 5, 6, 6, 6],
      [1, 1, 'ef', '555531', '666460', 5, 6, 6, 6],
    ];
    for (const [group, lsn, slots, ...row] of steps) {
      points.store(group, [lsn], slots);
      expect(points.row(), `after ${lsn} at ${slots}`).toEqual(row);
    }
  });
});

describe('Figure 3 of the 2018 paper', () => {
  const cells: Readonly<Record<number, readonly (readonly [string, readonly Lsn[]])[]>> = {
    1: [
      ['a', [101, 105]],
      ['b', [101, 103, 105]],
      ['c', [101, 103, 105, 107]],
      ['d', [101, 103, 107]],
      ['e', [101, 103, 107]],
      ['f', [101, 107]],
    ],
    2: [
      ['a', [100, 102, 104, 106]],
      ['b', [100, 104, 106]],
      ['c', [100, 102]],
      ['d', [100, 104]],
      ['e', [100, 102]],
      ['f', [100, 102, 104, 106]],
    ],
  };
  const read = (rule: PgclRule): readonly number[] => {
    const lsns = [100, 101, 102, 103, 104, 105, 106, 107];
    const points = new Points(
      lsns.map((lsn) => record(lsn, lsn % 2 === 0 ? 2 : 1, true)),
      rule,
    );
    for (const group of [1, 2])
      for (const [slot, held] of cells[group] ?? []) points.store(group, held, slot);
    return [points.groups.get(1)!.pgcl, points.groups.get(2)!.pgcl, points.volume.vcl];
  };
  it('gives 103, 102 and 103 by the definition, the fourth largest SCL', () => {
    expect(read('scl')).toEqual([103, 102, 103]);
  });
  it('gives the 103, 104 and 104 of its text when each record is counted by itself', () => {
    expect(read('perRecord')).toEqual([103, 104, 104]);
  });
});

describe('VDL', () => {
  it('stays at 1000 when the volume is complete to 1007 and the consistency points are 900, 1000, 1100', () => {
    const lsns = [900, 950, 1000, 1003, 1007, 1050, 1100];
    const points = new Points(lsns.map((lsn) => record(lsn, 0, [900, 1000, 1100].includes(lsn))));
    points.store(
      0,
      lsns.filter((lsn) => lsn <= 1007),
      'abcd',
    );
    expect([points.volume.vcl, points.volume.vdl]).toEqual([1007, 1000]);
  });
  it('is not held back by a group that has nothing outstanding', () => {
    const points = new Points([record(1, 1, true), record(2, 2, true), record(3, 2, true)]);
    points.store(1, [1], 'abcd');
    points.store(2, [2, 3], 'cdef');
    expect(points.row().slice(2)).toEqual([1, 3, 3, 3]);
  });
});
