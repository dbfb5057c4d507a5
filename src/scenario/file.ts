import * as v from 'valibot';
import { bad, good, type Result } from '../engine/result.ts';
import { checkRun, type RawIntervention } from './check-run.ts';
import { aboutOf, baseOf } from './payload.ts';
import { difference, isRecord } from './plain.ts';
import { parsePosition, printPosition } from './position.ts';
import { checked } from './problems.ts';
import { ENGINE_VERSION, type Run } from './run.ts';
import { FILE, upgraded } from './versions.ts';

/** What a scenario file calls itself. */
export const FILE_FORMAT = 'redoscope-scenario';
const MOST_CHARACTERS = 1024 * 1024;

/** A run as read from a file. */
export interface OpenedFile {
  readonly run: Run;
  readonly adjusted: readonly string[];
  /** The engine it was made with. */
  readonly madeWith: number;
}

const anything = v.record(v.string(), v.unknown());

/** Version 1. Only `format`, `version` and `preset` have to be there. */
const fileSchema = v.strictObject({
  format: v.literal(FILE_FORMAT),
  version: v.number(),
  engine: v.optional(v.pipe(v.number(), v.safeInteger()), ENGINE_VERSION),
  preset: v.string(),
  about: v.optional(anything),
  seed: v.optional(v.number(), 1),
  config: v.optional(anything),
  interventions: v.optional(v.array(v.looseObject({ at: v.string() })), []),
});

/** A run as a file that a person can read and change: what differs from a preset, and what was done. */
export function printFile({ scenario, seed, interventions }: Run): string {
  const base = baseOf(scenario);
  const file: v.InferInput<typeof fileSchema> = {
    format: FILE_FORMAT,
    version: FILE.version,
    engine: ENGINE_VERSION,
    preset: base.id,
    ...present('about', difference(aboutOf(base), aboutOf(scenario))),
    seed,
    ...present('config', difference(base.config, scenario.config)),
    interventions: interventions.map(({ at, act }) => ({ at: printPosition(at), ...act })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const present = (name: string, value: unknown): object =>
  value === undefined ? {} : { [name]: value };

/** Reads a scenario file. Nothing in it is trusted; what is wrong is said in a sentence. */
export function parseFile(text: string): Result<OpenedFile> {
  if (text.length > MOST_CHARACTERS) return bad('This file is too large to be a scenario.');
  const current = presentVersion(text);
  if (!current.ok) return current;
  const shape = checked(fileSchema, current.value, 'The file');
  if (!shape.ok) return shape;
  const { preset, about, seed, config, engine, interventions } = shape.value.value;
  const acts: RawIntervention[] = [];
  for (const [index, { at: moment, ...act }] of interventions.entries()) {
    const at = parsePosition(moment);
    if (!at.ok) return bad(`Intervention ${index + 1}: ${at.problem}`);
    acts.push({ at: at.value, act });
  }
  const run = checkRun({ preset, own: about, changes: config, seed, interventions: acts });
  if (!run.ok) return run;
  const adjusted = [...shape.value.adjusted, ...run.value.adjusted];
  return good({ run: run.value.value, adjusted, madeWith: engine });
}

/** The file's data as the present version has them. */
function presentVersion(text: string): Result<unknown> {
  const data = fromJson(text);
  if (!isRecord(data) || data['format'] !== FILE_FORMAT) {
    return bad(`This is not a scenario file: it has to be JSON with "format": "${FILE_FORMAT}".`);
  }
  return upgraded(FILE, Number(data['version']), data);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
