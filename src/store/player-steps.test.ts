import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../engine/time.ts';
import { at, openToy, toyPlayer } from './player.testkit.ts';
import type { RunTimeline } from './run-timeline.ts';

describe('stepping forward', () => {
  it('shows the interval, then pauses at the event', () => {
    const { player, frames } = toyPlayer();
    player.seek(at(0));
    player.step('event', 1);
    expect(player.state()).toBe('stepping');
    frames.pass(16);
    frames.pass(128);
    expect(player.shownUs()).toBeCloseTo(128, 6);
    expect(player.count()).toBe(1);
    frames.pass(200);
    expect(player.state()).toBe('paused');
    expect([player.shownUs(), player.position()]).toEqual([250, { timeUs: 250, n: 1 }]);
    expect(frames.waiting).toBe(0);
  });

  it.each([
    [60_000_000, 120],
    [10, 900],
  ])('at %i µs a second lasts %i ms', (rate, ms) => {
    const { player, frames } = toyPlayer();
    player.seek(at(0));
    player.setRate(rate);
    player.step('event', 1);
    frames.pass(1, 1);
    frames.pass(ms - 1, 1);
    expect(player.state()).toBe('stepping');
    frames.pass(1, 1);
    expect(player.state()).toBe('paused');
  });

  it('is completed at once by a second press', () => {
    const { player, frames } = toyPlayer();
    player.seek(at(0));
    player.step('event', 1);
    frames.pass(32);
    player.step('event', 1);
    expect([player.state(), player.position()]).toEqual(['paused', { timeUs: 250, n: 1 }]);
  });

  it('goes to the next beat and the next commit', () => {
    const { player, frames } = toyPlayer();
    player.step('beat', 1);
    frames.pass(2_000);
    expect(player.position()).toEqual({ timeUs: 750, n: 1 });
    player.step('commit', 1);
    expect(player.edge()).toEqual({ timeUs: 750, n: 1 });
    frames.pass(2_000);
    expect(player.position()).toEqual({ timeUs: 1_750, n: 1 });
  });

  it('says so when nothing of that grain is on its way', () => {
    const missing: string[] = [];
    const { player } = toyPlayer({
      grains: { isBeat: () => false, isCommit: () => false },
      nothingAhead: (grain) => missing.push(grain),
    });
    player.seek(at(600));
    const hash = player.hash();
    player.step('beat', 1);
    expect(missing).toEqual(['beat']);
    expect([player.state(), player.hash(), player.shownUs()]).toEqual(['paused', hash, 600]);
  });

  it('pauses between events when paused on the way', () => {
    const { player, frames } = toyPlayer();
    player.seek(at(0));
    player.step('event', 1);
    frames.pass(16);
    frames.pass(96);
    player.pause();
    expect(player.shownUs()).toBeCloseTo(96, 6);
    expect([player.state(), frames.waiting]).toEqual(['paused', 0]);
  });

  it('interrupts play', () => {
    const { player, frames } = toyPlayer();
    player.play();
    frames.pass(100);
    player.step('event', 1);
    frames.pass(1_000);
    expect(player.state()).toBe('paused');
  });
});

describe('stepping back', () => {
  it('snaps to just before the last event', () => {
    const { player, frames } = toyPlayer();
    player.seek(at(600));
    const before = frames.requested;
    player.step('event', -1);
    expect([player.position(), player.state()]).toEqual([{ timeUs: 500, n: 1 }, 'paused']);
    expect(frames.requested).toBe(before);
  });

  it('returns by beats and commits', () => {
    const { player } = toyPlayer();
    player.seek(at(4_100));
    player.step('commit', -1);
    expect(player.position()).toEqual({ timeUs: 3_750, n: 1 });
    player.step('beat', -1);
    expect(player.position()).toEqual({ timeUs: 2_750, n: 1 });
    player.step('commit', -1);
    player.step('commit', -1);
    expect(player.position()).toEqual({ timeUs: 0, n: 0 });
  });

  it('there and back gives the same hash, time and position, from any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 1, max: 4 }), (us, k) => {
        const { player } = toyPlayer();
        player.seek(at(us));
        const before = [player.hash(), player.shownUs(), player.position()];
        for (let i = 0; i < k; i++) {
          player.step('event', 1);
          player.finishStep();
        }
        for (let i = 0; i < k; i++) player.step('event', -1);
        const after = [player.hash(), player.shownUs(), player.position()];
        expect(after).toEqual(before);
      }),
    );
  });
});

describe('stepping back by beats', () => {
  it('after steps forward by beats returns at once: nothing has to be computed again', () => {
    let leaps = 0;
    const { player } = toyPlayer({
      open: (run) => {
        const timeline = openToy(run);
        const leap = (to: Position): void => {
          leaps++;
          timeline.leap(to);
        };
        return Object.create(timeline, { leap: { value: leap } }) as RunTimeline;
      },
    });
    const forward = (): void => {
      player.step('beat', 1);
      player.finishStep();
    };
    const here = () => [player.hash(), player.shownUs(), player.position()];
    forward();
    const before = here();
    for (let i = 0; i < 3; i++) forward();
    const after = here();
    for (let i = 0; i < 3; i++) player.step('beat', -1);
    expect(here()).toEqual(before);
    expect(leaps).toBe(0);
    for (let i = 0; i < 3; i++) forward();
    expect(here()).toEqual(after);
    // Elsewhere it has to be looked for.
    player.seek(at(4_100));
    player.step('beat', -1);
    expect(leaps).toBe(2);
  });
});
