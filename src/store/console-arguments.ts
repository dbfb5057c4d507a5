import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Position } from '../engine/time.ts';
import { isRecord } from '../scenario/plain.ts';
import { quoted } from '../scenario/quoted.ts';

/**
 * What people type into the developer console is checked like anything else from outside; by hand,
 * since it answers at once and what checks links and files comes after the first picture.
 */

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;

const knows = (given: object, fields: readonly string[]): boolean =>
  Object.keys(given).every((key) => fields.includes(key));

/** A moment: microseconds, after every event of that microsecond, or an exact position. */
export function readPosition(at: unknown): Result<Position> {
  if (isWhole(at, 0)) return good(afterAll(at));
  if (isRecord(at) && knows(at, ['timeUs', 'n'])) {
    const { timeUs, n } = at;
    if (isWhole(timeUs, 0) && isWhole(n, 0)) return good({ timeUs, n });
  }
  return bad(
    `${quoted(at)} is no moment. Give whole microseconds, like 12850, or {timeUs: 12850, n: 3}.`,
  );
}

export const grains = ['event', 'beat', 'commit'] as const;

export function readStep(
  grain: unknown,
  direction: unknown,
): Result<readonly [(typeof grains)[number], 1 | -1]> {
  const known = grains.find((each) => each === grain);
  if (!known) return bad(`${quoted(grain)} is no grain. There are: ${grains.join(', ')}.`);
  if (direction !== 1 && direction !== -1) return bad('The direction is 1 or -1.');
  return good([known, direction]);
}

export function readRate(rate: unknown): Result<number> {
  return typeof rate === 'number' && rate >= 1 && rate <= 1e9
    ? good(rate)
    : bad('A rate is 1 to 1,000,000,000 simulated microseconds a second.');
}

export interface EventQuery {
  readonly from: Position | null;
  readonly to: Position | null;
  /** Type of message or timer, as `WRITE`; or of a note, as `commit-returned`. */
  readonly type: string | null;
  /** An actor that sent or received it. */
  readonly actor: string | null;
  readonly limit: number;
}

const MOST_EVENTS = 10_000;

const QUERY = ['from', 'to', 'type', 'actor', 'limit'];

export function readQuery(given: unknown = {}): Result<EventQuery> {
  if (!isRecord(given)) return bad(`${quoted(given)} is no filter. Give {from, to, type, actor}.`);
  const stranger = Object.keys(given).find((key) => !QUERY.includes(key));
  if (stranger) return bad(`A filter has no ${quoted(stranger)}. It has: ${QUERY.join(', ')}.`);
  const { from, to, type = null, actor = null, limit = MOST_EVENTS } = given;
  if (!isName(type) || !isName(actor)) return bad('Type and actor are names, in quotes.');
  if (!isWhole(limit, 1)) return bad('A limit is a whole number from 1.');
  const start = from === undefined ? good(null) : readStart(from);
  const end = to === undefined ? good(null) : readPosition(to);
  if (!start.ok) return start;
  if (!end.ok) return end;
  return good({ from: start.value, to: end.value, type, actor, limit });
}

const isName = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';

/** As a beginning, a time alone means before every event of that microsecond. */
function readStart(from: unknown): Result<Position> {
  const position = readPosition(from);
  return position.ok && typeof from === 'number' ? good({ timeUs: from, n: 0 }) : position;
}
