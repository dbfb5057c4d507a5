import { expect, it } from 'vitest';
import { seconds } from '../engine/time.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { openTimeline } from './open.ts';
import { DEFAULT_RUN, presetOf } from './presets.ts';

/** Every note of the preset's run, with its time. */
function* notesUntil(untilUs: number): Generator<readonly [AuroraNote, number]> {
  const scenario = presetOf('latency-check') ?? DEFAULT_RUN.scenario;
  const timeline = openTimeline({ ...DEFAULT_RUN, scenario });
  for (;;) {
    const happening = timeline.stepForward();
    if (happening === null || happening.timeUs > untilUs) return;
    for (const note of happening.notes) yield [note as AuroraNote, happening.timeUs];
  }
}

/** For each record, the time from its mini-transaction to the acknowledgement that made it durable. */
function latenciesUs(untilUs: number): readonly number[] {
  const issuedAt = new Map<number, number>();
  const latencies: number[] = [];
  for (const [note, timeUs] of notesUntil(untilUs)) {
    if (note.type === 'mtr-closed') {
      for (const { lsn } of note.records) issuedAt.set(lsn, timeUs);
    }
    if (note.type === 'pgcl') latencies.push(timeUs - (issuedAt.get(note.to) ?? 0));
  }
  return latencies.toSorted((a, b) => a - b);
}

it('a healthy commit path takes what its hops add up to', () => {
  const latencies = latenciesUs(seconds(50));
  const at = (permille: number) =>
    latencies[Math.floor((latencies.length * permille) / 1_000)] ?? 0;
  expect(latencies.length).toBeGreaterThan(900);
  // Four of six, writer in zone A: the reference is 200,000 samples of the same hops, in microseconds.
  for (const [permille, reference] of [
    [500, 1_030],
    [900, 1_270],
    [990, 1_510],
  ] as const) {
    expect(Math.abs(at(permille) / reference - 1)).toBeLessThan(0.05);
  }
}, 60_000);
