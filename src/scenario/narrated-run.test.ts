import { describe, expect, it } from 'vitest';
import { groupOf } from '../database/layout.ts';
import type { Happening } from '../engine/happening.ts';
import { millis, START, afterAll as wholeMicrosecond } from '../engine/time.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { beatOf } from '../protocol/narration/beats.ts';
import { narrate } from '../protocol/narration/narrate.ts';
import type { Lookups, Told } from '../protocol/narration/told.ts';
import { hostOfSegment, WRITER } from '../protocol/topology.ts';
import { openTimeline } from './open.ts';
import { DEFAULT_RUN, presetOf } from './presets.ts';

const at = (ms: number, act: Act): Intervention => ({ at: wholeMicrosecond(millis(ms)), act });

/** A run in which nearly everything happens that can. */
const interventions = [
  at(5, { op: 'crash', target: 'B2' }),
  at(8, { op: 'drop-next', target: 'A2' }),
  at(12, { op: 'crash-zone', az: 'C' }),
  at(20, { op: 'slow', target: 'B1', on: true }),
  at(25, { op: 'isolate', target: 'B3', on: true }),
  at(40, { op: 'restore', target: 'B2' }),
  at(45, { op: 'restore-zone', az: 'C' }),
  at(50, { op: 'isolate', target: 'B3', on: false }),
  at(60, { op: 'loss', ppm: 100_000 }),
  at(70, { op: 'read', target: 'R1' }),
  at(70, { op: 'write', count: 5 }),
];

const scenario = presetOf('tiny-cache') ?? DEFAULT_RUN.scenario;
const { hostsPerZone } = scenario.config;
const lookups: Lookups = {
  hostOf: (segment) => hostOfSegment(hostsPerZone, segment),
  groupOf: (page) => groupOf(scenario.config, page),
  writer: WRITER,
};

function happenings(): readonly Happening[] {
  const timeline = openTimeline({ scenario, seed: 1, interventions });
  timeline.seek(wholeMicrosecond(millis(200)));
  return timeline.happenings(START, timeline.position);
}

describe('the story of a run with every kind of fault', () => {
  const events = happenings();
  const stories = events.map((happening) => narrate(happening, lookups));
  const told: readonly Told[] = stories.flat();

  it('has a line for every event, each short enough and each complete', () => {
    expect(stories.filter((story) => story.length === 0)).toEqual([]);
    const unfit = told.filter(
      ({ sentence }) => sentence.length > 90 || /undefined|NaN/.test(sentence),
    );
    expect(unfit).toEqual([]);
    expect(told.filter(({ why }) => !why.endsWith('.') || /undefined|NaN/.test(why))).toEqual([]);
  });

  it('has its beats where stepping by beats stops', () => {
    const beats = stories.map((story) => story.some(({ beat }) => beat !== null));
    expect(events.map((happening) => beatOf(happening) !== null)).toEqual(beats);
  });

  it('tells exactly one deciding acknowledgement for each move of a group’s durable point', () => {
    const deciding = told.filter(({ beat, minor }) => beat === 'ack' && !minor);
    const moves = told.filter(({ beat }) => beat === 'group-durable');
    expect(deciding.length).toBe(moves.length);
    expect(deciding.every(({ sentence }) => sentence.endsWith('now durable'))).toBe(true);
  });
});
