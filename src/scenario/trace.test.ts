import { describe, expect, it } from 'vitest';
import { millis, START, afterAll as wholeMicrosecond } from '../engine/time.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { openTimeline } from './open.ts';
import { openingOf } from './openings.ts';
import { DEFAULT_RUN, presetOf } from './presets.ts';
import { type Points, Recomputed, type TraceEvent } from './recompute.testkit.ts';
import type { Run } from './run.ts';
import { traceHeader, traceLine } from './trace.ts';

const at = (ms: number, act: Act): Intervention => ({ at: wholeMicrosecond(millis(ms)), act });

function runOf(preset: string, interventions: readonly Intervention[] = []): Run {
  const scenario = presetOf(preset) ?? DEFAULT_RUN.scenario;
  return { scenario, seed: 7, interventions };
}

/** A demonstration with everything that is done in it. */
function demonstrated(id: string): Run {
  const opening = openingOf(id);
  if (opening === undefined) throw new Error(`no demonstration ${id}`);
  return opening.run;
}

/** A run's trace, as an outsider gets it. */
function linesOf(run: Run, untilMs: number): readonly string[] {
  const timeline = openTimeline(run);
  timeline.seek(wholeMicrosecond(millis(untilMs)));
  const happenings = timeline.happenings(START, timeline.position);
  return [traceHeader(run), ...happenings.map(traceLine)];
}

const eventsOf = (lines: readonly string[]): readonly TraceEvent[] =>
  lines.slice(1).map((line) => JSON.parse(line));

/** What the trace itself says the writer decided. */
class Claimed {
  readonly pgcl: Record<number, number> = {};
  vcl = 0;
  vdl = 0;
  returned = 0;

  take({ notes }: TraceEvent): void {
    for (const { type, group, to } of notes) {
      if (type === 'pgcl') this.pgcl[group] = to;
      if (type === 'vcl') this.vcl = to;
      if (type === 'vdl') this.vdl = to;
      if (type === 'commit-returned') this.returned++;
    }
  }

  /** What it says otherwise than somebody who recomputed everything. */
  differences({ pgcl, vcl, vdl }: Points): readonly string[] {
    const groups = Object.keys(this.pgcl).map(Number);
    const wrong = groups
      .filter((group) => this.pgcl[group] !== pgcl[group])
      .map((g) => `PGCL ${g}`);
    if (this.vcl !== 0 && this.vcl !== vcl) wrong.push('VCL');
    if (this.vdl !== 0 && this.vdl !== vdl) wrong.push('VDL');
    return wrong;
  }
}

const DECIDES = ['pgcl', 'vcl', 'vdl', 'commit-returned', 'acked'];

/** Every disagreement between what a trace claims and what follows from it. */
function disagreements(lines: readonly string[]): readonly string[] {
  const wrong: string[] = [];
  const own = new Recomputed();
  const claimed = new Claimed();
  for (const event of eventsOf(lines)) {
    wrong.push(...own.take(event));
    claimed.take(event);
    if (!event.notes.some(({ type }) => DECIDES.includes(type))) continue;
    const points = own.points();
    wrong.push(...claimed.differences(points).map((what) => `event ${event.i}: ${what}`));
    wrong.push(...own.due(points.vdl).map((txn) => `event ${event.i}: ${txn} still waits`));
  }
  if (claimed.returned === 0) wrong.push('no commit was returned');
  return wrong;
}

describe('a trace', () => {
  const zone = [at(40, { op: 'crash-zone', az: 'C' }), at(120, { op: 'restore-zone', az: 'C' })];
  const node = [
    at(10, { op: 'crash', target: 'B2' }),
    at(30, { op: 'drop-next', target: 'A2' }),
    at(60, { op: 'restore', target: 'B2' }),
    at(90, { op: 'write', count: 20 }),
  ];
  it.each<[string, Run, number]>([
    ['an ordinary run', runOf('first-write'), 100],
    ['a busy run', runOf('busy'), 60],
    ['a network that loses messages', runOf('lossy'), 250],
    ['slow disks and losses', runOf('rough-day'), 200],
    ['the loss of a zone', runOf('first-write', zone), 200],
    ['crashes and dropped messages', runOf('first-write', node), 200],
    ['single records', runOf('latency-check'), 1_000],
    ['a member that is replaced', demonstrated('suspect-replaced'), 3_000],
    ['a second failure in the middle of it', demonstrated('second-failure'), 4_000],
  ])(
    'is enough to recompute every point and commit of %s',
    (_, run, untilMs) => {
      expect(disagreements(linesOf(run, untilMs))).toEqual([]);
    },
    60_000,
  );

  it('that claims too much is caught', () => {
    const lines = linesOf(runOf('first-write'), 50);
    const early = lines.map((line) => line.replace(/("type":"vdl","from":\d+,"to":)(\d+)/, '$11'));
    expect(disagreements(early)).not.toEqual([]);
  });

  it('begins with everything that decides what follows', () => {
    const run = runOf('first-write', node);
    expect(JSON.parse(traceHeader(run))).toEqual({
      ...{ format: 'redoscope-trace', version: 1, engine: 2 },
      ...run,
    });
  });

  it('has every event in order, and every message both where it is sent and where it arrives', () => {
    const events = eventsOf(linesOf(runOf('lossy'), 200)) as readonly Line[];
    expect(events.map(({ i }) => i)).toEqual(events.map((_, index) => index + 1));
    const sent = new Map(events.flatMap((event) => event.sent.map((each) => [each.id, each])));
    const arrived = events.filter((e) => e.timer === undefined && e.from !== 'outside');
    for (const { id, type, t, lost } of arrived) {
      expect(sent.get(id)).toMatchObject({ type, at: t });
      expect(sent.get(id)?.lost).toBe(lost);
    }
    expect(arrived.some(({ lost }) => lost !== undefined)).toBe(true);
  });

  it('tells which records a batch carries, without repeating them', () => {
    const events = eventsOf(linesOf(runOf('first-write'), 50)) as readonly Line[];
    const writes = events.flatMap(({ sent }) => sent).filter(({ type }) => type === 'WRITE');
    expect(writes.length).toBeGreaterThan(0);
    for (const { carries } of writes) {
      expect(carries).toMatchObject({ lsns: expect.arrayContaining([expect.any(Number)]) });
      expect(carries).not.toHaveProperty('records');
    }
  });

  it('tells who keeps a group wherever that is told, and by which epochs a request goes', () => {
    const replaced = [at(10, { op: 'replace', target: '0/f', reason: 'hot' })];
    const events = eventsOf(linesOf(runOf('first-write', replaced), 600)) as readonly Line[];
    const sent = events.flatMap((event) => event.sent);
    const told = sent.filter(({ type }) => type === 'MEMBERSHIP').map(({ carries }) => carries);
    const replacement = expect.objectContaining({
      segment: expect.stringMatching('0/g@'),
      reason: 'hot',
    });
    const place = expect.objectContaining({ slot: 'f', member: '0/f', replacement });
    const places = expect.arrayContaining([place]);
    const both = expect.objectContaining({ group: 0, epoch: 2, places });
    expect(told).toContainEqual(expect.objectContaining({ membership: both }));
    const asks = sent.filter(({ type }) => type === 'COPY');
    expect(asks.length).toBeGreaterThan(0);
    for (const { carries } of asks)
      expect(carries).toMatchObject({ epochs: { volume: 1, membership: expect.any(Number) } });
  });
});

interface Line extends TraceEvent {
  readonly id: number;
  readonly t: number;
  readonly type: string;
  readonly from: string;
  readonly timer?: string;
  readonly lost?: string;
  readonly sent: readonly {
    readonly id: number;
    readonly type: string;
    readonly at: number;
    readonly lost?: string;
    readonly carries: object;
  }[];
}
