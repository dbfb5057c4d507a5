import { describe, expect, it, vi } from 'vitest';
import { millis } from '../engine/time.ts';
import { at, type Changes, config } from '../protocol/trial.testkit.ts';
import { type Blow, type Course, interrupted, pointsIn } from './crash-points.testkit.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Small and lossy, so that what a recovery finds is ragged; whatever fails is noticed in milliseconds. */
const small = (changes: Changes = {}) =>
  config({
    groups: 1,
    pagesPerGroup: 31,
    hostsPerZone: 3,
    replicas: 0,
    connections: 2,
    cachePages: 20,
    allocationLimit: 60,
    lossPpm: 50_000,
    segmentBytes: 1_000_000,
    backupEveryUs: 0,
    scrubEveryUs: 0,
    ...changes,
    workload: { perSecond: 500, ...changes.workload },
  });

const noticing = {
  on: true,
  heartbeatUs: 5_000,
  instanceUs: 16_000,
  segmentUs: 60_000,
  endpointUs: 40_000,
};
const QUIET_MS = 15;
const stopped = at(QUIET_MS, { op: 'workload', workload: { ...config().workload, on: false } });

/** The writer crashes and recovers where it is. */
const inPlace = (seed: number, replicas = 0): Course => ({
  config: small({ replicas, detection: { ...noticing, on: false } }),
  acts: [
    stopped,
    at(QUIET_MS, { op: 'crash', target: 'W' }),
    at(QUIET_MS, { op: 'restore', target: 'W' }),
  ],
  seed,
  begins: (note) => note.type === 'recovery' && note.phase === 'claiming',
  ends: (note) => note.type === 'volume-opened',
});

/** A replica is promoted while the old writer lives on and is written to. */
const promoted = (seed: number): Course => ({
  config: small({ replicas: 2, detection: noticing }),
  acts: [
    at(QUIET_MS, { op: 'promote', target: 'R1' }),
    { ...stopped, at: { timeUs: millis(QUIET_MS + 2), n: 0 } },
  ],
  seed,
  begins: (note) => note.type === 'recovery' && note.phase === 'claiming',
  ends: (note) => note.type === 'volume-opened',
});

/** A member gives its place to another: begun, filled, recorded, and the old one erased. */
const replaced = (seed: number): Course => ({
  config: small({ replicas: 0, detection: noticing, workload: { perSecond: 200 } }),
  acts: [at(5, { op: 'replace', target: '0/f', reason: 'hot' }), stopped],
  seed,
  begins: (note) => note.type === 'host-chosen',
  ends: (note) => note.type === 'segment-state' && note.state === 'absent',
});

const down = (target: string, forUs: number): Blow => [
  [0, { op: 'crash', target }],
  [forUs, { op: 'restore', target }],
];
const controlDown: Blow = [
  [0, { op: 'control', on: false }],
  [20_000, { op: 'control', on: true }],
];
const HOSTS = ['A1', 'B2', 'C1', 'A2', 'B1', 'C2'];
const hostAt = (k: number): string => HOSTS[k % HOSTS.length] ?? 'A1';

/** What is found wrong when a course is interrupted after each of its events in turn. */
const wrongIn = (course: Course, blowAt: (k: number) => Blow): readonly string[] =>
  pointsIn(course).flatMap((point, k) =>
    interrupted(course, point, blowAt(k)).map((what) => `${JSON.stringify(point)} ${what}`),
  );

describe('after every single event', () => {
  it('of a recovery whoever recovers may crash', () => {
    expect(wrongIn(inPlace(1), () => down('W', 3_000))).toEqual([]);
  });

  it('of a recovery another may be told to take over', () => {
    const promoted: Blow = [[0, { op: 'promote', target: 'R1' }]];
    expect(wrongIn(inPlace(2, 1), () => promoted)).toEqual([]);
  });

  it('of a recovery two storage hosts may crash', () => {
    const two = (k: number): Blow => [...down(hostAt(k), 20_000), ...down(hostAt(k + 1), 30_000)];
    expect(wrongIn(inPlace(1), two)).toEqual([]);
  });

  it('of a recovery the metadata service may go down, and whoever recovers with it', () => {
    expect(wrongIn(inPlace(2), () => [...controlDown, ...down('W', 10_000)])).toEqual([]);
  });

  it('of a failover whoever takes over may crash, while the old writer lives on', () => {
    expect(wrongIn(promoted(2), () => [[0, { op: 'crash', target: 'R1' }]])).toEqual([]);
  });

  it('of a change of members the control plane, any host or the writer may go down', () => {
    const targets = [...HOSTS, 'C3', 'W'];
    const blowAt = (k: number): Blow =>
      k % 2 === 0 ? controlDown : down(targets[(k >> 1) % targets.length] ?? 'W', 25_000);
    expect(wrongIn(replaced(1), blowAt)).toEqual([]);
  });
});
