import type { Chapter } from '../../stories/step.ts';

/** The number that a chapter has for its readers; 15 is that of the puzzles. */
export const numberOf = ({ id }: Pick<Chapter, 'id'>): number => Number(id.slice(1));
