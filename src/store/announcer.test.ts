import { describe, expect, it } from 'vitest';
import type { ClusterView, GroupView } from '../protocol/view.ts';
import { announce, freshMemory, type Moment } from './announcer.ts';
import type { Verbosity } from './app-store.ts';
import { toyView } from './player.testkit.ts';

const group = (healthy: number): GroupView =>
  ({
    id: 0,
    healthy,
    health: healthy >= 4 ? 'writes continue' : 'writes wait',
    segments: Array.from({ length: 6 }),
    copies: 6,
  }) as unknown as GroupView;

const view = (commits: number, healthy = 6): ClusterView => ({
  ...toyView(0, 0),
  groups: [group(healthy)],
  counters: { events: 0, messages: 0, commits, batches: 0, lost: 0 },
});

const moment = (nowMs: number, more: Partial<Moment> = {}): Moment => ({
  nowMs,
  state: 'playing',
  count: nowMs,
  view: view(0),
  sentence: 'B2 stores 1042',
  beat: true,
  ...more,
});

/** What is said at each of a series of moments. */
function sayings(moments: readonly Moment[], verbosity: Verbosity = 'milestones') {
  let memory = freshMemory(moment(0, { state: 'paused', count: 0 }));
  return moments.map((each) => {
    const said = announce(memory, each, verbosity);
    memory = said.memory;
    return said.say;
  });
}

describe('while playing', () => {
  it('gathers what happened into one sentence every four seconds', () => {
    const moments = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((s) =>
      moment(s * 1_000, { view: view(s + 1) }),
    );
    expect(sayings(moments).filter((said) => said !== null)).toEqual([
      'Simulation: 1 commit. PG 0 has 6 of 6 copies.',
      'Simulation: 4 commits. PG 0 has 6 of 6 copies.',
      'Simulation: 4 commits. PG 0 has 6 of 6 copies.',
    ]);
  });

  it('says nothing when nothing changed', () => {
    expect(sayings([moment(5_000), moment(10_000), moment(15_000)])).toEqual([null, null, null]);
  });

  it('says that writes wait as soon as it may speak', () => {
    expect(
      sayings([moment(5_000, { view: view(0, 3) }), moment(10_000, { view: view(0, 3) })]),
    ).toEqual(['Simulation: PG 0 has 3 of 6 copies: writes wait.', null]);
  });

  it('counts commits from where one went back to', () => {
    const moments = [
      moment(5_000, { view: view(10) }),
      moment(10_000, { view: view(2) }),
      moment(15_000, { view: view(5) }),
    ];
    expect(sayings(moments).at(-1)).toBe('Simulation: 3 commits. PG 0 has 6 of 6 copies.');
  });
});

describe('while stepping', () => {
  const step = (nowMs: number, count: number, more: Partial<Moment> = {}): Moment =>
    moment(nowMs, { state: 'paused', count, ...more });

  it('says each beat at once', () => {
    expect(sayings([step(100, 1), step(200, 2), step(300, 2)])).toEqual([
      'Simulation: B2 stores 1042.',
      'Simulation: B2 stores 1042.',
      null,
    ]);
  });

  it('says events that are no beats only to those who want every step', () => {
    const small = [step(100, 1, { beat: false })];
    expect(sayings(small)).toEqual([null]);
    expect(sayings(small, 'every step')).toEqual(['Simulation: B2 stores 1042.']);
  });

  it('waits for a step to arrive', () => {
    expect(sayings([step(100, 1, { state: 'stepping' }), step(200, 2)])).toEqual([
      null,
      'Simulation: B2 stores 1042.',
    ]);
  });

  it('does not interrupt what was said while playing a moment ago', () => {
    const moments = [moment(5_000, { view: view(3) }), step(5_500, 9, { view: view(3) })];
    expect(sayings(moments)[1]).toBeNull();
  });
});

it('says nothing when switched off', () => {
  expect(sayings([moment(5_000, { view: view(3) })], 'off')).toEqual([null]);
});
