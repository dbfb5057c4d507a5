import type { Act } from '../protocol/intervention.ts';
import { isInstance, isReplica } from '../protocol/topology.ts';
import type { Condition } from './condition.ts';
import type { Timed } from './openings.ts';
import type { Opening } from './step.ts';

/** What an act is done to. A tear in the network is done to everybody at its edges. */
type Kind = 'node' | 'instance' | 'replica';

/** Some of the acts that there are: of these kinds, and, where it says so, done to something of this kind. */
export interface Acts {
  readonly ops: readonly Act['op'][];
  readonly to?: Kind;
}

/** What may not be. Each has a sentence for whoever breaks it. */
export type Rule = { readonly id: string; readonly says: string } & (
  | { readonly never: Condition }
  /** Other acts than these are not allowed; reading and writing rows always are. */
  | { readonly only: readonly Acts[] }
  | { readonly atMost: number; readonly of: readonly Acts[] }
);

/** Something to bring about by one's own means, which the run alone can tell to be done. */
export interface Puzzle {
  /** Part of links: never changed. */
  readonly id: string;
  readonly title: string;
  /** What is to be brought about, in words. */
  readonly goal: string;
  readonly opening: Opening;
  readonly solved: Condition;
  readonly rules: readonly Rule[];
  /** Each says more than the one before. */
  readonly hints: readonly [string, string, string];
  /** One way to do it: acts and when, in milliseconds. */
  readonly solution: Timed;
  /** Ways that look right; with the rule that each breaks, or null where it leads nowhere. */
  readonly nearMisses: readonly { readonly acts: Timed; readonly breaks: string | null }[];
}

/** Whether an act is one of these. */
export function isOneOf(act: Act, { ops, to }: Acts): boolean {
  if (!ops.includes(act.op)) return false;
  return to === undefined || targetsOf(act).some((target) => isKind(target, to));
}

/** What everybody may do at any time: it breaks nothing. */
export const isUse = ({ op }: Act): boolean => op === 'sql' || op === 'write' || op === 'read';

function targetsOf(act: Act): readonly string[] {
  if ('from' in act) return [...act.from, ...act.to];
  return 'target' in act && act.target !== null ? [act.target] : [];
}

function isKind(target: string, kind: Kind): boolean {
  if (kind === 'node') return NODE.test(target);
  return kind === 'replica' ? isReplica(target) : isInstance(target);
}

const NODE = /^[ABC]\d+$/;
