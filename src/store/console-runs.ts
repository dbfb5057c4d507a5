import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { checkRun, type RawRun } from '../scenario/check-run.ts';
import { FILE_FORMAT, parseFile } from '../scenario/file.ts';
import { decodeLink } from '../scenario/link.ts';
import { openingOf } from '../scenario/openings.ts';
import { isRecord } from '../scenario/plain.ts';
import { DEFAULT_RUN, PRESETS, presetOf } from '../scenario/presets.ts';
import { quoted, shortList } from '../scenario/quoted.ts';
import type { Run } from '../scenario/run.ts';
import { readPosition } from './console-arguments.ts';

/** Runs and acts as people give them to the developer console. Loaded when the first one is given. */

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
  const raw = rawRun('scenario' in source ? source : { scenario: source });
  const run = raw.ok ? checkRun(raw.value) : raw;
  return run.ok ? good({ run: run.value.value, at: null }) : run;
}

function fromText(text: string): Result<Opened> {
  const opening = openingOf(text);
  if (opening) return good(opening);
  if (!text.includes('#')) {
    const known = shortList(PRESETS.map(({ id }) => id));
    return bad(`${quoted(text)} is no link and no preset. There are: ${known}.`);
  }
  const link = decodeLink(text);
  return link.ok ? good(link.value.link) : link;
}

/** A run as `run()` gives it, or parts of one, as a description to be checked. */
function rawRun(source: { readonly [key: string]: unknown }): Result<RawRun> {
  const { scenario, seed = DEFAULT_RUN.seed, interventions = [] } = source;
  if (typeof seed !== 'number') return bad(`The seed ${quoted(seed)} is not a number.`);
  if (!Array.isArray(interventions)) return bad('The interventions are not a list.');
  const given = isRecord(scenario) ? scenario : { id: scenario };
  const { config, id, ...about } = given;
  const acts = rawInterventions(interventions);
  if (!acts.ok) return acts;
  const named = typeof id === 'string' ? id : '';
  const preset = presetOf(named);
  return good({
    preset: preset ? named : config === undefined ? named : DEFAULT_RUN.scenario.id,
    own: preset ? about : { ...about, ...(named === '' ? {} : { id: named }) },
    changes: config ?? {},
    seed,
    interventions: acts.value,
  });
}

function rawInterventions(given: readonly unknown[]): Result<RawRun['interventions']> {
  const acts: RawRun['interventions'][number][] = [];
  for (const act of given) {
    const placed = rawIntervention(act);
    if (!placed.ok) return placed;
    acts.push(placed.value);
  }
  return good(acts);
}

function rawIntervention(given: unknown): Result<RawRun['interventions'][number]> {
  if (!isRecord(given)) return bad(`${quoted(given)} is no intervention: give {at, act}.`);
  const position = readPosition(given['at']);
  return position.ok ? good({ at: position.value, act: given['act'] }) : position;
}

/** One act, or an intervention with its place, for the run at hand. */
export function readIntervention(given: unknown, run: Run): Result<Intervening> {
  const placed = isRecord(given) && 'act' in given ? given : { act: given };
  const { act, at } = placed as { readonly act: unknown; readonly at?: unknown };
  const position = at === undefined ? good(null) : readPosition(at);
  if (!position.ok) return position;
  const { scenario, seed } = run;
  const interventions = [{ at: afterAll(0), act }];
  const raw = rawRun({ scenario, seed });
  if (!raw.ok) return raw;
  const whole = checkRun({ ...raw.value, interventions });
  if (!whole.ok) return bad(whole.problem.replace(/^Intervention 1/, 'This'));
  const [first] = whole.value.value.interventions;
  return first ? good({ act: first.act, at: position.value }) : bad('There is nothing to do.');
}

export interface Intervening {
  readonly act: Act;
  readonly at: Position | null;
}
