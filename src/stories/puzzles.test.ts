import { describe, expect, it } from 'vitest';
import { afterAll, millis } from '../engine/time.ts';
import { DEFAULT_LINK, decodeLink, encodeLink } from '../scenario/link.ts';
import type { Run } from '../scenario/run.ts';
import { type Judgement, judging } from './judge.ts';
import type { Timed } from './openings.ts';
import { wordCount } from './prose.ts';
import type { Puzzle } from './puzzle.ts';
import { PUZZLES } from './puzzles.ts';

/** Longer than any solution takes. */
const END = afterAll(millis(1_500));

function judge(puzzle: Puzzle, run: Run, upTo = END): Judgement {
  const judged = judging(puzzle, run, upTo);
  for (let next = judged.next(); ; next = judged.next()) if (next.done) return next.value;
}

/** The run of a puzzle in which somebody did these. */
function played({ opening: { run } }: Puzzle, acts: Timed): Run {
  const own = acts.map(([ms, act]) => ({ at: afterAll(Math.round(millis(ms))), act }));
  return { ...run, interventions: [...run.interventions, ...own] };
}

it('gives every puzzle a name of its own', () => {
  expect(new Set(PUZZLES.map(({ id }) => id)).size).toBe(PUZZLES.length);
});

describe.each(PUZZLES.map((puzzle) => [puzzle.id, puzzle] as const))('puzzle %s', (_, puzzle) => {
  it('can be solved, and its solution be shared', () => {
    const run = played(puzzle, puzzle.solution);
    const { solved, broken } = judge(puzzle, run);
    expect(broken).toBeNull();
    expect(solved).not.toBeNull();
    const opened = decodeLink(encodeLink({ ...DEFAULT_LINK, run, at: END }));
    if (!opened.ok) throw new Error(opened.problem);
    expect(opened.value.adjusted).toEqual([]);
    expect(judge(puzzle, opened.value.link.run)).toEqual({ solved, broken: null });
  });

  it.each(puzzle.nearMisses)('is not solved by what breaks $breaks', ({ acts, breaks }) => {
    const { solved, broken } = judge(puzzle, played(puzzle, acts));
    expect(solved).toBeNull();
    expect(broken?.rule ?? null).toBe(breaks);
  });

  it('is not solved by nothing, nor before its solution has shown', () => {
    expect(judge(puzzle, puzzle.opening.run).solved).toBeNull();
    const early = judge(puzzle, played(puzzle, puzzle.solution), puzzle.opening.at);
    expect(early).toEqual({ solved: null, broken: null });
  });

  it('is told shortly and plainly', () => {
    const { title, goal, rules, hints } = puzzle;
    for (const text of [title, goal, ...hints, ...rules.map(({ says }) => says)]) {
      expect(wordCount(text)).toBeLessThanOrEqual(70);
      expect(text).not.toMatch(/!|\bsimply\b|\bjust\b/i);
    }
  });
});

describe('a run that is not of the puzzle', () => {
  const [puzzle] = PUZZLES;
  const { run } = puzzle!.opening;

  it.each([
    ['another seed', { ...run, seed: run.seed + 1 }],
    [
      'another cluster',
      {
        ...run,
        scenario: { ...run.scenario, config: { ...run.scenario.config, allocationLimit: 20 } },
      },
    ],
    ['an act before it opens', played({ ...puzzle! }, [[1, { op: 'crash', target: 'A1' }]])],
  ])('is not judged: %s', (_, other) => {
    expect(judge(puzzle!, other).broken).toMatchObject({ rule: null });
  });
});
