import type { ActorId } from '../../engine/effect.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { Violation } from '../invariant.ts';
import { carryOut } from './carry-out.ts';
import type { Schedule } from './schedule.ts';

/** A schedule that breaks an invariant, and how it does. */
export interface Failure {
  readonly schedule: Schedule;
  readonly violation: Violation;
}

/** Runs that shrinking may cost. */
const MOST_RUNS = 160;

/**
 * The smallest schedule found that still breaks the same invariant: fewer interventions, then a smaller
 * cluster and less load, then everything earlier. What it returns has been run, and failed.
 */
export function shrunk(failure: Failure, mostRuns: number = MOST_RUNS): Failure {
  const shrinking = new Shrinking(failure, mostRuns);
  shrinking.cutEnd();
  shrinking.dropInterventions();
  for (const smaller of SMALLER) shrinking.attempt(withConfig(smaller));
  shrinking.dropInterventions();
  shrinking.makeEarlier();
  shrinking.cutEnd();
  return shrinking.best;
}

type Change = (schedule: Schedule) => Schedule | null;

const withConfig =
  (smaller: (config: ClusterConfig) => Partial<ClusterConfig>): Change =>
  (schedule) => {
    const config = { ...schedule.config, ...smaller(schedule.config) };
    const interventions = schedule.interventions.flatMap((each) => stillNamed(each, config));
    return { ...schedule, config, interventions };
  };

/** What is done to replicas that are no more is left out: no link could be opened that names them. */
function stillNamed(intervention: Intervention, { replicas }: ClusterConfig): Intervention[] {
  const { at, act } = intervention;
  const exists = (id: ActorId): boolean => !/^R\d+$/.test(id) || Number(id.slice(1)) <= replicas;
  if (act.op === 'partition') {
    const from = act.from.filter(exists);
    const to = act.to.filter(exists);
    return from.length > 0 && to.length > 0 ? [{ at, act: { ...act, from, to } }] : [];
  }
  const named = 'target' in act ? act.target : 'endpoint' in act ? act.endpoint : null;
  return named === null || exists(named) ? [intervention] : [];
}

const load = (part: Partial<ClusterConfig['workload']>) => (config: ClusterConfig) => ({
  workload: { ...config.workload, ...part },
});

/** Each is tried once: some lead to another run altogether, and are not kept. */
const SMALLER: readonly ((config: ClusterConfig) => Partial<ClusterConfig>)[] = [
  () => ({ lossPpm: 0 }),
  () => ({ duplicatePpm: 0 }),
  () => ({ tailPpm: 0 }),
  () => ({ replicas: 0 }),
  ({ replicas }) => ({ replicas: Math.min(1, replicas) }),
  () => ({ groups: 1, pagesPerGroup: 31 }),
  ({ groups }) => ({ groups: Math.min(2, groups), pagesPerGroup: 31 }),
  () => ({ connections: 1 }),
  load({ on: false }),
  load({ statementsPerTransaction: 1 }),
  load({ readPermille: 0 }),
  load({ perSecond: 100 }),
  load({ perSecond: 200 }),
];

class Shrinking {
  best: Failure;
  #left: number;

  constructor(failure: Failure, mostRuns: number) {
    this.best = failure;
    this.#left = mostRuns;
  }

  /** Keeps a changed schedule when it still breaks the invariant. */
  attempt(change: Change): boolean {
    const schedule = this.#left > 0 ? change(this.best.schedule) : null;
    if (schedule === null) return false;
    this.#left--;
    const { invariant } = this.best.violation;
    const found = carryOut(schedule).violations.find((each) => each.invariant === invariant);
    if (found === undefined) return false;
    this.best = { schedule, violation: found };
    return true;
  }

  /** Nothing after the violation matters; a promise of progress needs all of its time. */
  cutEnd(): void {
    const { violation } = this.best;
    if (violation.invariant.startsWith('L')) return;
    const endUs = violation.at.timeUs;
    this.attempt((schedule) => ({
      ...schedule,
      healedUs: null,
      endUs,
      interventions: schedule.interventions.filter(({ at }) => at.timeUs <= endUs),
    }));
  }

  /** Takes away half of them, then quarters, down to single ones, as long as it still fails. */
  dropInterventions(): void {
    for (let size = this.#droppable().length; size >= 1; size = Math.floor(size / 2))
      for (let from = 0; from < this.#droppable().length; ) {
        const gone = this.#droppable().slice(from, from + size);
        if (!this.attempt(without(gone))) from += size;
      }
  }

  /** Healing is what makes progress a duty: it stays. */
  #droppable(): readonly Intervention[] {
    const { interventions, healedUs } = this.best.schedule;
    return interventions.filter(({ at }) => healedUs === null || at.timeUs < healedUs);
  }

  /** Moves what is left towards the beginning, one after another. */
  makeEarlier(): void {
    const count = this.#droppable().length;
    for (let i = 0; i < count; i++)
      for (const parts of [1, 2, 3]) {
        const moved = (schedule: Schedule): Schedule | null => earlier(schedule, i, parts);
        if (this.attempt(moved)) break;
      }
  }
}

const without =
  (gone: readonly Intervention[]): Change =>
  (schedule) =>
    gone.length === 0
      ? null
      : { ...schedule, interventions: schedule.interventions.filter((i) => !gone.includes(i)) };

/** The i-th intervention at some quarters of its time, but not before the one that precedes it. */
function earlier(schedule: Schedule, index: number, quarters: number): Schedule | null {
  const { interventions } = schedule;
  const moved = interventions[index];
  if (moved === undefined) return null;
  const leastUs = interventions[index - 1]?.at.timeUs ?? 0;
  const timeUs = leastUs + Math.floor(((moved.at.timeUs - leastUs) * quarters) / 4);
  if (timeUs >= moved.at.timeUs) return null;
  const at = { timeUs, n: 0 };
  return { ...schedule, interventions: interventions.with(index, { at, act: moved.act }) };
}
