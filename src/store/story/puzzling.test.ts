import { expect, it, vi } from 'vitest';
import { afterAll, millis } from '../../engine/time.ts';
import type { Puzzle } from '../../stories/puzzle.ts';
import { PUZZLES } from '../../stories/puzzles.ts';
import { testApp } from '../app.testkit.ts';
import { begin, judgeNow, openPuzzle } from './puzzling.ts';

const puzzle = PUZZLES.find(({ id }) => id === 'without-the-writer') as Puzzle;
const LATER = afterAll(millis(1_500));

it('opens a puzzle where it begins, judges what was done there, and keeps what was solved', async () => {
  const { app, frames } = await testApp();
  const { player, store } = app;
  const parts = { player, store, frames };
  const tell = vi.fn();
  openPuzzle(app, puzzle);
  expect(player.run()).toEqual(puzzle.opening.run);
  expect(store.getState().puzzle).toEqual({ id: puzzle.id, hints: 0 });
  judgeNow(parts, puzzle, tell);
  expect(tell).toHaveBeenLastCalledWith({ solved: null, broken: null });
  for (const target of ['C2', 'C1']) player.intervene({ op: 'restore', target });
  player.seek(LATER);
  await player.settled();
  judgeNow(parts, puzzle, tell);
  expect(tell).toHaveBeenLastCalledWith({ solved: expect.anything(), broken: null });
  expect(store.getState().settings.story.done).toEqual(['s15.without-the-writer']);
});

it('judges between frames, where that takes long, and not at all once it is ended', async () => {
  const { app, frames } = await testApp();
  const { player, store } = app;
  openPuzzle(app, puzzle);
  player.seek(LATER);
  await player.settled();
  frames.costMs = 5;
  const [tell, tellEnded] = [vi.fn(), vi.fn()];
  const end = judgeNow({ player, store, frames }, puzzle, tellEnded);
  judgeNow({ player, store, frames }, puzzle, tell);
  expect(tell).not.toHaveBeenCalled();
  end();
  frames.pass(30_000);
  expect(tell).toHaveBeenCalledExactlyOnceWith({ solved: null, broken: null });
  expect(tellEnded).not.toHaveBeenCalled();
});

it('goes on with a run that is of the puzzle, until it is begun anew', async () => {
  const { app } = await testApp();
  const { player } = app;
  openPuzzle(app, puzzle);
  player.intervene({ op: 'restore', target: 'W' });
  const { interventions } = player.run();
  openPuzzle(app, puzzle);
  expect(player.run().interventions).toEqual(interventions);
  begin(app, puzzle);
  expect(player.run()).toEqual(puzzle.opening.run);
});

it('says that a run cannot be judged which the simulation cannot carry out', async () => {
  const { app, frames } = await testApp();
  const { player, store } = app;
  const { scenario } = puzzle.opening.run;
  const impossible = { ...scenario, config: { ...scenario.config, groups: -1 } };
  const run = { ...puzzle.opening.run, scenario: impossible };
  const tell = vi.fn();
  judgeNow(
    { player: { ...player, run: () => run, position: () => LATER } as never, store, frames },
    { ...puzzle, opening: { ...puzzle.opening, run } },
    tell,
  );
  frames.pass(1_000);
  expect(tell).toHaveBeenCalledExactlyOnceWith({
    solved: null,
    broken: expect.objectContaining({ says: expect.stringContaining('cannot be judged') }),
  });
});
