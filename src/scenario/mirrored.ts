import type { BaselineIntervention } from '../baseline/act.ts';
import { baselineModel } from '../baseline/baseline.ts';
import type { BaselineNetwork } from '../baseline/network.ts';
import { Timeline } from '../engine/timeline.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { baselineConfigOf, counterpartOf } from './counterpart.ts';
import type { Run } from './run.ts';

/** The timeline of a run on the mirrored database. */
export type MirroredTimeline = Timeline<BaselineNetwork, BaselineIntervention>;

/** One act, one counterpart: so that two runs that share acts share what is kept of their common past. */
const known = new WeakMap<Intervention, BaselineIntervention | null>();

function matching(intervention: Intervention): BaselineIntervention | null {
  const found = known.get(intervention);
  if (found !== undefined) return found;
  const act = counterpartOf(intervention.act);
  const made = act === null ? null : { at: intervention.at, act };
  known.set(intervention, made);
  return made;
}

/** What is done to the mirrored database when this is done to the cluster, at the same places of the run. */
export const mirroredActs = ({ interventions }: Run): readonly BaselineIntervention[] =>
  interventions.flatMap((each) => matching(each) ?? []);

/** The same run on mirrored MySQL: same seed, same statements at the same times, and the faults that have a counterpart. */
export const openMirrored = (run: Run): MirroredTimeline =>
  new Timeline(baselineModel(baselineConfigOf(run.scenario.config)), run.seed, mirroredActs(run));

/** Of what was done to the cluster, that which means nothing to the mirrored database. */
export const withoutCounterpart = ({ interventions }: Run): readonly Intervention[] =>
  interventions.filter((each) => matching(each) === null);

/** Why an act has no counterpart there, in words that follow a colon. */
export function whyNoCounterpart(act: Act): string {
  switch (act.op) {
    case 'crash':
    case 'restore':
    case 'slow':
      return /^[WR]/.test(act.target) ? 'it has no such instance' : 'it has nothing in zone C';
    case 'crash-zone':
    case 'restore-zone':
      return 'it has nothing in zone C';
    case 'isolate':
    case 'drop-next':
    case 'loss':
    case 'duplicate':
    case 'partition':
      return 'nothing is lost on its network';
    case 'records':
      return 'it takes statements only';
    case 'control':
    case 'promote':
      return 'it has no control plane';
    default:
      return 'its volumes have a fixed size, and nothing rebuilds them';
  }
}
