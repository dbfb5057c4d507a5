import { expect, it } from 'vitest';
import { millis } from '../engine/time.ts';
import type { Track } from '../history/track-history.ts';
import { testApp } from './app.testkit.ts';
import { at } from './player.testkit.ts';
import { TrackReader } from './track.ts';

const told = ({ commits, beats, stretches, availability, epochs, unread }: Track) => ({
  commits: [...commits.times],
  beats: [...beats.times],
  levels: availability.map(({ fromUs, writes, reads }) => `${fromUs} ${writes} ${reads}`),
  ...{ stretches, epochs, unread },
});

it('what a fork leaves as it was is kept, and the rest is read anew', async () => {
  const { app } = await testApp();
  const { player, track } = app;
  player.seek(at(millis(5)));
  player.intervene({ op: 'crash-zone', az: 'C' });
  player.seek(at(millis(40)));
  expect(told(track.track()!).stretches.length).toBeGreaterThan(3);
  player.seek(at(millis(20)));
  player.intervene({ op: 'crash', target: 'B2' });
  player.seek(at(millis(60)));
  const kept = told(track.track()!);
  expect(kept).toEqual(told(new TrackReader().upToEdge(player)));
  expect(kept.levels.at(-1)).toMatch(/waits yes$/);
  expect(kept.stretches).toContainEqual({
    ...{ kind: 'machine', id: 'B2', toUs: null },
    fromUs: expect.any(Number),
  });

  player.undo(2);
  expect(told(track.track()!).stretches).toEqual([]);
});

it('a long way is read as it is gone; of what nobody read only the end is claimed', async () => {
  const { app, frames } = await testApp();
  const { player } = app;
  player.seek(at(millis(5)));
  player.intervene({ op: 'crash', target: 'B2' });
  frames.costMs = 1;
  player.seek(at(2_000_000));
  while (player.seeking()) frames.pass(16);
  frames.costMs = 0;
  expect(player.kept().from).toBeGreaterThan(1);
  expect(told(app.track.track()!).unread).toEqual([]);
  expect(told(app.track.track()!).commits.length).toBeGreaterThan(500);

  const late = new TrackReader();
  const { unread, stretches } = late.upToEdge(player);
  expect(unread).toEqual([{ fromUs: 0, toUs: 2_000_000 }]);
  expect(stretches.map(({ id, fromUs }) => [id, fromUs])).toEqual([['B2', 2_000_000]]);

  // B2 is down since long before: who begins anew where nobody read has to know it.
  player.seek(at(1_000_000));
  while (player.seeking()) frames.pass(16);
  player.intervene({ op: 'crash-zone', az: 'C' });
  player.seek(at(1_010_000));
  expect(told(late.upToEdge(player)).levels.at(-1)).toMatch(/waits yes$/);
});
