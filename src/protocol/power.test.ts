import { expect, it } from 'vitest';
import { HARDINESS } from './config.ts';
import { at, quiet, Trial } from './trial.testkit.ts';
import { hostView } from './view-storage.ts';

const slowAndCutOff = [
  at(1, { op: 'slow', target: 'B2', on: true }),
  at(2, { op: 'isolate', target: 'B2', on: true }),
] as const;

it('a host that is slow and cut off says so in its chart as in its flags', () => {
  const trial = new Trial(quiet(), slowAndCutOff).to(3);
  expect(trial.stateOf('B2')).toBe('up › slow · isolated');
  expect(hostView(trial.kernel, 'B2')).toMatchObject({ slow: true, isolated: true });
});

it.each([
  ['by itself', at(4, { op: 'crash', target: 'B2' }), at(5, { op: 'restore', target: 'B2' })],
  ['with its zone', at(4, { op: 'crash-zone', az: 'B' }), at(5, { op: 'restore-zone', az: 'B' })],
])('a host brought back %s comes back whole', (_, crash, restore) => {
  const trial = new Trial(quiet(), [...slowAndCutOff, crash, restore]).to(4);
  expect(hostView(trial.kernel, 'B2')).toMatchObject({ state: 'down' });
  trial.to(100);
  expect(trial.stateOf('B2')).toBe('up › normal · connected');
  expect(hostView(trial.kernel, 'B2')).toMatchObject({ slow: false, isolated: false });
});

it('a host that never went down is made whole by restoring it, in its chart as in its flags', () => {
  const restore = at(4, { op: 'restore-zone', az: 'B' });
  const trial = new Trial(quiet(), [...slowAndCutOff, restore]).to(5);
  expect(trial.stateOf('B2')).toBe('up › normal · connected');
  expect(hostView(trial.kernel, 'B2')).toMatchObject({ slow: false, isolated: false });
});

it('what is done to a host that is starting holds once it is up, in its chart as in its flags', () => {
  const trial = new Trial(quiet(), [
    at(1, { op: 'crash', target: 'B2' }),
    at(2, { op: 'restore', target: 'B2' }),
    at(3, { op: 'slow', target: 'B2', on: true }),
    at(4, { op: 'isolate', target: 'B2', on: true }),
  ]).to(100);
  expect(trial.stateOf('B2')).toBe('up › slow · isolated');
  expect(hostView(trial.kernel, 'B2')).toMatchObject({ slow: true, isolated: true });
});

it.each([
  [
    'each by itself',
    [
      at(5, { op: 'slow', target: 'B2', on: false }),
      at(6, { op: 'isolate', target: 'B2', on: false }),
    ],
  ],
  ['by restoring it', [at(5, { op: 'restore', target: 'B2' })]],
])('what is undone while a host is starting, %s, is undone once it is up', (_, undone) => {
  const trial = new Trial(quiet(), [
    at(1, { op: 'crash', target: 'B2' }),
    at(2, { op: 'restore', target: 'B2' }),
    at(3, { op: 'slow', target: 'B2', on: true }),
    at(4, { op: 'isolate', target: 'B2', on: true }),
    ...undone,
  ]).to(100);
  expect(trial.stateOf('B2')).toBe('up › normal · connected');
  expect(hostView(trial.kernel, 'B2')).toMatchObject({ slow: false, isolated: false });
});

/** A failure is noticed ten times as fast as usual. */
const QUICK = { ...HARDINESS.detection, heartbeatUs: 100_000, instanceUs: 500_000 };

it('an instance made in the writer’s place goes down with its zone, and comes back with it', () => {
  const trial = new Trial(quiet({ replicas: 0, detection: QUICK }), [
    at(100, { op: 'crash', target: 'W' }),
    at(20_000, { op: 'crash-zone', az: 'A' }),
    at(20_500, { op: 'restore-zone', az: 'A' }),
  ]);
  trial.to(19_999);
  expect(trial.stateOf('W2')).toMatch(/^open/);
  trial.to(20_001);
  expect(trial.stateOf('W2')).toBe('down');
  trial.to(20_501);
  expect(trial.stateOf('W2')).toBe('restarting');
});
