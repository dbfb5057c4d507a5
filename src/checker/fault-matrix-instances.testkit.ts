import { expect } from 'vitest';
import { begin, select } from '../protocol/faults.testkit.ts';
import { at, config, sql, Trial } from '../protocol/trial.testkit.ts';
import {
  BROKEN,
  cut,
  HOSTS,
  MENDED,
  type Played,
  type Row,
  within,
} from './fault-matrix.testkit.ts';
import { waitsForReplicas } from './twin.ts';

/** When an instance had the volume open in the epoch after the first; in milliseconds. */
const openedMs = ({ trial }: Played): number => (trial.told('volume-opened')[0]?.atUs ?? 0) / 1_000;

/** Nobody but the writer of the newest epoch commits what the recovery did not find. */
function onlyNewest(played: Played): void {
  const [points] = played.trial.told('recovery-points');
  const late = played.commits.filter(({ by, lsn }) => by === 'W' && lsn > (points?.vdl ?? 0));
  expect(points?.instance).toBe('R1');
  expect(late).toEqual([]);
  expect(played.committed(openedMs(played), 800).length).toBeGreaterThan(20);
}

/** A long transaction on a replica, whose links are cut later: how far the floors of storage got. */
function floorsWhile(reading: boolean): readonly number[] {
  const open = sql(101, [begin, select(1_000)], 'R1');
  const trial = new Trial(
    config({
      groups: 1,
      pagesPerGroup: 31,
      replicas: 1,
      backupEveryUs: 50_000,
      workload: { perSecond: 50, readPermille: 0 },
    }),
    [
      ...(reading ? [at(100, open)] : []),
      at(3_000, cut(['R1'], ['W'])),
      at(3_000, cut(['W'], ['R1'])),
    ],
  );
  const floor = (): number => trial.segment('0/a').floor;
  return [trial.to(2_900) && floor(), trial.to(8_000) && floor()];
}

/** F9 to F12 and F15: what happens to instances and to the metadata service. */
export const INSTANCE_ROWS: readonly Row[] = [
  {
    id: 'F9',
    fault: 'the writer crashes, and whoever recovers crashes as well',
    done: (seed) => [
      at(BROKEN, { op: 'crash', target: 'W' }),
      at(250, { op: 'restore', target: 'W' }),
      at(251 + (seed % 3) * 50, { op: 'crash', target: 'W' }),
      at(380, { op: 'restore', target: 'W' }),
    ],
    writes: 'wait',
    reads: 'go on',
    readers: ['R1'],
    untilMs: 250,
    claims: {
      'replicas go on at the VDL that they had': ({ trial }) => {
        const views = within(trial.told('read-view'), BROKEN + 20, 250);
        expect(views).toEqual([]);
      },
      'everything acknowledged is found by each recovery': ({ trial, commits }) => {
        const found = trial.told('recovery-points');
        expect(found.length).toBeGreaterThan(0);
        for (const { atUs, vdl } of found)
          for (const commit of commits.filter((each) => each.atUs < atUs))
            expect(commit.lsn).toBeLessThanOrEqual(vdl);
      },
    },
  },
  {
    id: 'F10',
    fault: 'the writer is cut off from storage and lives on',
    done: () => [
      at(BROKEN, cut(['W'], HOSTS)),
      at(BROKEN, cut(HOSTS, ['W'])),
      at(300, { op: 'promote', target: 'R1' }),
      at(MENDED, cut(['W'], HOSTS, false)),
      at(MENDED, cut(HOSTS, ['W'], false)),
    ],
    writes: 'wait',
    reads: 'from caches',
    readers: ['W'],
    untilMs: 300,
    claims: {
      'it is fenced when another takes over, and commits nothing more': (played) => {
        expect(played.trial.told('fenced').map(({ instance }) => instance)).toEqual(['W']);
        onlyNewest(played);
      },
    },
  },
  {
    id: 'F11',
    fault: 'links fail one way, and two take themselves for the writer',
    changes: {
      connections: 24,
      detection: { ...config().detection, endpointUs: 100_000 },
    },
    done: (seed) => {
      // It is heard by storage, and hears too little of it to know: of nobody, of one zone, of two.
      const silent = HOSTS.filter((host) => !['', 'B', 'BC'][seed % 3]?.includes(host[0] ?? ''));
      return [
        at(BROKEN, cut([...silent, 'R1', 'control'], ['W'])),
        at(BROKEN + 10, { op: 'promote', target: 'R1' }),
        at(MENDED, cut([...silent, 'R1', 'control'], ['W'], false)),
      ];
    },
    readers: ['R1'],
    reads: 'go on',
    claims: {
      'only the newest epoch commits, and the other is shut out': (played) => {
        onlyNewest(played);
        expect(played.trial.told('fenced').map(({ instance }) => instance)).toEqual(['W']);
      },
      'one that hears nobody goes on issuing, in vain': ({ trial }, seed) => {
        if (seed % 3 !== 0) return;
        expect(trial.told('refused').some(({ sender }) => sender === 'W')).toBe(true);
      },
    },
  },
  {
    id: 'F12',
    fault: 'one replica is slow and another dead',
    // With few undo pages writers would wait until nobody may need the versions in them.
    changes: { replicas: 2, groups: 4, pagesPerGroup: 16, workload: { perSecond: 100 } },
    done: () => [
      at(BROKEN, { op: 'slow', target: 'R1', on: true }),
      at(BROKEN, { op: 'crash', target: 'R2' }),
      at(MENDED, { op: 'slow', target: 'R1', on: false }),
      at(MENDED, { op: 'restore', target: 'R2' }),
    ],
    writes: 'go on',
    reads: 'go on',
    readers: ['W'],
    claims: {
      'no commit waits for them (I24)': ({ trial }, seed) =>
        expect(waitsForReplicas(trial.config, seed, 60_000)).toBeNull(),
    },
  },
  {
    id: 'F12',
    fault: 'a replica that reads for long is dead',
    done: () => [],
    isFinal: true,
    claims: {
      'it holds back collection until it is given up': (_, seed) => {
        if (seed > 1) return;
        const [free = 0] = floorsWhile(false);
        const [held = 0, after = 0] = floorsWhile(true);
        expect(held).toBeLessThan(free - 100);
        expect(after).toBeGreaterThan(free);
      },
    },
  },
  {
    id: 'F15',
    fault: 'the metadata service is down',
    done: () => [
      at(BROKEN, { op: 'control', on: false }),
      at(150, { op: 'replace', target: '0/f', reason: 'hot' }),
      at(160, { op: 'grow' }),
      at(MENDED, { op: 'control', on: true }),
    ],
    writes: 'go on',
    reads: 'go on',
    claims: {
      'no membership changes and nothing grows meanwhile, and both do afterwards': ({ trial }) => {
        expect(within(trial.told('membership'), 0, MENDED)).toEqual([]);
        expect(within(trial.told('group-founded'), 0, MENDED)).toEqual([]);
      },
    },
  },
  {
    id: 'F15',
    fault: 'the metadata service is down, and the writer crashes',
    done: () => [
      at(BROKEN, { op: 'control', on: false }),
      at(BROKEN, { op: 'crash', target: 'W' }),
      at(150, { op: 'restore', target: 'W' }),
      at(MENDED, { op: 'control', on: true }),
    ],
    writes: 'wait',
    reads: 'go on',
    readers: ['R1'],
    claims: {
      'nobody opens the volume until it is back': (played) =>
        expect(openedMs(played)).toBeGreaterThan(MENDED),
    },
  },
];
