import { AppendLog } from '../engine/append-log.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { ClusterView } from '../protocol/view.ts';
import { type AtLeast, type Condition, type Pattern, patternsIn } from './condition.ts';
import { answer } from './question.ts';

/** Ranks are taken of so many at most. */
const MOST_RECENT = 1_000;

/** What is known about the page and the checker while somebody is at a step. */
export interface Around {
  /** Kind and name of what was selected since the step began, each once: `node:B2`. */
  readonly looked: readonly string[];
  /** Invariants found broken in the run as it is shown. */
  readonly violated: readonly string[];
}

/** How often a pattern was met, and by what the first and the last time. */
export interface Met {
  readonly pattern: Pattern;
  readonly count: number;
  readonly first: AuroraNote | null;
  readonly last: AuroraNote | null;
  /** The latest of them, as many as ranks are taken of. */
  readonly recent: AppendLog<AuroraNote>;
  /** When the first and the last were told; 0 before. */
  readonly firstUs: Micros;
  readonly lastUs: Micros;
}

/** What was met of several patterns since the step began. */
export type Watch = readonly Met[];

/** Begins to watch for patterns, with nothing seen yet. */
export const watchFor = (patterns: readonly Pattern[]): Watch =>
  patterns.map((pattern) => ({
    ...{ pattern, count: 0, first: null, last: null, firstUs: 0, lastUs: 0 },
    recent: AppendLog.empty(),
  }));

/** The watch after one more event; the same one when the event meets none of its patterns. */
export function seen(watch: Watch, { notes, timeUs }: Happening): Watch {
  let next: Watch | null = null;
  for (const note of notes as readonly AuroraNote[]) {
    if (!watch.some(({ pattern }) => meets(note, pattern))) continue;
    next = (next ?? watch).map((met) =>
      meets(note, met.pattern) ? again(met, note, timeUs) : met,
    );
  }
  return next ?? watch;
}

const again = (
  { pattern, count, first, firstUs, recent }: Met,
  note: AuroraNote,
  atUs: Micros,
): Met => ({
  ...{ pattern, count: count + 1 },
  ...{ first: first ?? note, firstUs: first ? firstUs : atUs },
  ...{ last: note, lastUs: atUs },
  recent: recent.drop(recent.length + 1 - MOST_RECENT).push(note),
});

/** Whether a note says what a pattern asks for: every field that the pattern gives is the same, or enough. */
export function meets(note: AuroraNote, pattern: Pattern): boolean {
  if (note.type !== pattern.type) return false;
  const fields: Readonly<Record<string, unknown>> = { ...note };
  return Object.entries(pattern).every(([name, asked]) => answers(fields[name], asked));
}

function answers(value: unknown, asked: string | number | boolean | null | AtLeast): boolean {
  if (typeof asked !== 'object' || asked === null) return value === asked;
  return typeof value === 'number' && value >= asked.atLeast;
}

/** A moment, or how to look at it: that takes long, and few conditions have to. */
type Moment = ClusterView | (() => ClusterView);

const lookedUp = (moment: Moment): ClusterView =>
  typeof moment === 'function' ? moment() : moment;

/** Whether a condition holds at this moment. Its patterns have to be among those watched. */
export function holds(condition: Condition, watch: Watch, moment: Moment, around: Around): boolean {
  const test = (part: Condition): boolean => holds(part, watch, moment, around);
  if ('ask' in condition) return answer(condition, lookedUp(moment));
  if ('passedUs' in condition) return passed(watch, condition.since, moment) >= condition.passedUs;
  if ('noted' in condition) return timesMet(watch, condition.noted) >= (condition.times ?? 1);
  if ('rank' in condition) return isWithin(condition, watch);
  if ('few' in condition)
    return (
      timesMet(watch, condition.few) * 1_000 <=
      timesMet(watch, condition.among) * condition.permille
    );
  if ('violated' in condition) return around.violated.includes(condition.violated);
  if ('looked' in condition) return lookedAt(condition.looked, around) >= condition.different;
  if ('not' in condition) return !test(condition.not);
  return 'all' in condition ? condition.all.every(test) : condition.any.some(test);
}

const timesMet = (watch: Watch, pattern: Pattern): number =>
  watch.find((met) => met.pattern === pattern)?.count ?? 0;

function isWithin(condition: Extract<Condition, { readonly rank: number }>, watch: Watch): boolean {
  const met = watch.find(({ pattern }) => pattern === condition.of);
  const value = met && valueAt(met, condition.field, condition.rank);
  return value !== undefined && value <= condition.atMostUs;
}

/** Of the numbers in a field of the latest such notes, the one at a rank from 0 to 1; by nearest rank. */
export function valueAt({ recent }: Met, field: string, rank: number): number | undefined {
  const values = recent.slice(0).flatMap((note) => {
    const value = fieldOf(note, field);
    return typeof value === 'number' ? [value] : [];
  });
  return values.sort((a, b) => a - b)[Math.max(0, Math.ceil(rank * values.length) - 1)];
}

/** What a note says under the name of a field. */
export const fieldOf = (note: AuroraNote, field: string): unknown =>
  new Map<string, unknown>(Object.entries(note)).get(field);

/** How long ago the pattern was met first; less than nothing when it was not. */
function passed(watch: Watch, since: Pattern, moment: Moment): Micros {
  const met = watch.find(({ pattern }) => pattern === since);
  return met?.first ? lookedUp(moment).timeUs - met.firstUs : -1;
}

const lookedAt = (kinds: readonly string[], { looked }: Around): number =>
  looked.filter((name) => kinds.includes(name.slice(0, name.indexOf(':')))).length;

/** All that has to be watched for some conditions. */
export const allPatterns = (conditions: readonly Condition[]): readonly Pattern[] =>
  conditions.flatMap(patternsIn);
