import { FOUR_OF_SIX } from './chapters/s05-four-of-six.ts';
import type { Chapter } from './step.ts';

/** The story, in order. */
export const CHAPTERS: readonly Chapter[] = [FOUR_OF_SIX];
