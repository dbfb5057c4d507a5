import { describe, expect, it, vi } from 'vitest';
import type { Statement } from '../database/statement.ts';
import { DEFAULT_VOLUME, type VolumeSpec } from '../database/volume.ts';
import { membershipIn } from './control-work.ts';
import { membersOf } from './membership.ts';
import type { Reply } from './messages.ts';
import { partsOf, zoneOfHost } from './topology.ts';
import { at, type Changes, quiet, sql, Trial } from './trial.testkit.ts';
import { controlIn } from './view-actors.ts';
import { refresh } from './writer-membership.ts';

vi.setConfig({ testTimeout: 60_000 });

const NAMES = ['shop', 'blog', 'bank'] as const;

/** Three databases, each with the default table, empty. */
const THREE: VolumeSpec = {
  databases: NAMES.map((name) => ({
    name,
    tables: (DEFAULT_VOLUME.databases[0]?.tables ?? []).map(({ create }) => ({ create, rows: [] })),
  })),
};

const insert = (database: string, from: number): Statement => ({
  kind: 'insert',
  table: { database, table: 'orders' },
  columns: null,
  rows: Array.from({ length: 6 }, (_, i) => [from + i, 'tea']),
  onDuplicate: [],
});

const count = (database: string): Statement => ({
  kind: 'select',
  table: { database, table: 'orders' },
  columns: 'count',
  where: [],
  limit: null,
});

/** Three consoles, each of which fills its own database until `statements` are through. */
function filling(statements: number, changes: Changes = {}, more: readonly object[] = []) {
  const acts = NAMES.map((name, i) => {
    const all = Array.from({ length: statements }, (_, n) => insert(name, n * 6));
    return at(10, sql(101 + i, all));
  });
  const trial = new Trial(
    quiet({ groups: 1, maxGroups: 12, volume: THREE, cachePages: 60, ...changes }),
    [...acts, ...(more as typeof acts)],
  );
  const replies: Reply[] = [];
  trial.watch(({ sent }) => {
    for (const { type, message } of sent) if (type === 'REPLY') replies.push(message as Reply);
  });
  return { trial, replies };
}

describe('a volume that is filled by three databases', () => {
  const { trial, replies } = filling(30);
  trial.to(4_000);

  it('grows group by group, and every statement gets through', () => {
    expect(replies.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(replies).toHaveLength(90);
    expect(trial.told('group-founded').map(({ group }) => group)).toEqual(
      Array.from({ length: trial.writer.groups.length - 1 }, (_, i) => i + 1),
    );
    expect(trial.writer.groups.length).toBeGreaterThan(2);
  });

  it('has each new group on six hosts, two in each zone', () => {
    for (const { hosts } of trial.told('growth-placed')) {
      expect(new Set(hosts).size).toBe(6);
      for (const zone of ['A', 'B', 'C'])
        expect(hosts.filter((host) => zoneOfHost(host) === zone)).toHaveLength(2);
    }
  });

  it('raises the geometry epoch by one for each, and the writer presents it', () => {
    const epochs = trial.told('group-founded').map(({ epoch }) => epoch);
    expect(epochs).toEqual(epochs.map((_, i) => i + 2));
    for (const { epochs: presented } of trial.writer.groups)
      expect(presented.geometry).toBe(epochs.at(-1));
  });

  it('mixes pages of all three databases in one group, and keeps what was written', () => {
    const used = new Map<number, Set<string>>();
    for (const { records } of trial.told('mtr-closed'))
      for (const { group, delta } of records) {
        const owners = used.get(group) ?? new Set();
        used.set(group, owners);
        if (delta.kind === 'append-undo') owners.add(`${delta.entry.root}`);
      }
    expect(used.get(1)?.size).toBe(3);
    const reading = filling(
      30,
      {},
      NAMES.map((name, i) => at(4_000, sql(111 + i, [count(name)]))),
    );
    reading.trial.to(4_100);
    const rows = reading.replies.slice(-3).map(({ result }) => result);
    expect(rows).toMatchObject(NAMES.map(() => ({ kind: 'rows', rows: [[180]] })));
  });

  it('is known to replicas from the stream, which read the new groups as well', () => {
    const reading = filling(30, { replicas: 1, cachePages: 60 }, [
      at(4_000, sql(111, [count('blog')], 'R1')),
    ]);
    reading.trial.to(4_200);
    const { groups } = reading.trial.replica('R1');
    expect(groups.length).toBe(reading.trial.writer.groups.length);
    expect(groups.at(1)?.epochs.geometry).toBe(groups.length);
    expect(reading.replies.at(-1)?.result).toMatchObject({ rows: [[180]] });
  });
});

describe('growth', () => {
  it('ends at the limit with a sentence', () => {
    const { trial, replies } = filling(60, { maxGroups: 2 });
    trial.to(6_000);
    const problems = replies.flatMap(({ problem }) => problem ?? []);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems)
      expect(problem).toContain('may not grow beyond 2 protection groups');
  });

  it('waits while the control plane is away, and with it the statement', () => {
    const { trial, replies } = filling(30, {}, [
      at(5, { op: 'control', on: false }),
      at(3_000, { op: 'control', on: true }),
    ]);
    trial.to(2_900);
    expect(trial.writer.groups.length).toBe(1);
    const early = replies.length;
    expect(early).toBeLessThan(60);
    trial.to(7_000);
    expect(trial.writer.groups.length).toBeGreaterThan(1);
    expect(replies).toHaveLength(90);
  });

  it('goes round hosts that do not answer', () => {
    const { trial } = filling(30, {}, [at(5, { op: 'crash', target: 'B3' })]);
    trial.to(6_000);
    const members = trial.writer.groups.at(1)?.members ?? [];
    expect(members.map((id) => partsOf(id).host)).not.toContain('B3');
    expect(trial.told('growth-placed').length).toBeGreaterThan(0);
  });

  it('takes another host when one that had answered is lost before the others have', () => {
    const detection = { ...quiet().detection, on: true, segmentUs: 50_000 };
    const trial = new Trial(quiet({ groups: 1, pagesPerGroup: 31, detection }), [
      at(10, { op: 'isolate', target: 'C3', on: true }),
      at(20, { op: 'grow' }),
      at(30, { op: 'lose', target: 'B3' }),
    ]).to(3_000);
    const asked = trial.told('growth-placed').map(({ hosts }) => hosts);
    expect(asked[0]).toEqual(expect.arrayContaining(['B3', 'C3']));
    expect(trial.told('group-founded')).toHaveLength(1);
    const { members = [] } = trial.writer.groups.at(1) ?? {};
    expect(members.map((id) => partsOf(id).host)).not.toContain('B3');
    expect(members.map((id) => trial.stateOf(id))).toEqual(members.map(() => 'complete'));
  });

  it('can be asked for by hand, and the new hosts carry the new segments through a crash', () => {
    const trial = new Trial(quiet({ maxGroups: 6 }), [at(10, { op: 'grow' })]).to(500);
    expect(trial.told('growth-asked')).toMatchObject([{ group: 4, by: null }]);
    const [member] = trial.writer.groups.at(4)?.members ?? [];
    expect(trial.stateOf(member!)).toBe('complete');
    const host = partsOf(member!).host!;
    const crashed = new Trial(quiet({ maxGroups: 6 }), [
      at(10, { op: 'grow' }),
      at(600, { op: 'crash', target: host }),
    ]).to(700);
    expect(crashed.stateOf(member!)).toBe('down');
  });

  it('is found again by the writer that recovers the volume', () => {
    const { trial, replies } = filling(30, { replicas: 0 }, [
      at(4_000, { op: 'crash', target: 'W' }),
      at(4_100, { op: 'restore', target: 'W' }),
      at(9_000, sql(111, [count('bank')])),
    ]);
    trial.to(3_900);
    const groups = trial.writer.groups.length;
    expect(groups).toBeGreaterThan(1);
    trial.to(10_000);
    expect(trial.writer.groups.length).toBe(groups);
    expect(replies.at(-1)?.result).toMatchObject({ rows: [[180]] });
  });
});

describe('a group that is founded while another claims the volume', () => {
  const steps = Array.from({ length: 14 }, (_, i) => i / 20);

  it.each(steps)('refuses the writer of before, asked for after %d ms', (ms) => {
    const trial = new Trial(quiet({ groups: 1, pagesPerGroup: 31, replicas: 1 }), [
      at(10, { op: 'promote', target: 'R1' }),
      at(10 + ms, { op: 'grow' }),
    ]);
    const isFounded = (): boolean => trial.told('group-founded').length > 0;
    expect(trial.until(isFounded, 1)).toBe(true);
    const { volumeEpoch, repair } = controlIn(trial.kernel).context;
    const members = membersOf(membershipIn(repair, 1));
    const behind = members.filter((id) => trial.segment(id).epochs.volume < volumeEpoch);
    expect(behind).toEqual([]);
  });
});

describe('a writer that is refused for an old map', () => {
  it('asks the control plane for the new one, and only then', () => {
    const { writer } = new Trial(quiet()).to(50);
    const refused = (geometry: number) => ({
      ...{ type: 'REFUSED', segment: '0/a', group: 0, reason: 'stale-geometry-epoch' },
      epochs: { volume: 1, membership: 1, geometry },
    });
    const asked = (geometry: number) => {
      const [, effects] = refresh(writer, { message: refused(geometry) } as never);
      return effects.flatMap((each) => (each.kind === 'send' ? [each.message.type] : []));
    };
    expect(asked(1)).toEqual([]);
    expect(asked(2)).toEqual(['ASK_MEMBERSHIP', 'ASK_GEOMETRY']);
  });
});
