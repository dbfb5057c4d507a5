import * as v from 'valibot';
import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Position } from '../engine/time.ts';
import { checked, quoted } from '../scenario/problems.ts';

/** What people type into the developer console is checked like anything else from outside. */

const moment = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positionSchema = v.strictObject({ timeUs: moment, n: moment });

/** A moment: microseconds, after every event of that microsecond, or an exact position. */
export function readPosition(at: unknown): Result<Position> {
  if (v.is(moment, at)) return good(afterAll(at));
  const position = v.safeParse(positionSchema, at);
  if (position.success) return good(position.output);
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
  const fits = v.is(v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(1e9)), rate);
  return fits
    ? good(rate as number)
    : bad('A rate is 1 to 1,000,000,000 simulated microseconds a second.');
}

const filterSchema = v.strictObject({
  from: v.optional(v.unknown()),
  to: v.optional(v.unknown()),
  /** Type of message or timer, as `WRITE`; or of a note, as `commit-returned`. */
  type: v.optional(v.string()),
  /** An actor that sent or received it. */
  actor: v.optional(v.string()),
  limit: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
});

export interface EventQuery {
  readonly from: Position | null;
  readonly to: Position | null;
  readonly type: string | null;
  readonly actor: string | null;
  readonly limit: number;
}

const MOST_EVENTS = 10_000;

export function readQuery(given: unknown): Result<EventQuery> {
  const query = checked(filterSchema, given ?? {}, 'The filter');
  if (!query.ok) return query;
  const { from, to, type = null, actor = null, limit = MOST_EVENTS } = query.value.value;
  const start = from === undefined ? good(null) : readStart(from);
  const end = to === undefined ? good(null) : readPosition(to);
  if (!start.ok) return start;
  if (!end.ok) return end;
  return good({ from: start.value, to: end.value, type, actor, limit });
}

/** As a beginning, a time alone means before every event of that microsecond. */
function readStart(from: unknown): Result<Position> {
  const position = readPosition(from);
  return position.ok && typeof from === 'number' ? good({ timeUs: from, n: 0 }) : position;
}
