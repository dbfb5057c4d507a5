import { expect } from 'vitest';
import type { Slot } from '../protocol/topology.ts';
import { at } from '../protocol/trial.testkit.ts';
import {
  BROKEN,
  cut,
  each,
  HOSTS,
  hostsOf,
  isolated,
  MENDED,
  type Played,
  type Row,
  within,
} from './fault-matrix.testkit.ts';

/** Members are missed, and hosts that are lost reported, within tens of milliseconds. */
const missedAfter = (segmentUs: number) => ({
  on: true,
  heartbeatUs: 10_000,
  instanceUs: 10_000_000,
  segmentUs,
  endpointUs: 10_000,
});

/** Much is on its way to disks at any time. */
const slowDisks = { tailPpm: 300_000, tailUs: 3_000 };
const lying = { lossPpm: 100_000, mutations: ['scl-over-holes'] } as const;

/** Whoever has to recover asks storage first, and shuts out readers of before. */
const restarted = [
  at(BROKEN + 5, { op: 'crash', target: 'W' }),
  at(BROKEN + 10, { op: 'restore', target: 'W' }),
] as const;

/** The last commit that was answered is on no copy that is left. */
function expectLost({ trial, commits }: Played, left: string): void {
  const scls = [...left].map((slot) => trial.segment(`0/${slot as Slot}`).scl);
  expect(commits.at(-1)?.lsn).toBeGreaterThan(Math.max(...scls));
}

/** F1 to F8, F13, F14 and F16: what happens to messages, copies and disks. */
export const STORAGE_ROWS: readonly Row[] = [
  {
    id: 'F1',
    fault: 'messages are lost, arrive twice, late and out of order',
    changes: { tailPpm: 50_000, tailUs: 5_000 },
    done: () => [
      at(BROKEN, { op: 'loss', ppm: 30_000 }),
      at(BROKEN, { op: 'duplicate', ppm: 100_000 }),
      at(BROKEN, { op: 'slow', target: 'B1', on: true }),
      at(MENDED, { op: 'loss', ppm: 0 }),
      at(MENDED, { op: 'duplicate', ppm: 0 }),
      at(MENDED, { op: 'slow', target: 'B1', on: false }),
    ],
    writes: 'go on',
    reads: 'go on',
    claims: {
      'gossip fills the holes': ({ trial }) => {
        expect(trial.told('gap-found').length).toBeGreaterThan(5);
        expect(trial.told('gossip-filled').length).toBeGreaterThan(5);
      },
    },
  },
  {
    id: 'F2',
    fault: 'segments crash and restart, a write quorum is left',
    done: (seed) => {
      const targets = hostsOf(['ac', 'be', 'df'][seed % 3] ?? 'ac');
      return [...each(BROKEN, 'crash', targets), ...each(MENDED, 'restore', targets)];
    },
    writes: 'go on',
    reads: 'go on',
    claims: {
      'what was acknowledged is on disk when they are back': ({ trial }, seed) => {
        const [slot = 'a'] = ['a', 'b', 'd'][seed % 3] ?? 'a';
        const acked = trial.told('acked').filter(({ segment }) => segment === `0/${slot}`);
        const promised = within(acked, 0, MENDED).at(-1)?.scl ?? 0;
        const first = trial
          .told('persisted')
          .find(({ segment, atUs }) => segment === `0/${slot}` && atUs > MENDED * 1_000);
        expect(promised).toBeGreaterThan(1_000);
        expect(first?.sclFrom).toBeGreaterThanOrEqual(promised);
      },
    },
  },
  {
    id: 'F2',
    fault: 'segments crash and restart, and no write quorum is left',
    done: (seed) => {
      const targets = hostsOf(['ace', 'bdf', 'abc'][seed % 3] ?? 'ace');
      return [...each(BROKEN, 'crash', targets), ...each(MENDED, 'restore', targets)];
    },
    writes: 'wait',
    reads: 'go on',
  },
  {
    id: 'F3',
    fault: 'one or two copies are lost for good',
    changes: { detection: missedAfter(40_000) },
    done: (seed) => each(BROKEN, 'lose', hostsOf(['c', 'cf', 'ab'][seed % 3] ?? 'c')),
    writes: 'go on',
    reads: 'go on',
    claims: {
      'each is replaced by a filled one': ({ trial }, seed) => {
        const lost = [...(['c', 'cf', 'ab'][seed % 3] ?? 'c')].map((slot) => `0/${slot}`);
        const taken = trial.told('membership').filter(({ step }) => step === 'forward');
        expect(taken.map(({ instead }) => instead).toSorted()).toEqual(lost);
        expect(trial.told('hydrated')).toHaveLength(lost.length);
        const { members = [] } = trial.writer.groups.at(0) ?? {};
        expect(members).toHaveLength(6);
        expect(members.filter((segment) => lost.includes(segment))).toEqual([]);
      },
    },
  },
  {
    id: 'F4',
    fault: 'one zone is out',
    done: () => [
      at(BROKEN, { op: 'crash-zone', az: 'C' }),
      at(MENDED, { op: 'restore-zone', az: 'C' }),
    ],
    writes: 'go on',
    reads: 'go on',
    claims: {
      'each commit has the acknowledgement of all four that are left': (played) => {
        const acked = played.trial.told('acked');
        for (const { lsn, atUs } of played.committed()) {
          const by = acked.filter((ack) => ack.scl >= lsn && ack.atUs <= atUs);
          expect([...new Set(by.map(({ segment }) => segment))].toSorted()).toEqual(
            [...'abcd'].map((slot) => `0/${slot}`),
          );
        }
      },
    },
  },
  {
    id: 'F5',
    fault: 'a zone and one more',
    changes: { detection: missedAfter(150_000) },
    done: () => [
      at(BROKEN, { op: 'crash-zone', az: 'C' }),
      ...each(BROKEN, 'crash', hostsOf('a')),
      at(2_000, { op: 'restore-zone', az: 'C' }),
      ...each(2_000, 'restore', hostsOf('a')),
    ],
    writes: 'wait',
    reads: 'go on',
    quietMs: 2_200,
    claims: {
      'repair brings writes back before anything else does': (played) => {
        const [filled] = played.trial.told('hydrated');
        expect(filled?.segment).toMatch(/^0\/[g-z]@A/);
        const filledMs = (filled?.atUs ?? 0) / 1_000;
        expect(played.committed(BROKEN + 20, filledMs)).toEqual([]);
        expect(played.committed(filledMs, 2_000).length).toBeGreaterThan(100);
      },
    },
  },
  {
    id: 'F6',
    fault: 'all three full copies are lost for good, with writes that only they have',
    changes: { quorumModel: 'full-tail' },
    done: () => [
      at(BROKEN - 30, cut(['W', ...hostsOf('ace')], hostsOf('bdf'))),
      ...each(BROKEN, 'lose', hostsOf('ace')),
      ...restarted,
    ],
    writes: 'wait',
    reads: 'none',
    fromMs: 230,
    excused: ['I12', 'I13'],
    isFinal: true,
    claims: {
      'commits that were answered are lost': (played) => expectLost(played, 'bdf'),
      'nobody pretends to have them': ({ trial }) => {
        expect(trial.stateOf('W')).toBe('recovering › polling');
        expect(trial.told('volume-opened')).toEqual([]);
      },
    },
  },
  {
    id: 'F7',
    fault: 'four copies of one group are lost for good, with writes that only they have',
    changes: { backupEveryUs: 20_000 },
    done: () => [
      at(BROKEN - 30, cut(['W', ...hostsOf('abcd')], hostsOf('ef'))),
      ...each(BROKEN, 'lose', hostsOf('abcd')),
      ...restarted,
      at(300, { op: 'restore-volume', toUs: 300_000 }),
    ],
    writes: 'wait',
    reads: 'none',
    fromMs: 230,
    excused: ['I12', 'I13', 'I15'],
    isFinal: true,
    claims: {
      'commits that were answered are lost': (played) => expectLost(played, 'ef'),
      'nobody pretends to have them': ({ trial }) => {
        expect(trial.stateOf('W')).toBe('recovering › polling');
        expect(trial.told('volume-opened')).toEqual([]);
      },
      'the backup has the volume as of a moment before': ({ trial, commits, checker }) => {
        trial.to(2_000);
        const [restored] = trial.told('volume-restored');
        expect(restored?.lsn).toBeGreaterThan(1_020);
        expect(restored?.lsn).toBeLessThanOrEqual(commits.at(-1)?.lsn ?? 0);
        expect(checker.violations).toEqual([]);
      },
    },
  },
  {
    id: 'F8',
    fault: 'four copies or five are out of reach for a while, and the writer crashes',
    done: (seed) => {
      const away = hostsOf(['abcd', 'bcdef', 'acef'][seed % 3] ?? 'abcd');
      return [...isolated(BROKEN, away, true), ...restarted, ...isolated(MENDED, away, false)];
    },
    writes: 'wait',
    reads: 'none',
    fromMs: 230,
    claims: {
      'nobody can recover until they are back': ({ trial }) => {
        const [opened] = trial.told('volume-opened');
        expect(opened?.atUs).toBeGreaterThan(MENDED * 1_000);
      },
    },
  },
  {
    id: 'F8',
    fault: 'all copies are out of reach for a while',
    done: () => [...isolated(BROKEN, HOSTS, true), ...isolated(MENDED, HOSTS, false)],
    writes: 'wait',
    reads: 'from caches',
  },
  {
    id: 'F13',
    fault: 'stored pages are damaged',
    changes: { scrubEveryUs: 100_000 },
    done: (seed) =>
      Array.from({ length: 31 }, (_, page) =>
        at(BROKEN + page, {
          op: 'corrupt',
          target: `0/${'abcdef'[(page + seed) % 6]}`,
          page,
        }),
      ),
    writes: 'go on',
    reads: 'go on',
    claims: {
      'each is found by its sum and made good from a peer': ({ trial }) => {
        const name = ({ segment, page }: { segment: string; page: number }) => `${segment} ${page}`;
        const damaged = trial.told('block-damaged').map(name);
        expect(damaged.length).toBeGreaterThan(10);
        const found = new Set(trial.told('block-bad').map(name));
        const mended = new Set(trial.told('block-repaired').map(name));
        expect([...found].filter((each) => !mended.has(each))).toEqual([]);
        expect(found.size).toBeGreaterThan(damaged.length / 2);
      },
    },
  },
  {
    id: 'F14',
    fault: 'segments lie about what they have: not claimed',
    changes: lying,
    done: () => [],
    excused: 'all',
    isFinal: true,
    claims: {
      'they are believed: the checker sees it, the protocol does not': (played) => {
        expect(played.broken).toContain('I5');
        expect(played.committed().length).toBeGreaterThan(30);
      },
    },
  },
  {
    id: 'F16',
    fault: 'a disk forgets what it acknowledged',
    changes: { ...slowDisks, mutations: ['ack-before-persist'] },
    done: () => [
      ...each(BROKEN, 'crash', hostsOf('abcd')),
      ...each(BROKEN + 50, 'restore', hostsOf('abcd')),
    ],
    excused: ['I6', 'I7', 'I12', 'I13', 'I15'],
    isFinal: true,
    claims: {
      'what counted as durable is gone: an acknowledgement has to mean that it is on disk': (
        played,
      ) => expect(played.broken).toContain('I12'),
    },
  },
  {
    id: 'F16',
    fault: 'power fails in the same way, and disks keep what they acknowledged',
    changes: slowDisks,
    done: () => [
      ...each(BROKEN, 'crash', hostsOf('abcd')),
      ...each(BROKEN + 50, 'restore', hostsOf('abcd')),
    ],
    writes: 'wait',
    untilMs: BROKEN + 50,
  },
];
