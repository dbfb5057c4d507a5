import * as v from 'valibot';
import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Position } from '../engine/time.ts';
import { checkRun, type RawRun } from '../scenario/check-run.ts';
import { FILE_FORMAT, parseFile } from '../scenario/file.ts';
import { decodeLink } from '../scenario/link.ts';
import { isRecord } from '../scenario/plain.ts';
import { DEFAULT_RUN, PRESETS, presetOf } from '../scenario/presets.ts';
import { checked, quoted } from '../scenario/problems.ts';
import type { Run } from '../scenario/run.ts';

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

/** A run opened by preset, link, file or value; with the moment a link names. */
export interface Opened {
  readonly run: Run;
  readonly at: Position | null;
}

export function readRun(source: unknown): Result<Opened> {
  if (typeof source === 'string') return fromText(source);
  if (!isRecord(source)) return bad(`${quoted(source)} is no preset, link or scenario.`);
  if (source['format'] === FILE_FORMAT) {
    const file = parseFile(JSON.stringify(source));
    return file.ok ? good({ run: file.value.run, at: null }) : file;
  }
  const run = checkRun('scenario' in source ? rawRun(source) : rawRun({ scenario: source }));
  return run.ok ? good({ run: run.value.value, at: null }) : run;
}

function fromText(text: string): Result<Opened> {
  const preset = presetOf(text);
  if (preset) return good({ run: { ...DEFAULT_RUN, scenario: preset }, at: null });
  if (!text.includes('#')) {
    const known = PRESETS.map(({ id }) => id).join(', ');
    return bad(`${quoted(text)} is no link and no preset. There are: ${known}.`);
  }
  const link = decodeLink(text);
  return link.ok ? good(link.value.link) : link;
}

/** A run as `run()` gives it, or parts of one, as a description to be checked. */
function rawRun(source: { readonly [key: string]: unknown }): RawRun {
  const { scenario, seed, interventions } = source;
  const given = isRecord(scenario) ? scenario : { id: scenario };
  const { config, id, ...about } = given;
  const acts = Array.isArray(interventions) ? interventions : [];
  const named = typeof id === 'string' ? id : '';
  const preset = presetOf(named);
  return {
    preset: preset ? named : config === undefined ? named : DEFAULT_RUN.scenario.id,
    own: preset ? about : { ...about, ...(named === '' ? {} : { id: named }) },
    changes: config ?? {},
    seed: typeof seed === 'number' ? seed : DEFAULT_RUN.seed,
    interventions: acts.map((act) => rawIntervention(act)),
  };
}

const rawIntervention = (given: unknown): RawRun['interventions'][number] => {
  const { at, act } = isRecord(given) ? given : { at: null, act: given };
  const position = readPosition(at);
  return { at: position.ok ? position.value : afterAll(0), act };
};

/** One act, or an intervention with its place, for the run at hand. */
export function readIntervention(given: unknown, run: Run): Result<Intervening> {
  const placed = isRecord(given) && 'act' in given ? given : { act: given };
  const { act, at } = placed as { readonly act: unknown; readonly at?: unknown };
  const position = at === undefined ? good(null) : readPosition(at);
  if (!position.ok) return position;
  const { scenario, seed } = run;
  const interventions = [{ at: afterAll(0), act }];
  const raw = rawRun({ scenario, seed });
  const whole = checkRun({ ...raw, interventions });
  if (!whole.ok) return bad(whole.problem.replace(/^Intervention 1/, 'This'));
  const [first] = whole.value.value.interventions;
  return first ? good({ act: first.act, at: position.value }) : bad('There is nothing to do.');
}

export interface Intervening {
  readonly act: Run['interventions'][number]['act'];
  readonly at: Position | null;
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
