import { beforeEach, expect, it } from 'vitest';
import { baselineViewOf } from '../baseline/view.ts';
import { afterAll, millis } from '../engine/time.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import { openMirrored } from '../scenario/mirrored.ts';
import { openTimeline } from '../scenario/open.ts';
import { DEFAULT_RUN, PRESETS } from '../scenario/presets.ts';
import { MirroredRun } from './mirrored-run.ts';
import { HandFrames } from './player.testkit.ts';
import { TimelinePlayer } from './player.ts';
import { overTimeline } from './run-timeline.ts';

let frames: HandFrames;
let player: TimelinePlayer;
let mirrored: MirroredRun;
let moves = 0;

beforeEach(() => {
  frames = new HandFrames();
  player = new TimelinePlayer(
    {
      open: (run) => {
        const timeline = openTimeline(run);
        return overTimeline(timeline, { view: viewOf, machineState: () => null });
      },
      ...{ frames, scenarios: PRESETS, grains: { isBeat: () => false, isCommit: () => false } },
      ...{ pauseAt: () => null, reducedMotion: () => false, nothingAhead: () => {} },
      ...{ guided: () => false, computed: () => {} },
    },
    DEFAULT_RUN,
  );
  mirrored = new MirroredRun({ player, frames });
  moves = 0;
});

const watch = () => mirrored.watch(() => moves++);
const seek = (ms: number): void => {
  player.seek(afterAll(millis(ms)));
  frames.pass(2_000);
};

/** How many commits the other system has, computed afresh to where the player stands. */
function afreshCommits(): number {
  const timeline = openMirrored(player.run());
  timeline.seek(afterAll(player.shownUs()));
  return baselineViewOf(timeline.world).counters.commits;
}

it('computes nothing until somebody watches, and nothing more when nobody does', () => {
  seek(50);
  expect(mirrored.view()).toBeNull();
  const stop = watch();
  frames.pass(500);
  expect(mirrored.isThere).toBe(true);
  expect(mirrored.timeUs).toBe(player.shownUs());
  stop();
  const before = mirrored.version();
  seek(80);
  expect(mirrored.version()).toBe(before);
  expect(frames.waiting).toBe(0);
});

it('stands where the player stands, on the way there and back', () => {
  watch();
  for (const ms of [120, 30, 200]) {
    seek(ms);
    expect(mirrored.isThere).toBe(true);
    expect(mirrored.timeUs).toBe(millis(ms));
    expect(mirrored.view()?.counters).toEqual(
      expect.objectContaining({ commits: commitsUntil(ms) }),
    );
  }
});

const commitsUntil = (ms: number): number =>
  mirrored.commits.all.filter(({ returnedUs }) => returnedUs <= millis(ms)).length;

it('what was known ahead stays known after going back', () => {
  watch();
  seek(200);
  const { length } = mirrored.commits.all;
  seek(20);
  expect(mirrored.commits.all.length).toBe(length);
});

const told = (): readonly string[] =>
  mirrored.commits.all.map(({ txn, returnedUs }) => `${txn} ${returnedUs}`);
const stateOfB = () => mirrored.view()?.volumes.find(({ id }) => id === 'ebsB')?.state;

it('forks with the run, and comes back with undo', () => {
  watch();
  seek(150);
  const before = told();
  seek(60);
  player.intervene({ op: 'slow', target: 'B1', on: true });
  seek(150);
  expect(stateOfB()).toBe('slow');
  expect(told().length).toBeGreaterThan(0);
  expect(told().length).toBeLessThan(before.length);
  expect(mirrored.view()?.counters.commits).toBe(afreshCommits());
  player.undo();
  frames.pass(2_000);
  expect(stateOfB()).toBe('up');
  expect(told()).toEqual(before);
});

it('begins anew with another world', () => {
  watch();
  seek(100);
  player.open({ ...DEFAULT_RUN, seed: 5 });
  frames.pass(100);
  expect(mirrored.timeUs).toBe(0);
  expect(mirrored.commits.all).toEqual([]);
  seek(100);
  expect(mirrored.commits.all.length).toBeGreaterThan(5);
});

it('takes a long way in slices, and says that it lies behind', () => {
  seek(400);
  frames.costMs = 4;
  watch();
  expect(mirrored.isThere).toBe(false);
  const from = mirrored.timeUs;
  const seen = moves;
  frames.pass(40);
  expect(mirrored.timeUs).toBeGreaterThan(from);
  expect(moves).toBeGreaterThan(seen);
  frames.costMs = 0;
  frames.pass(3_000);
  expect(mirrored.isThere).toBe(true);
  expect(mirrored.timeUs).toBe(millis(400));
});

it('follows while it plays, and asks for no frame of its own', () => {
  watch();
  player.play();
  frames.pass(320);
  expect(mirrored.timeUs).toBeGreaterThan(0);
  expect(player.shownUs() - mirrored.timeUs).toBeLessThan(millis(1));
  player.pause();
  frames.pass(100);
  expect(frames.waiting).toBe(0);
});
