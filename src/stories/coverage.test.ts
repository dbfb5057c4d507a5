import { describe, expect, it } from 'vitest';
import { CHAPTERS } from './chapters.ts';
import { CORRECTIONS } from './corrections.ts';
import { PASSAGES } from './passages.ts';
import { readPlace } from './place.ts';
import { RECAP } from './recap.ts';

const ALL = CHAPTERS.map(({ id }) => id);

describe('corrections', () => {
  it('are the twenty-two, each once', () => {
    expect(CORRECTIONS.map(({ id }) => id)).toEqual(
      Array.from({ length: 22 }, (_, i) => `${i + 1}`),
    );
  });

  it.each(CORRECTIONS.map((each) => [each.id, each] as const))('%s has its place', (id, each) => {
    const place = readPlace(each.shownIn);
    const chapter = CHAPTERS.find((one) => one.id === place?.chapter);
    expect(chapter?.steps.map((step) => step.id)).toContain(place?.step);
    expect(chapter?.corrections).toContain(id);
  });

  it.each(CORRECTIONS.map((each) => [each.id, each] as const))('%s gives its source', (_, each) => {
    expect(each.source).toMatch(/\b20\d\d\b/);
    expect(`${each.read} ${each.says}`).not.toMatch(/!|\bsimply\b|\bjust\b/i);
  });

  it('are the only ones that chapters name', () => {
    const known = new Set(CORRECTIONS.map(({ id }) => id));
    const named = CHAPTERS.flatMap(({ corrections }) => corrections);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('passages', () => {
  it('are the twenty-one, each once', () => {
    expect(new Set(PASSAGES.map(({ id }) => id)).size).toBe(21);
    expect(PASSAGES).toHaveLength(21);
  });

  it('are each taken up by a chapter of the story', () => {
    expect(PASSAGES.filter(({ chapters }) => !chapters.every((id) => ALL.includes(id)))).toEqual(
      [],
    );
  });

  it('leave no chapter from the first to the comparison without one', () => {
    const taken = new Set<string>(PASSAGES.flatMap(({ chapters }) => chapters));
    expect(ALL.slice(1, 15).filter((id) => !taken.has(id))).toEqual([]);
  });
});

it('goes through both summaries row by row, each with its chapters', () => {
  expect(RECAP.map(({ rows }) => rows.length)).toEqual([5, 6]);
  const rows = RECAP.flatMap((table) => table.rows);
  expect(rows.filter(({ chapters }) => !chapters.every((id) => ALL.includes(id)))).toEqual([]);
});
