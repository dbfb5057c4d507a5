import { numberOf, PUZZLES_ID } from './chapter-number.ts';
import { CORRECTIONS } from './corrections.ts';
import { PUZZLES } from './puzzles.ts';
import type { Chapter } from './step.ts';

/** What stands in the place of a chapter where the puzzles are. */
export const PUZZLES_CHAPTER = {
  id: PUZZLES_ID,
  title: 'Puzzles',
  asks: 'What can you bring about by your own means?',
} as const;

/** The chapters and, in their place among them, the puzzles. */
export const inOrder = (
  chapters: readonly Chapter[],
): readonly (Chapter | typeof PUZZLES_CHAPTER)[] =>
  [...chapters, PUZZLES_CHAPTER].toSorted((a, b) => numberOf(a) - numberOf(b));

/** How much there is to read and to do, as part of a sentence. */
export function extentOf(chapters: readonly Chapter[]): string {
  const minutes = chapters.reduce((sum, chapter) => sum + chapter.minutes, 0);
  return `${chapters.length} chapters, about ${minutes} minutes, and ${PUZZLES.length} puzzles`;
}

/** The lists that stand after the chapters, by their titles. */
export const LIST_TITLES = {
  read: 'You may have read…',
  recap: 'Recap',
  glossary: 'Glossary',
} as const;

/** What the list of corrections is of. */
export const CORRECTIONS_SAY = `${CORRECTIONS.length} things that are told of Aurora, how they are, and the run that shows it.`;

/** What the recap is of. */
export const RECAP_SAYS =
  'Two summaries that you may have read, row by row, then single passages one by one, and what the runs made of each.';

/** The title of what the recap has beside the two summaries. */
export const PASSAGES_TITLE = 'Passage by passage';
