import type { Chapter } from './step.ts';

/** Where the puzzles stand among the chapters. */
export const PUZZLES_ID = 's15';

/** The number that a chapter has for its readers; 15 is that of the puzzles. */
export const numberOf = ({ id }: Pick<Chapter, 'id'>): number => Number(id.slice(1));
