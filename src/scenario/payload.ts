import * as v from 'valibot';
import { bad, good, type Result } from '../engine/result.ts';
import { afterAll, type Position } from '../engine/time.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { fieldsOf, isOp } from './act-schema.ts';
import { checkRun, type RawIntervention } from './check-run.ts';
import type { Link, LinkUi } from './link.ts';
import { difference } from './plain.ts';
import { DEFAULT_RUN, presetOf } from './presets.ts';
import { checked } from './problems.ts';
import { ENGINE_VERSION, type Run, type Scenario } from './run.ts';

/** In place of n: after every event of that microsecond. */
const AFTER_ALL = -1;
const MOST_UI = 16;
const LONGEST_TITLE = 60;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ordinal = v.pipe(v.number(), v.safeInteger(), v.minValue(AFTER_ALL));
const small = v.union([v.pipe(v.string(), v.maxLength(80)), v.number(), v.boolean(), v.null()]);
const title = v.pipe(
  v.string(),
  v.transform((given) => given.slice(0, LONGEST_TITLE)),
);

/** The payload of a version 1 link. What is `unknown` here is checked against the preset. */
const payloadSchema = v.strictObject({
  sc: v.string(),
  own: v.optional(v.record(v.string(), v.unknown())),
  seed: v.number(),
  cfg: v.optional(v.record(v.string(), v.unknown())),
  iv: v.optional(v.array(v.tupleWithRest([whole, ordinal, v.string()], v.unknown()))),
  ev: whole,
  title: v.optional(title),
  ui: v.optional(
    v.pipe(v.record(v.pipe(v.string(), v.maxLength(20)), small), v.maxEntries(MOST_UI)),
  ),
});

type Payload = v.InferInput<typeof payloadSchema>;
type Row = NonNullable<Payload['iv']>[number];

/** What a payload means, before anybody asks where to open it. */
export interface OpenedPayload {
  readonly run: Run;
  readonly title: string;
  readonly ui: LinkUi;
  readonly adjusted: readonly string[];
  readonly madeWith: number;
}

/** What a scenario says of itself. */
export const aboutOf = ({ config: _, ...about }: Scenario): Omit<Scenario, 'config'> => about;

/** The preset a scenario is told by its differences from. */
export const baseOf = (scenario: Scenario): Scenario =>
  presetOf(scenario.id) ?? DEFAULT_RUN.scenario;

/** A link as plain data: only what differs from its preset. */
export function toPayload({ run, title, ui }: Link): object {
  const { scenario, seed, interventions } = run;
  const base = baseOf(scenario);
  return {
    sc: base.id,
    own: difference(aboutOf(base), aboutOf(scenario)),
    seed,
    cfg: difference(base.config, scenario.config),
    iv: interventions.length === 0 ? undefined : interventions.map(rowOf),
    ev: ENGINE_VERSION,
    title: title === '' ? undefined : title,
    ui: Object.keys(ui).length === 0 ? undefined : ui,
  };
}

/** What plain data from outside mean, or the first thing that is wrong with them. */
export function fromPayload(payload: unknown): Result<OpenedPayload> {
  const shape = checked(payloadSchema, payload, 'The link');
  if (!shape.ok) return shape;
  const { sc, own, seed, cfg, iv = [], ev, title = '', ui = {} } = shape.value.value;
  const acts = iv.map(interventionOf);
  const broken = acts.find((act) => !act.ok);
  if (broken !== undefined && !broken.ok) return broken;
  const interventions = acts.flatMap((act) => (act.ok ? [act.value] : []));
  const run = checkRun({ preset: sc, own, seed, changes: cfg, interventions });
  if (!run.ok) return run;
  const adjusted = [...shape.value.adjusted, ...run.value.adjusted];
  return good({ run: run.value.value, title, ui, adjusted, madeWith: ev });
}

/** An intervention as [µs, n, op, …its fields in order]. */
function rowOf({ at, act }: Intervention): Row {
  const n = at.n === afterAll(at.timeUs).n ? AFTER_ALL : at.n;
  const fields: Readonly<Record<string, unknown>> = { ...act };
  return [at.timeUs, n, act.op, ...fieldsOf(act.op).map((field) => fields[field])];
}

function interventionOf([timeUs, n, op, ...values]: Row, index: number): Result<RawIntervention> {
  const at: Position = n === AFTER_ALL ? afterAll(timeUs) : { timeUs, n };
  // An unknown op is refused by name, with all others that are there, when the act is checked.
  if (!isOp(op)) return good({ at, act: { op } });
  const fields = fieldsOf(op satisfies Act['op']);
  if (values.length !== fields.length) {
    const takes = fields.length === 1 ? '1 value' : `${fields.length} values`;
    return bad(`Intervention ${index + 1}: "${op}" takes ${takes} and has ${values.length}.`);
  }
  const named = fields.map((field, i) => [field, values[i]] as const);
  return good({ at, act: { op, ...Object.fromEntries(named) } });
}
