import { describe, expect, it } from 'vitest';
import { at, crash, toyPlayer, toyRun } from './player.testkit.ts';
import { STILL_MS } from './player.ts';

describe('a long way', () => {
  /** A machine on which every look at the clock finds the slice used up. */
  const slowPlayer = (parts = {}) => {
    const test = toyPlayer(parts);
    test.frames.costMs = 9;
    return test;
  };
  const straight = (timeUs: number): string => {
    const { player } = toyPlayer();
    player.seek(at(timeUs));
    return player.hash();
  };

  it('is gone frame by frame, shown on the way, and ends exactly where it should', async () => {
    const { player, frames } = slowPlayer();
    player.seek(at(1_000_000));
    const settled = player.settled();
    expect(player.state()).toBe('seeking');
    const seen: number[] = [];
    const parts: number[] = [];
    player.subscribe(() => {
      seen.push(player.shownUs());
      parts.push(player.seeking()?.part ?? 1);
    });
    frames.pass(16_000);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect([player.state(), player.shownUs(), player.seeking()]).toEqual([
      'paused',
      1_000_000,
      null,
    ]);
    expect(player.hash()).toBe(straight(1_000_000));
    expect(await settled).toBe(true);
    expect(frames.waiting).toBe(0);
  });

  it('ends where it is when paused, and time runs on from there when played', async () => {
    const { player, frames } = slowPlayer();
    player.seek(at(1_000_000));
    const settled = player.settled();
    frames.pass(64);
    const { timeUs } = player.position();
    player.pause();
    expect([player.state(), player.position().timeUs, frames.waiting]).toEqual([
      'paused',
      timeUs,
      0,
    ]);
    expect(timeUs).toBeGreaterThan(0);
    expect(await settled).toBe(false);
    player.seek(at(1_000_000));
    player.play();
    expect([player.state(), player.seeking()]).toEqual(['playing', null]);
  });

  it('gives way to another one', async () => {
    const { player, frames } = slowPlayer();
    player.open(toyRun, at(1_000_000));
    const first = player.settled();
    frames.pass(64);
    player.seek(at(250));
    expect(await first).toBe(false);
    expect(await player.settled()).toBe(true);
    expect([player.state(), player.shownUs()]).toEqual(['paused', 250]);
  });

  it('goes on while nobody looks, and changes over when somebody does', async () => {
    const { player, frames } = slowPlayer();
    player.seek(at(400_000));
    frames.show(false);
    frames.pass(320);
    const { timeUs } = player.position();
    expect(timeUs).toBeGreaterThan(0);
    frames.show(true);
    frames.pass(16_000);
    expect([player.state(), player.shownUs()]).toEqual(['paused', 400_000]);
  });

  it('after a change of the past is gone again, and time then runs on as before', async () => {
    const { player, frames } = toyPlayer();
    player.intervene(crash('B2'));
    player.seek(at(1_000_000));
    const acted = player.hash();
    player.play();
    frames.costMs = 9;
    player.undo();
    expect(player.state()).toBe('seeking');
    frames.pass(16_000);
    frames.costMs = 0;
    expect(player.state()).toBe('playing');
    player.pause();
    player.redo();
    player.seek(at(1_000_000));
    expect(player.hash()).toBe(acted);
  });

  it('to the end of a step shows nothing of what lies ahead while it looks', () => {
    const missing: string[] = [];
    const { player, frames } = slowPlayer({
      grains: { isBeat: () => false, isCommit: (h: { count: number }) => h.count === 2_000 },
      nothingAhead: (grain: string) => missing.push(grain),
    });
    player.step('commit', 1);
    const seen = new Set<number>();
    player.subscribe(() => {
      if (player.state() === 'seeking')
        seen.add(player.position().timeUs).add(player.edge().timeUs);
    });
    expect(player.seeking()).toEqual({ toUs: null, part: 0 });
    // A key held down does not begin it anew.
    for (let i = 0; i < 60 && player.state() === 'seeking'; i++) {
      player.step('commit', 1);
      frames.pass(16);
    }
    expect([...seen]).toEqual([0]);
    expect(player.state()).toBe('stepping');
    frames.costMs = 0;
    frames.pass(2_000);
    expect([player.state(), player.count()]).toEqual(['paused', 2_000]);
    player.step('beat', 1);
    frames.pass(16_000);
    expect([missing, player.state(), player.count()]).toEqual([['beat'], 'paused', 2_000]);
  });

  it('under reduced motion leads from picture to picture all the same', () => {
    const { player, frames } = slowPlayer({
      reducedMotion: () => true,
      grains: { isBeat: (h: { count: number }) => h.count % 1_000 === 0, isCommit: () => false },
    });
    player.play();
    frames.pass(STILL_MS + 1_000);
    expect([player.state(), player.count()]).toEqual(['playing', 1_000]);
    frames.pass(STILL_MS + 1_000);
    expect(player.count()).toBe(2_000);
  });
});
