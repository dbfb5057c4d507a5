import * as v from 'valibot';
import { bootstrapVolume } from '../database/volume.ts';
import { InvariantError } from '../engine/assert.ts';
import { bad, good, type Result } from '../engine/result.ts';
import { comparePositions, type Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { AZS, CLUSTER, hostIds, RESTORED } from '../protocol/topology.ts';
import { actSchema, isOp, OPS } from './act-schema.ts';
import { configSchema } from './config-schema.ts';
import { difference, isRecord, withChanges } from './plain.ts';
import { PRESETS, presetOf } from './presets.ts';
import { type Checked, checked } from './problems.ts';
import { quoted, shortList } from './quoted.ts';
import { MOST_INTERVENTIONS, type Run, type Scenario } from './run.ts';

/** A run as somebody outside describes it: a preset, and what is different from it. */
export interface RawRun {
  readonly preset: string;
  readonly own: unknown;
  readonly changes: unknown;
  readonly seed: number;
  readonly interventions: readonly RawIntervention[];
}

export interface RawIntervention {
  readonly at: Position;
  readonly act: unknown;
}

/** One day of simulated time. */
const LONGEST_US = 86_400_000_000;

const text = (longest: number) =>
  v.pipe(
    v.string(),
    v.transform((given) => given.slice(0, longest)),
  );

/** What a scenario says of itself, beside its configuration. */
const aboutSchema = v.strictObject({
  id: text(60),
  title: text(60),
  says: text(200),
  lengthUs: v.pipe(
    v.number(),
    v.transform((given) => Math.min(Math.max(Math.round(given), 1), LONGEST_US)),
  ),
});

/** The run that a description means, or the first thing that is wrong with it. */
export function checkRun(raw: RawRun): Result<Checked<Run>> {
  const preset = presetOf(raw.preset);
  if (preset === undefined) {
    const known = shortList(PRESETS.map(({ id }) => id));
    return bad(`There is no scenario ${quoted(raw.preset)}. There are: ${known}.`);
  }
  const scenario = checkScenario(preset, raw);
  if (!scenario.ok) return scenario;
  const acts = checkInterventions(raw.interventions, scenario.value.value.config);
  if (!acts.ok) return acts;
  if (Number.isNaN(raw.seed)) return bad('The seed should be a whole number.');
  const seed = Math.min(Math.max(Math.round(raw.seed), 0), 0xffff_ffff);
  const run: Run = { scenario: scenario.value.value, seed, interventions: acts.value.value };
  const reseeded = seed === raw.seed ? [] : [`The seed was ${raw.seed} and is now ${seed}.`];
  const adjusted = [...scenario.value.adjusted, ...reseeded, ...acts.value.adjusted];
  return good({ value: run, adjusted });
}

function checkScenario(preset: Scenario, { own, changes }: RawRun): Result<Checked<Scenario>> {
  const { config: base, ...rest } = preset;
  const about = checked(aboutSchema, withChanges(rest, own), 'The scenario');
  if (!about.ok) return about;
  const config = checked(configSchema, withChanges(base, changes), 'The configuration');
  if (!config.ok) return config;
  const problem = problemOfVolume(preset.config, config.value.value);
  if (problem !== null) return bad(problem);
  return good({
    value: { ...about.value.value, config: config.value.value },
    adjusted: [...about.value.adjusted, ...config.value.adjusted],
  });
}

/** Whether the data fit: the only way to know is to build the volume, so only a changed one is. */
function problemOfVolume(preset: ClusterConfig, config: ClusterConfig): string | null {
  const shape = ({ volume, groups, pagesPerGroup }: ClusterConfig) =>
    ({ volume, groups, pagesPerGroup }) as const;
  if (difference(shape(preset), shape(config)) === undefined) return null;
  try {
    bootstrapVolume(config.volume, config);
    return null;
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    return 'The volume cannot be built: its tables are not valid, or need more groups or more pages a group.';
  }
}

function checkInterventions(
  raw: readonly RawIntervention[],
  config: ClusterConfig,
): Result<Checked<readonly Intervention[]>> {
  if (raw.length > MOST_INTERVENTIONS) {
    return bad(`It has ${raw.length} interventions; at most ${MOST_INTERVENTIONS} can be read.`);
  }
  const interventions: Intervention[] = [];
  const adjusted: string[] = [];
  for (const [index, { at, act }] of raw.entries()) {
    const where = `Intervention ${index + 1}`;
    const one = checkAct(act, config, where);
    if (!one.ok) return one;
    if (at.timeUs > LONGEST_US) return bad(`${where} comes after more than a day.`);
    interventions.push({ at, act: one.value.value });
    adjusted.push(...one.value.adjusted);
  }
  // Stable, so that those at one position stay in the order in which they were written.
  const value = interventions.toSorted((a, b) => comparePositions(a.at, b.at));
  return good({ value, adjusted });
}

function checkAct(act: unknown, config: ClusterConfig, where: string): Result<Checked<Act>> {
  const op = isRecord(act) ? act['op'] : undefined;
  if (!isOp(op)) {
    return bad(`${where} is ${quoted(op ?? '')}, which is unknown. There are: ${OPS.join(', ')}.`);
  }
  const result = checked(actSchema, act, where);
  if (!result.ok) return result;
  const problem = problemOfTarget(result.value.value, config);
  return problem === null ? result : bad(`${where}: ${problem}`);
}

const instancesOf = ({ replicas }: ClusterConfig): readonly string[] => [
  'W',
  ...Array.from({ length: replicas }, (_, i) => `R${i + 1}`),
];

/** Whom an act concerns: a storage host, an instance, or a segment; null when everybody. */
function aimOf(act: Act): Aim | null {
  switch (act.op) {
    case 'crash':
    case 'restore':
    case 'slow':
    case 'isolate':
      return { target: act.target, among: ['host', 'instance'] };
    case 'drop-next':
      return { target: act.target, among: ['host', 'instance', 'segment'] };
    case 'read':
      return { target: act.target, among: ['instance', 'endpoint'] };
    case 'sql':
      return { target: act.endpoint, among: ['instance', 'endpoint'] };
    case 'lose':
      return { target: act.target, among: ['host'] };
    case 'corrupt':
      return { target: act.target, among: ['segment'] };
    case 'promote':
      return act.target === null ? null : { target: act.target, among: ['instance'] };
    case 'replace':
      return { target: act.target, among: ['host', 'segment'] };
    case 'patch':
      return { target: act.target, among: ['host', 'zone'] };
    default:
      return null;
  }
}

/** An instance that a failover makes: whether, only the run can tell. */
const LATER_WRITER = /^W[2-9]\d?$/;

interface Aim {
  readonly target: string;
  readonly among: readonly ('host' | 'instance' | 'segment' | 'zone' | 'endpoint')[];
}

function problemOfTarget(act: Act, config: ClusterConfig): string | null {
  if (act.op === 'records') return problemOfRecords(act.groups, config);
  const aim = aimOf(act);
  if (aim === null) return null;
  const { target, among } = aim;
  if (among.includes('segment') && isSegmentName(target, config)) return null;
  const hosts = among.includes('host') ? hostIds(config.hostsPerZone) : [];
  const zones = among.includes('zone') ? AZS : [];
  const endpoints = among.includes('endpoint') ? [CLUSTER, RESTORED] : [];
  const instances = among.includes('instance') ? instancesOf(config) : [];
  const known = [...instances, ...endpoints, ...hosts, ...zones];
  if (known.includes(target)) return null;
  if (among.includes('instance') && LATER_WRITER.test(target)) return null;
  return `${quoted(target)} is not in this cluster. There are: ${shortList(known)}.`;
}

/** Bare records overwrite what the database keeps in their place. */
function problemOfRecords(groups: readonly number[], config: ClusterConfig): string | null {
  if (config.source !== 'records')
    return 'bare records can be written only where "source" is "records".';
  const unknown = groups.find((group) => group >= config.groups);
  return unknown === undefined
    ? null
    : `protection group ${unknown} is not in this cluster: it has ${config.groups}, from 0.`;
}

/** Members a group starts with are `0/c`, later ones `0/g@B4`; groups may come while the volume grows. */
function isSegmentName(target: string, config: ClusterConfig): boolean {
  const [, group, host] = /^(\d{1,6})\/(?:[a-f]|[a-z]\d{0,3}@([ABC]\d{1,3}))$/.exec(target) ?? [];
  if (group === undefined) return false;
  if (host !== undefined && !hostIds(config.hostsPerZone).includes(host)) return false;
  return Number(group) < Math.max(config.groups, config.maxGroups);
}
