import type { Micros } from '../engine/time.ts';
import type { NoteOf, NoteType } from '../protocol/notes.ts';

/** A number that is this one or greater. */
export interface AtLeast {
  readonly atLeast: number;
}

/** Fields of a note that a pattern may ask for: those that are one word or number. */
type Plain = string | number | boolean | null;
type FieldsOf<T extends NoteType> = {
  readonly [K in keyof NoteOf<T>]?: NoteOf<T>[K] extends number
    ? number | AtLeast
    : NoteOf<T>[K] extends Plain
      ? NoteOf<T>[K]
      : never;
};

/** A fact that the account of the run tells, with some of its fields given. */
export type Pattern = { [T in NoteType]: { readonly type: T } & FieldsOf<T> }[NoteType];

/** What can be asked of one moment of a run. Groups, segments and instances go by their names on screen. */
export type Question =
  | { readonly ask: 'clock'; readonly atLeastUs: Micros }
  | { readonly ask: 'commits'; readonly atLeast: number }
  | { readonly ask: 'writes'; readonly group: number; readonly are: 'possible' | 'waiting' }
  | { readonly ask: 'reads'; readonly group: number; readonly are: 'possible' | 'waiting' }
  /** Whether nothing of a crash is left to be undone at an instance. */
  | { readonly ask: 'undone'; readonly instance: string }
  /** Whether a writer is being replaced, from its first missed heartbeat to the last client. */
  | { readonly ask: 'failover'; readonly underWay: boolean }
  /** How many lists of members a write has to satisfy: two while one is being replaced. */
  | { readonly ask: 'write sets'; readonly group: number; readonly count: number }
  | { readonly ask: 'healthy'; readonly group: number; readonly copies: number }
  | { readonly ask: 'node'; readonly id: string; readonly is: 'up' | 'down' | 'lost' | 'slow' }
  | { readonly ask: 'instance'; readonly id: string; readonly is: InstanceIs }
  | { readonly ask: 'groups'; readonly atLeast: number }
  | { readonly ask: 'epoch'; readonly atLeast: number }
  /** Transactions that have written and wait for nothing but more statements. */
  | { readonly ask: 'open transactions'; readonly atLeast: number }
  | { readonly ask: 'gap'; readonly segment: string; readonly open: boolean }
  | {
      readonly ask: 'cached';
      readonly instance: string;
      readonly page: number;
      readonly is: boolean;
    }
  | { readonly ask: 'lag'; readonly instance: string; readonly atLeastUs: Micros }
  /** Every group has so many copies in every zone. */
  | { readonly ask: 'spread'; readonly copies: number }
  /** It has heard of everything that is durable. */
  | { readonly ask: 'caught-up'; readonly instance: string }
  /** Commits that the writer has not answered yet. */
  | { readonly ask: 'waiting'; readonly atLeast: number }
  /** Some commit has waited for so long, and waits. */
  | { readonly ask: 'commit-waits'; readonly atLeastUs: Micros }
  /** A copy has all that any copy of its group has, without a hole. */
  | { readonly ask: 'complete'; readonly segment: string }
  | { readonly ask: 'slow-nodes'; readonly atLeast: number };

type InstanceIs = 'open' | 'recovering' | 'fenced' | 'down' | 'writer' | 'replica' | 'zombie';

/**
 * What a step waits for, as data. `noted` counts from where the step began, the others look at the
 * present moment. `looked` is about the page, never about the run.
 */
export type Condition =
  | Question
  | { readonly noted: Pattern; readonly times?: number }
  /** Of the durations that notes tell, the one at this rank, from 0 to 1, is so long at most. */
  | {
      readonly rank: number;
      readonly of: Pattern;
      readonly field: string;
      readonly atMostUs: Micros;
    }
  /** So much time went by since it was told first. */
  | { readonly since: Pattern; readonly passedUs: Micros }
  /** Of a thousand facts met, at most so many are of the narrower pattern: a percentile, as a count. */
  | { readonly few: Pattern; readonly among: Pattern; readonly permille: number }
  /** An invariant that the checker found broken. */
  | { readonly violated: string }
  /** As many different things of these kinds were selected since the step began. */
  | { readonly looked: readonly string[]; readonly different: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** Whether a condition is about what the checker finds. */
export function asksChecker(condition: Condition): boolean {
  if ('violated' in condition) return true;
  if ('all' in condition) return condition.all.some(asksChecker);
  if ('any' in condition) return condition.any.some(asksChecker);
  return 'not' in condition && asksChecker(condition.not);
}

/** Every pattern that a condition counts. */
export function patternsIn(condition: Condition): readonly Pattern[] {
  if ('noted' in condition) return [condition.noted];
  if ('rank' in condition) return [condition.of];
  if ('since' in condition) return [condition.since];
  if ('few' in condition) return [condition.few, condition.among];
  if ('all' in condition) return condition.all.flatMap(patternsIn);
  if ('any' in condition) return condition.any.flatMap(patternsIn);
  if ('not' in condition) return patternsIn(condition.not);
  return [];
}
