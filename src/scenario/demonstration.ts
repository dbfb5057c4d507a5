import type { Statement } from '../database/statement.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import { afterAll, type Micros, millis, type Position } from '../engine/time.ts';
import { type ClusterConfig, HARDINESS } from '../protocol/config.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { Scenario } from './run.ts';

/**
 * A scenario with a script: what is done in it, with which seed, and the moment it opens at. Everything
 * on screen still comes from the run.
 */
export interface Demonstration {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly interventions: readonly Intervention[];
  readonly at: Position;
}

/** What a demonstration is made of: `config` says what differs from a quiet cluster. */
export interface Script {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly config?: (quiet: ClusterConfig) => Partial<ClusterConfig>;
  readonly seed?: number;
  readonly acts: readonly (readonly [ms: number, act: Act])[];
  /** Where it opens, in milliseconds. */
  readonly atMs: number;
  readonly lengthUs: Micros;
}

/** The demonstration of a script, on top of the configuration of a quiet cluster. */
export function demonstration(quiet: ClusterConfig, script: Script): Demonstration {
  const { id, title, says, config, seed = 1, acts, atMs, lengthUs } = script;
  const own = config?.(quiet) ?? {};
  return {
    scenario: { id, title, says, config: { ...quiet, ...own }, lengthUs },
    seed,
    interventions: acts.map(([ms, act]) => ({ at: afterAll(fine(ms)), act })),
    at: afterAll(fine(atMs)),
  };
}

/** Scripts give times to the microsecond. */
const fine = (ms: number): Micros => Math.round(millis(ms));

/** A person's own connection, by number from 1. */
export const you = (number: number): number => 100 + number;

const orders = { database: 'shop', table: 'orders' } as const;

export const insert = (id: number, item: string): Statement => ({
  ...{ kind: 'insert', table: orders, columns: null },
  ...{ rows: [[id, item]], onDuplicate: [] },
});

export const update = (id: number, item: string): Statement => ({
  ...{ kind: 'update', table: orders },
  set: [{ column: 'item', value: item }],
  where: [{ column: 'id', is: '=', value: id }],
});

export const selectAll = (): Statement => ({
  ...{ kind: 'select', table: orders, columns: 'all', where: [], limit: null },
});

export const begin: Statement = { kind: 'begin' };
export const commit: Statement = { kind: 'commit' };

/** Statements on one connection, one after the other. */
export const sql = (
  session: number,
  endpoint: string,
  ...statements: readonly Statement[]
): Act => ({ op: 'sql', session, endpoint, statements, text: '' });

/** A steady load of writes and some reads. */
export const load = (perSecond: number, more: Partial<WorkloadConfig> = {}): WorkloadConfig => ({
  ...{ on: true, perSecond, readPermille: 100, skewPermille: 200, statementsPerTransaction: 1 },
  ...more,
});

/** Failures are noticed and dealt with ten times as fast as in life, so that one can wait for it. */
export const TENFOLD = {
  detection: {
    on: true,
    heartbeatUs: HARDINESS.detection.heartbeatUs / 10,
    instanceUs: HARDINESS.detection.instanceUs / 10,
    segmentUs: HARDINESS.detection.segmentUs / 10,
    endpointUs: HARDINESS.detection.endpointUs / 10,
  },
} as const;

/** Failures are dealt with only when somebody asks for it. */
export const BY_HAND = { detection: { ...HARDINESS.detection, on: false } } as const;
