import { describe, expect, it } from 'vitest';
import { at, crash, toyPlayer } from './player.testkit.ts';
import { STILL_MS } from './player.ts';

describe('playing', () => {
  it('point 17: moves shown time linearly: wall time times the rate', () => {
    const { player, frames } = toyPlayer();
    player.setRate(1_000);
    player.play();
    // The first frame only says when time began to run.
    frames.pass(16);
    const from = player.shownUs();
    frames.pass(480);
    expect(player.shownUs() - from).toBeCloseTo(480, 6);
    frames.pass(480);
    expect(player.shownUs() - from).toBeCloseTo(960, 6);
  });

  it('shows a time between the position and the next event', () => {
    const { player, frames } = toyPlayer();
    player.play();
    for (let i = 0; i < 200; i++) {
      frames.pass(7, 7);
      expect(player.shownUs()).toBeGreaterThanOrEqual(player.position().timeUs);
      const [next] = player.happenings(player.position(), at(1e9)).slice(1);
      expect(next?.timeUs ?? Infinity).toBeGreaterThanOrEqual(player.shownUs());
    }
    expect(player.count()).toBeGreaterThan(4);
  });

  it('does not catch up on a stalled frame', () => {
    const { player, frames } = toyPlayer();
    player.play();
    frames.pass(16);
    frames.pass(5_000, 5_000);
    expect(player.shownUs()).toBe(100);
  });

  it('stands still while hidden and does not fast-forward on return', () => {
    const { player, frames } = toyPlayer();
    player.play();
    frames.pass(160);
    const shown = player.shownUs();
    frames.show(false);
    expect(frames.waiting).toBe(0);
    frames.pass(60_000);
    expect(player.state()).toBe('playing');
    frames.show(true);
    frames.pass(16);
    expect(player.shownUs()).toBe(shown);
    frames.pass(16);
    expect(player.shownUs()).toBeCloseTo(shown + 16, 6);
  });

  it('lags and says by how much when the engine is too slow', () => {
    const { player, frames } = toyPlayer();
    player.setRate(60_000_000);
    expect(player.slowBy()).toBe(1);
    player.play();
    frames.costMs = 9;
    frames.pass(2_000);
    expect(player.slowBy()).toBeGreaterThan(2);
    frames.costMs = 0;
    player.pause();
    expect(player.slowBy()).toBe(1);
  });

  it('calls its listeners once per frame', () => {
    const { player, frames } = toyPlayer();
    player.play();
    let calls = 0;
    player.subscribe(() => calls++);
    frames.pass(160);
    expect(calls).toBe(10);
  });

  it('stops after the event somebody wants to see', () => {
    const { player, frames } = toyPlayer({
      pauseAt: () => (h) => h.notes.some((n) => n.type === 'commit-returned'),
    });
    player.play();
    frames.pass(4_000);
    expect(player.state()).toBe('paused');
    expect(player.position()).toEqual({ timeUs: 1_750, n: 1 });
    expect(player.shownUs()).toBe(1_750);
  });

  it('asks for no animation frame while paused', () => {
    const { player, frames } = toyPlayer();
    player.play();
    frames.pass(100);
    player.pause();
    const { requested } = frames;
    frames.pass(2_000);
    player.setRate(100);
    player.seek(at(400));
    player.intervene(crash('B2'));
    player.step('event', -1);
    expect([frames.requested, frames.waiting]).toEqual([requested, 0]);
  });

  it('shows one still beat after another under reduced motion, without animation frames', () => {
    const { player, frames } = toyPlayer({ reducedMotion: () => true });
    player.play();
    frames.pass(STILL_MS);
    expect(player.position()).toEqual({ timeUs: 750, n: 1 });
    frames.pass(STILL_MS);
    expect(player.position()).toEqual({ timeUs: 1_750, n: 1 });
    expect(frames.requested).toBe(0);
  });
});

describe('the view', () => {
  it('is the same object until an event changes it', () => {
    const { player } = toyPlayer();
    player.seek(at(600));
    const view = player.view();
    player.seek(at(700));
    expect(player.view()).toBe(view);
    player.seek(at(750));
    expect(player.view()).not.toBe(view);
  });
});

describe('a contradiction of the engine', () => {
  it('stops the player and is told, and going elsewhere clears it', () => {
    const { player, frames } = toyPlayer({
      grains: {
        isBeat: () => {
          throw new Error('VDL above VCL');
        },
        isCommit: () => false,
      },
    });
    player.play();
    player.step('beat', 1);
    expect([player.state(), player.fault()?.message]).toEqual(['paused', 'VDL above VCL']);
    expect(frames.waiting).toBe(0);
    player.seek(at(0));
    expect(player.fault()).toBeNull();
    player.step('beat', 1);
    expect(player.fault()).not.toBeNull();
    player.step('event', -1);
    expect(player.fault()).toBeNull();
  });
});
