import { describe, expect, it } from 'vitest';
import type { Happening } from '../engine/happening.ts';
import type { Run } from '../scenario/run.ts';
import { at, crash, toyPlayer, toyRun } from './player.testkit.ts';

/** Only commits are worth telling: one every two milliseconds, two seconds at the usual speed. */
const isBeat = ({ notes }: Happening): boolean =>
  notes.some(({ type }) => type === 'commit-returned');
const rareBeats = { grains: { isBeat, isCommit: isBeat } };

describe('guided pace', () => {
  it('point 18: shortens a stretch without a beat to 600 ms, and says what it skipped', () => {
    const { player, frames } = toyPlayer({ ...rareBeats, guided: () => true });
    player.play();
    const returned: number[] = [];
    const beganMs = frames.nowMs;
    while (returned.length < 3) {
      const before = player.view().timeUs;
      frames.pass(16);
      const { timeUs } = player.view();
      const beats = player.happenings(at(before), at(timeUs)).filter(isBeat);
      if (beats.length > 0) returned.push(frames.nowMs - beganMs);
    }
    for (const [i, ms] of returned.entries()) expect(ms - (returned[i - 1] ?? 0)).toBeLessThan(650);
    const { fromUs, toUs } = player.skipped()!;
    // Two seconds, of which 400 ms were shown before and 150 ms after.
    expect(toUs - fromUs).toBeGreaterThan(1_300);
    expect(player.shownUs()).toBeGreaterThan(toUs);
  });

  it('skips nothing in the run, only in showing it', () => {
    const { player, frames } = toyPlayer({ ...rareBeats, guided: () => true });
    player.play();
    frames.pass(3_000);
    player.pause();
    const there = toyPlayer().player;
    there.seek(player.position());
    expect(player.hash()).toBe(there.hash());
    expect(player.happenings()).toEqual(there.happenings());
  });

  it('never skips when steady, nor where beats are near', () => {
    const steady = toyPlayer(rareBeats);
    steady.player.play();
    steady.frames.pass(3_000);
    expect(steady.player.skipped()).toBeNull();
    expect(steady.player.shownUs()).toBeCloseTo(2_984, 0);
    const near = toyPlayer({
      guided: () => true,
      grains: { isBeat: () => true, isCommit: isBeat },
    });
    near.player.play();
    near.frames.pass(3_000);
    expect(near.player.skipped()).toBeNull();
  });

  it('plays on where nothing worth telling is on its way', () => {
    const never = { isBeat: () => false, isCommit: () => false };
    const { player, frames } = toyPlayer({ grains: never, guided: () => true });
    player.play();
    frames.pass(2_000);
    expect([player.state(), player.skipped()]).toEqual(['playing', null]);
    expect(player.shownUs()).toBeGreaterThan(1_500);
  });

  it('stops inside what it skips when an event there is one to pause on', () => {
    const { player, frames } = toyPlayer({
      ...rareBeats,
      guided: () => true,
      pauseAt: () => (happening) => happening.timeUs === 1_250,
    });
    player.play();
    frames.pass(1_000);
    expect([player.state(), player.position()]).toEqual(['paused', { timeUs: 1_250, n: 1 }]);
  });
});

describe('a loop', () => {
  it('is played again and again, from its first event', () => {
    const { player, frames } = toyPlayer();
    player.seek(at(600));
    player.setLoop({ fromUs: 1_000, toUs: 500 });
    expect(player.loop()).toEqual({ fromUs: 500, toUs: 1_000 });
    player.play();
    const shown: number[] = [];
    for (let i = 0; i < 100; i++) {
      frames.pass(16);
      shown.push(player.shownUs());
    }
    expect(Math.min(...shown)).toBe(500);
    expect(Math.max(...shown)).toBeLessThanOrEqual(1_000);
    expect(shown.filter((us) => us === 500).length).toBeGreaterThan(1);
    player.setLoop(null);
    frames.pass(1_000);
    expect(player.shownUs()).toBeGreaterThan(1_000);
  });

  it('begins anew when one plays from behind it, and outlives a fork', () => {
    const { player, frames } = toyPlayer();
    player.seek(at(3_000));
    player.setLoop({ fromUs: 500, toUs: 1_000 });
    player.play();
    expect(player.shownUs()).toBe(500);
    player.pause();
    player.intervene(crash('B2'));
    player.play();
    frames.pass(700);
    expect(player.loop()).toEqual({ fromUs: 500, toUs: 1_000 });
    expect(player.shownUs()).toBeLessThanOrEqual(1_000);
  });

  it('is of one world: a run begun in its place has none, nor what was skipped before', () => {
    const { player, frames } = toyPlayer({ ...rareBeats, guided: () => true });
    player.play();
    frames.pass(1_000);
    player.pause();
    expect(player.skipped()).not.toBeNull();
    player.setLoop({ fromUs: 500, toUs: 1_000 });
    player.beginAnew({ ...toyRun, seed: 8 });
    expect([player.loop(), player.skipped()]).toEqual([null, null]);
    player.setLoop({ fromUs: 500, toUs: 1_000 });
    player.undo();
    expect(player.loop()).toBeNull();
  });

  it('holds with reduced motion, too', () => {
    const { player, frames } = toyPlayer({ reducedMotion: () => true });
    player.setLoop({ fromUs: 0, toUs: 2_000 });
    player.play();
    const shown = new Set<number>();
    for (let i = 0; i < 8; i++) {
      frames.pass(1_500, 1_500);
      shown.add(player.shownUs());
    }
    expect(Math.max(...shown)).toBe(2_000);
    expect(shown.has(0)).toBe(true);
  });
});

describe('a run that came with a script', () => {
  const scripted: Run = {
    ...toyRun,
    interventions: [{ at: { timeUs: 99_500, n: 0 }, act: crash('B2') }],
  };

  it.each([false, true])(
    'point 22: ends where its own length is over, and is replayed from where it opened (reduced motion: %s)',
    (reduced) => {
      const { player, frames } = toyPlayer({ reducedMotion: () => reduced });
      player.open(scripted, at(99_000));
      player.play();
      frames.pass(5_000, reduced ? 500 : 16);
      expect([player.state(), player.replays()]).toEqual(['paused', true]);
      expect(player.shownUs()).toBeCloseTo(100_000, 0);
      player.play();
      expect([player.shownUs(), player.state()]).toEqual([99_000, 'playing']);
    },
  );

  it('goes on once it is no script any more, and one without acts has no end', () => {
    const { player, frames } = toyPlayer();
    player.open(scripted, at(99_900));
    player.play();
    frames.pass(500);
    expect(player.replays()).toBe(true);
    player.intervene(crash('A1'));
    expect(player.replays()).toBe(false);
    player.open(toyRun, at(99_900));
    player.play();
    frames.pass(500);
    expect(player.shownUs()).toBeGreaterThan(100_100);
  });
});

describe('what was undone', () => {
  it('by a step back is known until anything else is done', () => {
    const { player } = toyPlayer();
    player.seek(at(750));
    const count = player.count();
    player.step('event', -1);
    expect(player.undid()).toBe(count);
    player.step('event', 1);
    expect(player.undid()).toBeNull();
  });

  it('and redone is listed in words, and can be taken back several at once', () => {
    const { player } = toyPlayer();
    for (const target of ['A1', 'B2', 'C3']) {
      player.seek(at(player.position().timeUs + 500));
      player.intervene(crash(target));
    }
    expect(player.undoList().map((words) => words.slice(0, 10))).toEqual([
      'C3 crashed',
      'B2 crashed',
      'A1 crashed',
    ]);
    player.undo(2);
    expect(player.run().interventions.map(({ act }) => act)).toEqual([crash('A1')]);
    expect(player.redoList().map((words) => words.slice(0, 10))).toEqual([
      'B2 crashed',
      'C3 crashed',
    ]);
    player.redo(2);
    expect(player.run().interventions).toHaveLength(3);
  });
});
