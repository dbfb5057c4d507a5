/** What is made of something that one may have read. */
export type Verdict = 'true' | 'true with a nuance' | 'corrected';

/** What becomes of a passage: a statement gets its verdict, a question its answer, a missing picture is supplied. */
export type Outcome = Verdict | 'answered' | 'supplied';

/** An outcome as it begins a line. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  true: 'True',
  'true with a nuance': 'True with a nuance',
  corrected: 'Corrected',
  answered: 'Answered',
  supplied: 'Supplied',
};

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** A chapter of the story by its id: nineteen, as s15 of s00 to s19 is the puzzles'. */
export type ChapterId = Exclude<`s${0 | 1}${Digit}`, 's15'>;

/** A step by its name: `s02.durable`. */
export type StepName = `${ChapterId}.${string}`;
