import { describe, expect, it } from 'vitest';
import { at, crash, toyPlayer, toyRun } from './player.testkit.ts';

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

  it('undo of an act in the past takes its branch away, redo brings the same one back', () => {
    const { player } = toyPlayer();
    player.seek(at(4_000));
    player.seek(at(1_000));
    player.intervene(crash('A1'));
    const left = player.branches();
    expect(left).toHaveLength(1);
    player.undo();
    expect(player.branches()).toEqual([]);
    player.redo();
    expect(player.branches()).toEqual(left);
  });

  it('undo of another run brings back the branches of the one before', () => {
    const { player } = toyPlayer();
    player.seek(at(4_000));
    player.seek(at(1_000));
    player.intervene(crash('A1'));
    const left = player.branches();
    player.beginAnew({ ...player.run(), seed: 9 });
    expect(player.branches()).toEqual([]);
    player.undo();
    expect(player.branches()).toEqual(left);
    player.redo();
    expect(player.branches()).toEqual([]);
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
