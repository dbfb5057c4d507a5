import * as v from 'valibot';
import type { Act } from '../protocol/intervention.ts';
import { workloadSchema } from './config-schema.ts';
import { statementSchema } from './statement-schema.ts';

const target = v.pipe(v.string(), v.minLength(1), v.maxLength(16));
const targets = v.pipe(v.array(target), v.minLength(1), v.maxLength(64));
const az = v.picklist(['A', 'B', 'C']);
const on = v.boolean();
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

const act = <O extends Act['op'], E extends v.ObjectEntries>(op: O, fields: E) =>
  v.strictObject({ op: v.literal(op), ...fields });

/** Every act with its fields, in the order in which links list them: the one table for both directions. */
const ACTS = {
  crash: act('crash', { target }),
  restore: act('restore', { target }),
  'crash-zone': act('crash-zone', { az }),
  'restore-zone': act('restore-zone', { az }),
  slow: act('slow', { target, on }),
  isolate: act('isolate', { target, on }),
  'drop-next': act('drop-next', { target }),
  loss: act('loss', { ppm: whole(0, 1_000_000) }),
  sql: act('sql', {
    session: whole(1, 1_000_000),
    endpoint: target,
    statements: v.pipe(v.array(statementSchema), v.maxLength(50)),
    text: v.pipe(v.string(), v.maxLength(10_000)),
  }),
  write: act('write', { count: whole(1, 10_000) }),
  read: act('read', { target }),
  records: act('records', {
    groups: v.pipe(v.array(whole(0, 1_000_000)), v.minLength(1), v.maxLength(500)),
  }),
  workload: act('workload', { workload: workloadSchema }),
  duplicate: act('duplicate', { ppm: whole(0, 1_000_000) }),
  partition: act('partition', { from: targets, to: targets, on }),
  control: act('control', { on }),
  lose: act('lose', { target }),
  corrupt: act('corrupt', { target, page: whole(0, 1_000_000) }),
  promote: act('promote', { target: v.nullable(target) }),
  replace: act('replace', { target, reason: v.picklist(['suspected', 'hot']) }),
  patch: act('patch', { target }),
  'extended-loss': act('extended-loss', { az, on }),
  grow: act('grow', {}),
  'restore-volume': act('restore-volume', { toUs: whole(0, Number.MAX_SAFE_INTEGER) }),
} as const satisfies Readonly<Record<Act['op'], unknown>>;

export const OPS: readonly string[] = Object.keys(ACTS);

/** Whether something names an act. */
export const isOp = (op: unknown): op is Act['op'] => typeof op === 'string' && OPS.includes(op);

/** Names of an act's fields, without `op`. */
export const fieldsOf = (op: Act['op']): readonly string[] =>
  Object.keys(ACTS[op].entries).filter((field) => field !== 'op');

/** An act from outside: every field known and in its bounds. */
export const actSchema: v.GenericSchema<unknown, Act> = v.variant('op', [
  ACTS.crash,
  ACTS.restore,
  ACTS['crash-zone'],
  ACTS['restore-zone'],
  ACTS.slow,
  ACTS.isolate,
  ACTS['drop-next'],
  ACTS.loss,
  ACTS.sql,
  ACTS.write,
  ACTS.read,
  ACTS.records,
  ACTS.workload,
  ACTS.duplicate,
  ACTS.partition,
  ACTS.control,
  ACTS.lose,
  ACTS.corrupt,
  ACTS.promote,
  ACTS.replace,
  ACTS.patch,
  ACTS['extended-loss'],
  ACTS.grow,
  ACTS['restore-volume'],
]);
