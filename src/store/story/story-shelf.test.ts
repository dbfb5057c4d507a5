import { expect, it, vi } from 'vitest';
import { testApp } from '../app.testkit.ts';

vi.mock('../../stories/chapters.ts', () => {
  throw new Error('no connection');
});

const SAYS = 'The story could not be loaded. Check the connection and try again.';

it('says that the story could not be loaded, once each time it is tried', async () => {
  const { app } = await testApp();
  const place = { chapter: 's05', step: 'count' };
  await Promise.all([app.story.open(place), app.story.adopt(place), app.story.take()]);
  expect(await app.story.take()).toBeNull();
  const { toasts, story } = app.store.getState();
  expect(story).toBeNull();
  expect(toasts.map(({ text }) => text)).toEqual([SAYS, SAYS]);
});
