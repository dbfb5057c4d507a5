/** What is made of something that one may have read. */
export type Verdict = 'true' | 'true with a nuance' | 'corrected';

/** What becomes of a passage: a statement gets its verdict, a question its answer, a missing picture is supplied. */
export type Outcome = Verdict | 'answered' | 'supplied';

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** A chapter of the story by its id: twenty in all, s00 to s19. */
export type ChapterId = `s${0 | 1}${Digit}`;

/** A step by its name: `s02.durable`. */
export type StepName = `${ChapterId}.${string}`;
