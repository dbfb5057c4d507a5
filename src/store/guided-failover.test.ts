import { expect, it } from 'vitest';
import { QUIET } from '../scenario/base-config.ts';
import { testApp } from './app.testkit.ts';

/** Half a minute from the crash of the writer until clients are back at the next one. */
const { detection } = QUIET;
const SLOW = { ...QUIET, detection: { ...detection, instanceUs: 23_000_000 } };

it('point 18: guided pace shows a failover of half a minute in less than fifteen seconds', async () => {
  const { app, frames } = await testApp();
  const { player, store } = app;
  const scenario = { ...player.run().scenario, config: SLOW };
  player.open({ scenario, seed: 1, interventions: [] }, { timeUs: 5_000, n: 0 });
  player.intervene({ op: 'crash', target: 'W' });
  store.getState().change({ pace: 'guided' });
  player.play();
  const beganMs = frames.nowMs;
  const isOver = (): boolean =>
    player.view().endpoint.writer === 'R1' && player.view().control.failover === null;
  const skipped = new Set<number>();
  while (!isOver() && frames.nowMs - beganMs < 60_000) {
    frames.pass(16);
    skipped.add(player.skipped()?.fromUs ?? 0);
  }
  expect(frames.nowMs - beganMs).toBeLessThan(15_000);
  expect(skipped.size).toBeGreaterThan(5);
  // The clock tells the true time, and the run is the same as if all of it had been shown.
  expect(player.shownUs()).toBeGreaterThan(29_000_000);
  const { timeUs, n } = player.position();
  const hash = player.hash();
  player.open(player.run(), { timeUs, n });
  expect(player.hash()).toBe(hash);
});
