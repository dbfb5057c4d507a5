import { expect, it } from 'vitest';
import { testApp } from './app.testkit.ts';
import type { PauseOn } from './slices/event-filter.ts';

/** Plays until it pauses by itself, and gives the notes and the fate of the event it paused at. */
async function pausedOn(moment: PauseOn, source: object): Promise<readonly string[]> {
  const { app, api, frames } = await testApp();
  await api.open(source);
  const { store, player } = app;
  store.getState().setFilter({ text: 'gossip' });
  store.getState().togglePauseOn(moment);
  player.setRate(50_000);
  player.play();
  for (let passed = 0; passed < 400 && player.state() !== 'paused'; passed++) frames.pass(16);
  expect(player.state()).toBe('paused');
  const happening = player.happening(player.count())!;
  return [...happening.notes.map(({ type }) => type), ...(happening.flight.lost ? ['lost'] : [])];
}

const crash = { at: { timeUs: 3_000, n: 0 }, act: { op: 'crash', target: 'B2' } };

it('point 21: playing pauses on a gap, on any failure, and on what the filter finds', async () => {
  const lossy = { scenario: 'lossy', seed: 3, interventions: [] };
  expect(await pausedOn('gap', lossy)).toContain('gap-found');
  expect(await pausedOn('failure', lossy)).toContain('lost');
  expect(await pausedOn('filter', lossy)).toContainEqual(expect.stringMatching(/gossip/));
  const crashing = { scenario: 'first-write', seed: 3, interventions: [crash] };
  expect(await pausedOn('failure', crashing)).toContain('node');
});
