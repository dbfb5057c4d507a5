import { expect, it } from 'vitest';
import { FrameStats, measured } from './frame-stats.ts';
import { HandFrames } from './player.testkit.ts';

it('tells the middle and the slow end of script time, of the last frames only', () => {
  const stats = new FrameStats();
  expect(stats.report()).toEqual({ frames: 0, p50Ms: 0, p95Ms: 0, requestedWhilePaused: 0 });
  for (let i = 0; i < 100; i++) stats.frame(50);
  for (let i = 0; i < 600; i++) stats.frame(i % 10 === 0 ? 8 : 1);
  expect(stats.report()).toEqual({ frames: 700, p50Ms: 1, p95Ms: 8, requestedWhilePaused: 0 });
});

it('counts frames asked for while paused', () => {
  const stats = new FrameStats();
  const frames = new HandFrames();
  let paused = false;
  const watched = measured(frames, stats, () => paused);
  watched.request(() => {});
  paused = true;
  watched.request(() => {});
  frames.pass(16);
  expect(stats.report()).toMatchObject({ frames: 2, requestedWhilePaused: 1 });
});
