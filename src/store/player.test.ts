import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act } from '../protocol/intervention.ts';
import { toyPlayer, toyRun } from './player.testkit.ts';
import { STILL_MS } from './player.ts';

const crash = (target: string): Act => ({ op: 'crash', target });
const at = (timeUs: number, n = Number.MAX_SAFE_INTEGER) => ({ timeUs, n });

describe('playing', () => {
  it('moves shown time linearly: wall time times the rate', () => {
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

describe('intervening', () => {
  it('acts at the present position and says what was done', () => {
    const { player } = toyPlayer();
    player.seek(at(600));
    expect(player.intervene(crash('B2'))).toBe('B2 crashed at 0.600 ms');
    expect(player.run().interventions).toEqual([{ at: { timeUs: 600, n: 0 }, act: crash('B2') }]);
    expect(player.position()).toEqual({ timeUs: 600, n: 1 });
    expect(player.shownUs()).toBe(600);
  });

  it('acts among the events of one microsecond', () => {
    const { player } = toyPlayer();
    player.seek(at(500, 1));
    player.intervene(crash('B2'));
    expect(player.run().interventions[0]?.at).toEqual({ timeUs: 500, n: 1 });
  });

  it('goes on playing', () => {
    const { player, frames } = toyPlayer();
    player.play();
    frames.pass(100);
    const shown = player.shownUs();
    player.intervene(crash('B2'));
    expect([player.state(), player.shownUs()]).toEqual(['playing', shown]);
    frames.pass(100);
    expect(player.shownUs()).toBeGreaterThan(shown);
  });

  it('undo and redo lead to the same hashes at the same time', () => {
    const { player } = toyPlayer();
    player.seek(at(600));
    const clean = player.hash();
    player.intervene(crash('B2'));
    const acted = player.hash();
    expect(acted).not.toBe(clean);
    expect([player.undo(), player.hash(), player.position()]).toEqual([
      true,
      clean,
      { timeUs: 600, n: 0 },
    ]);
    expect([player.redo(), player.hash(), player.shownUs()]).toEqual([true, acted, 600]);
  });

  it('keeps the present time when an earlier act is taken back', () => {
    const { player } = toyPlayer();
    player.seek(at(600));
    player.intervene(crash('B2'));
    player.seek(at(2_000));
    player.undo();
    expect(player.shownUs()).toBe(2_000);
    const fresh = toyPlayer().player;
    fresh.seek(at(2_000));
    expect(player.hash()).toBe(fresh.hash());
  });

  it('forgets what could be redone after a new act', () => {
    const { player } = toyPlayer();
    player.intervene(crash('B2'));
    player.undo();
    expect([player.canUndo(), player.canRedo()]).toEqual([false, true]);
    player.intervene(crash('C1'));
    expect([player.canUndo(), player.canRedo()]).toEqual([true, false]);
    expect(player.undo()).toBe(true);
    expect(player.undo()).toBe(false);
  });

  it('takes back acts that came with the run', () => {
    const { player } = toyPlayer();
    player.open({ ...toyRun, interventions: [{ at: at(300, 0), act: crash('B2') }] }, at(900));
    expect(player.undo()).toBe(true);
    expect(player.run().interventions).toEqual([]);
    expect(player.redo()).toBe(true);
    expect(player.run().interventions).toHaveLength(1);
  });

  it('in the past keeps the old future as a branch that can be returned to', () => {
    const { player } = toyPlayer();
    player.seek(at(600));
    player.intervene(crash('B2'));
    player.seek(at(2_000));
    player.intervene(crash('C1'));
    player.seek(at(1_000));
    const former = player.hash();
    player.intervene(crash('A1'));
    expect(player.run().interventions.map(({ act }) => act)).toEqual([crash('B2'), crash('A1')]);
    expect(player.branches().map(({ title }) => title)).toEqual(['C1 crashed at 2.000 ms']);
    const [branch] = player.branches();
    expect(player.switchTo(branch!.id)).toBe(true);
    expect(player.hash()).toBe(former);
    expect(player.run().interventions.map(({ act }) => act)).toEqual([crash('B2'), crash('C1')]);
    expect(player.branches().map(({ title }) => title)).toEqual(['A1 crashed at 1.000 ms']);
    expect(player.switchTo(99)).toBe(false);
  });

  it('is refused with a sentence where no link could hold it', () => {
    const { player } = toyPlayer();
    const interventions = Array.from({ length: 2_000 }, (_, i) => ({
      at: at(i, 0),
      act: crash('B2'),
    }));
    player.open({ ...toyRun, interventions }, at(2_500));
    expect(player.intervene(crash('C1'))).toMatch(/has 2000 acts, and a link holds no more/);
    expect(player.run().interventions).toBe(interventions);
    player.undo();
    expect(player.intervene(crash('C1'))).toMatch(/C1 crashed/);
  });

  it('keeps at most eight branches', () => {
    const { player } = toyPlayer();
    for (let i = 12; i > 0; i--) {
      player.seek(at(i * 1_000 + 500));
      player.seek(at(i * 1_000));
      player.intervene(crash(`B${i}`));
    }
    expect(player.branches()).toHaveLength(8);
  });
});

describe('another run in place of this one', () => {
  it('stands at its beginning, and undo and redo lead back and forth', () => {
    const { player } = toyPlayer();
    player.seek(at(600));
    player.intervene(crash('B2'));
    const changed = { ...toyRun, scenario: { ...toyRun.scenario, lengthUs: 5 } };
    player.beginAnew(changed);
    expect([player.run(), player.position(), player.edge()]).toEqual([
      changed,
      { timeUs: 0, n: 0 },
      { timeUs: 0, n: 0 },
    ]);
    player.seek(at(900));
    expect(player.undo()).toBe(true);
    expect(player.run().scenario).toBe(toyRun.scenario);
    expect(player.run().interventions).toHaveLength(1);
    expect(player.position()).toEqual({ timeUs: 0, n: 0 });
    expect(player.redo()).toBe(true);
    expect(player.run()).toBe(changed);
  });
});

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
  });
});
