import { expect, it } from 'vitest';
import { millis } from '../engine/time.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { mirroredActs, openMirrored, whyNoCounterpart, withoutCounterpart } from './mirrored.ts';
import { PRESETS, presetOf } from './presets.ts';
import type { Run } from './run.ts';

const done = (ms: number, act: Act): Intervention => ({ at: { timeUs: millis(ms), n: 2 }, act });
const runOf = (interventions: readonly Intervention[]): Run => ({
  ...{ scenario: presetOf('first-write')!, seed: 7, interventions },
});

const SLOW = done(10, { op: 'slow', target: 'B1', on: true });
const ISOLATE = done(12, { op: 'isolate', target: 'B2', on: true });
const ZONE = done(14, { op: 'crash-zone', az: 'C' });
const CRASH = done(16, { op: 'crash', target: 'W' });

it('every act is either done there at the same place of the run, or told to have no counterpart', () => {
  const run = runOf([SLOW, ISOLATE, ZONE, CRASH]);
  expect(mirroredActs(run)).toEqual([
    { at: SLOW.at, act: { op: 'slow', target: 'ebsB', on: true } },
    { at: CRASH.at, act: { op: 'crash', target: 'mysqlA' } },
  ]);
  expect(withoutCounterpart(run)).toEqual([ISOLATE, ZONE]);
});

it('says why, for everything that has no counterpart', () => {
  expect(whyNoCounterpart(ISOLATE.act)).toBe('nothing is lost on its network');
  expect(whyNoCounterpart(ZONE.act)).toBe('it has nothing in zone C');
  expect(whyNoCounterpart({ op: 'slow', target: 'C2', on: true })).toBe('it has nothing in zone C');
  expect(whyNoCounterpart({ op: 'crash', target: 'R1' })).toBe('it has no such instance');
  expect(whyNoCounterpart({ op: 'promote', target: null })).toBe('it has no control plane');
  expect(whyNoCounterpart({ op: 'records', groups: [0] })).toBe('it takes statements only');
  expect(whyNoCounterpart({ op: 'grow' })).toMatch(/^its volumes/);
});

it('what two runs have in common stays computed: the same acts are the same there', () => {
  const [first] = mirroredActs(runOf([SLOW]));
  const forked = runOf([SLOW, CRASH]);
  expect(mirroredActs(forked)[0]).toBe(first);
  const timeline = openMirrored(runOf([SLOW, ISOLATE]));
  timeline.seek({ timeUs: millis(60), n: 0 });
  timeline.replan(mirroredActs(forked));
  // Up to the crash nothing has to be forgotten.
  expect(timeline.position.timeUs).toBeLessThanOrEqual(CRASH.at.timeUs);
  timeline.seek({ timeUs: millis(60), n: 0 });
  const anew = openMirrored(forked);
  anew.seek({ timeUs: millis(60), n: 0 });
  expect(timeline.hash()).toBe(anew.hash());
});

it('every preset has its twin', () => {
  for (const scenario of PRESETS) {
    const timeline = openMirrored({ scenario, seed: 1, interventions: [] });
    timeline.seek({ timeUs: millis(20), n: 0 });
    expect(timeline.position.timeUs).toBe(millis(20));
  }
});

it('as large a volume as there can be is no hindrance', () => {
  const { scenario } = runOf([]);
  const config = { ...scenario.config, groups: 13_108, maxGroups: 13_108 };
  const timeline = openMirrored({ ...runOf([]), scenario: { ...scenario, config } });
  timeline.seek({ timeUs: millis(20), n: 0 });
  expect(timeline.count).toBeGreaterThan(50);
});
