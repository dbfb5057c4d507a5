import * as v from 'valibot';
import { bad, good, type Result } from '../engine/result.ts';
import { difference, isRecord } from './plain.ts';
import { clipped, quoted } from './quoted.ts';

/** A value that was accepted, and what had to be changed for that, one sentence each. */
export interface Checked<T> {
  readonly value: T;
  readonly adjusted: readonly string[];
}

/**
 * Checks a value from outside against a schema that may bring numbers into range. `where` begins the
 * sentences: "The configuration".
 */
export function checked<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  where: string,
): Result<Checked<T>> {
  const result = v.safeParse(schema, value);
  if (!result.success) return bad(sentenceOf(result.issues[0], where));
  return good({ value: result.output, adjusted: adjustments(value, result.output, where) });
}

function sentenceOf(issue: v.BaseIssue<unknown>, where: string): string {
  const path = v.getDotPath(issue);
  const what = path === null ? where : `${where}, ${quoted(path)},`;
  if (issue.expected === 'never') return `${what} is not something this version knows.`;
  const expected = issue.expected === null ? 'something else' : clipped(issue.expected);
  return `${what} should be ${expected} and is ${clipped(issue.received)}.`;
}

/** One sentence for every number that is no longer what was given. */
function adjustments(given: unknown, taken: unknown, where: string): readonly string[] {
  return leaves(given, difference(given, taken), '').map(
    ({ path, from, to }) => `${where}: ${path} was ${clipped(`${from}`)} and is now ${to}.`,
  );
}

interface Leaf {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

function leaves(given: unknown, change: unknown, path: string): readonly Leaf[] {
  // What was not given has only been filled in.
  if (given === undefined || change === undefined) return [];
  if (!isRecord(given) || !isRecord(change)) return [{ path, from: given, to: change }];
  return Object.keys(change).flatMap((key) =>
    leaves(given[key], change[key], path === '' ? key : `${path}.${key}`),
  );
}
