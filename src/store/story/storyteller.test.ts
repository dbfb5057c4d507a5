import { expect, it } from 'vitest';
import { openedApp, testApp } from '../app.testkit.ts';

const COUNT = { chapter: 's05', step: 'count' };

/** Waits for what a link has begun: the chapters come in their own time. */
async function atStep({ app }: Awaited<ReturnType<typeof openedApp>>): Promise<void> {
  await app.story.take();
  await app.player.settled();
  await Promise.resolve();
}

it('goes on at the step of a link with the look, the speed and the playing that the link asks for', async () => {
  const { app } = await testApp();
  await app.story.open(COUNT);
  await app.player.settled();
  app.store.getState().setTab('log');
  app.store.getState().select({ kind: 'node', id: 'B2' });
  app.player.setRate(5_000);
  const link = app.links.linkHere({ start: 'playing' });

  const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
  await atStep(other);
  const { player, store } = other.app;
  expect(store.getState().story).toMatchObject(COUNT);
  expect(store.getState().selection).toEqual({ kind: 'node', id: 'B2' });
  expect(store.getState().tab).toBe('log');
  expect(player.rateUs()).toBe(5_000);
  expect(player.state()).toBe('playing');
});

it('does not pause a link that plays on after its step has come true', async () => {
  const { app, frames } = await testApp();
  await app.story.open(COUNT);
  app.story.turn('show');
  frames.pass(30_000);
  expect(app.store.getState().story?.done).toBe(true);
  const link = app.links.linkHere({ start: 'playing' });

  const other = await openedApp({ hash: link.slice(link.indexOf('#')) });
  await atStep(other);
  expect(other.app.store.getState().story?.done).toBe(true);
  expect(other.app.player.state()).toBe('playing');
});
