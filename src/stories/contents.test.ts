import { describe, expect, it } from 'vitest';
import { numberOf } from './chapter-number.ts';
import { CHAPTERS } from './chapters.ts';
import { extentOf, inOrder, PUZZLES_CHAPTER } from './contents.ts';
import { PUZZLES } from './puzzles.ts';

describe('the contents', () => {
  it('have the puzzles as chapter 15, and no number twice or left out', () => {
    const order = inOrder(CHAPTERS);
    expect(order.map(numberOf)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(order[15]).toBe(PUZZLES_CHAPTER);
  });

  it('tell how much there is', () => {
    const [first, second] = CHAPTERS;
    const minutes = first!.minutes + second!.minutes;
    expect(extentOf([first!, second!])).toBe(
      `2 chapters, about ${minutes} minutes, and ${PUZZLES.length} puzzles`,
    );
  });
});
